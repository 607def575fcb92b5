"""Light, dark or as the system says; with a palette of our own where the system names none."""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.views.stylesheet import stylesheet

Appearance = Literal["system", "light", "dark"]
APPEARANCES: tuple[Appearance, ...] = get_args(Appearance)

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_ROLES = QPalette.ColorRole
_LIGHT = {
    _ROLES.Window: "#f4f5f7", _ROLES.WindowText: "#1b1e23", _ROLES.Base: "#ffffff",
    _ROLES.AlternateBase: "#f1f3f6", _ROLES.Text: "#1b1e23", _ROLES.Button: "#fbfbfc",
    _ROLES.ButtonText: "#1b1e23", _ROLES.BrightText: "#ffffff", _ROLES.Highlight: "#2b66cc",
    _ROLES.HighlightedText: "#ffffff", _ROLES.Link: "#2159b8", _ROLES.LinkVisited: "#6b3fa0",
    _ROLES.ToolTipBase: "#ffffff", _ROLES.ToolTipText: "#1b1e23",
    _ROLES.PlaceholderText: "#69707b", _ROLES.Accent: "#2b66cc", _ROLES.Light: "#ffffff",
    _ROLES.Midlight: "#eceef1", _ROLES.Mid: "#c3c8d0", _ROLES.Dark: "#9aa1ac",
    _ROLES.Shadow: "#6f7680",
}  # fmt: skip
_DARK = {
    _ROLES.Window: "#191b1f", _ROLES.WindowText: "#e6e8eb", _ROLES.Base: "#22252a",
    _ROLES.AlternateBase: "#2a2e34", _ROLES.Text: "#e6e8eb", _ROLES.Button: "#2d3138",
    _ROLES.ButtonText: "#e6e8eb", _ROLES.BrightText: "#ffffff", _ROLES.Highlight: "#3a73d9",
    _ROLES.HighlightedText: "#ffffff", _ROLES.Link: "#8ab4ff", _ROLES.LinkVisited: "#c5a3f0",
    _ROLES.ToolTipBase: "#2d3138", _ROLES.ToolTipText: "#e6e8eb",
    _ROLES.PlaceholderText: "#99a1ac", _ROLES.Accent: "#7aa7ff", _ROLES.Light: "#3a3f47",
    _ROLES.Midlight: "#33383f", _ROLES.Mid: "#454b54", _ROLES.Dark: "#14161a",
    _ROLES.Shadow: "#000000",
}  # fmt: skip


def apply_appearance(application: QApplication, appearance: Appearance) -> None:
    """Show the application light, dark or as the system does, at once and in every window.

    A desktop that states a colour scheme keeps its own palette. Bare X11 and similar state none;
    there the palette below is used, so that "dark" means dark everywhere.
    """
    hints = application.styleHints()
    hints.setColorScheme(_SCHEMES[appearance])
    if hints.colorScheme() != Qt.ColorScheme.Unknown:
        application.setPalette(QPalette())
    else:
        application.setPalette(own_palette(dark=appearance == "dark"))
    restyle(application)


def restyle(application: QApplication) -> None:
    """Draw the controls in the shades of the palette as it is now."""
    application.setStyleSheet(stylesheet(application.palette()))


def own_palette(*, dark: bool) -> QPalette:
    """The palette for desktops that have none."""
    palette = QPalette()
    for role, name in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(name))
    faded = QColor(palette.color(_ROLES.PlaceholderText))
    for role in (_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette
