"""The shape of the ordinary controls: rounded, roomy, drawn in shades of the palette."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from desktop_app.views.design import Space, blend, line_colour, over

_ROLES = QPalette.ColorRole


def stylesheet(palette: QPalette) -> str:
    """Qt style sheet for one palette; every colour in it comes from there."""
    shades = {
        "text": palette.color(_ROLES.Text),
        "quiet": blend(palette, 0.66, ground=_ROLES.Base),
        "base": palette.color(_ROLES.Base),
        "window": palette.color(_ROLES.Window),
        "line": line_colour(palette),
        "edge": blend(palette, 0.22, ground=_ROLES.Base),
        "hover": blend(palette, 0.05, ground=_ROLES.Base),
        "press": blend(palette, 0.11, ground=_ROLES.Base),
        "thumb": blend(palette, 0.24, ground=_ROLES.Base),
        "grip": blend(palette, 0.42, ground=_ROLES.Base),
        "focus": over(palette.color(_ROLES.Highlight), palette.color(_ROLES.Base), 0.9),
        "accent": palette.color(_ROLES.Highlight),
        "bright": over(palette.color(_ROLES.Highlight), palette.color(_ROLES.Text), 0.9),
        "onaccent": palette.color(_ROLES.HighlightedText),
        "chosen": over(palette.color(_ROLES.Highlight), palette.color(_ROLES.Base), 0.16),
    }
    sheet = _TEMPLATE
    for name, colour in shades.items():
        sheet = sheet.replace(f"@{name}", colour.name())
    return sheet


_TEMPLATE = f"""
QPushButton {{
    color: @text; background: @base; border: 1px solid @edge; border-radius: 7px;
    padding: 5px {Space.MEDIUM}px; min-height: 20px;
}}
QPushButton:hover {{ background: @hover; }}
QPushButton:pressed, QPushButton:checked {{ background: @press; }}
QPushButton:focus {{ border: 2px solid @focus; padding: 4px {Space.MEDIUM - 1}px; }}
QPushButton:disabled {{ color: @quiet; border-color: @line; }}
QPushButton::menu-indicator {{ image: none; width: 18px; }}
QPushButton[main="true"] {{ color: @onaccent; background: @accent; border-color: @accent; }}
QPushButton[main="true"]:hover {{ background: @bright; }}
QPushButton[main="true"]:focus {{ border: 2px solid @text; }}
QPushButton[main="true"]:disabled {{ color: @quiet; background: @press; border-color: @line; }}
QTableView {{ background: @base; border: none; outline: none; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
    color: @quiet; background: @base; border: none; border-bottom: 1px solid @edge;
    padding: 6px {Space.SMALL}px;
}}
QHeaderView::section:hover {{ color: @text; background: @hover; }}
QToolButton {{
    color: @quiet; border: 2px solid transparent; border-radius: 6px; padding: 1px 4px;
}}
QToolButton:hover, QToolButton:focus {{ color: @text; background: @press; }}
QToolButton:focus {{ border-color: @focus; }}
QLineEdit {{
    color: @text; background: @base; border: 1px solid @edge; border-radius: 7px;
    padding: 5px {Space.SMALL}px; min-height: 20px; placeholder-text-color: @quiet;
}}
QLineEdit[large="true"] {{ min-height: 32px; }}
QLineEdit:focus {{ border: 2px solid @focus; padding: 4px {Space.SMALL - 1}px; }}
QComboBox {{
    color: @text; background: @base; border: 1px solid @edge; border-radius: 7px;
    padding: 5px {Space.MEDIUM}px; min-height: 20px;
}}
QComboBox:hover {{ background: @hover; }}
QComboBox:focus {{ border: 2px solid @focus; padding: 4px {Space.MEDIUM - 1}px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox QAbstractItemView {{
    color: @text; background: @base; border: 1px solid @line; outline: none;
    selection-background-color: @chosen; selection-color: @text; padding: 4px;
}}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: @thumb; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: @grip; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; image: none; }}
QMenuBar {{ background: @window; border-bottom: 1px solid @line; padding: 2px 6px; }}
QMenuBar::item {{ background: transparent; color: @text; padding: 4px 10px; border-radius: 5px; }}
QMenuBar::item:selected {{ background: @press; }}
QMenu {{ background: @base; color: @text; border: 1px solid @line; padding: 5px; }}
QMenu::item {{ padding: 6px 28px 6px 24px; border-radius: 5px; }}
QMenu::item:selected {{ background: @chosen; }}
QMenu::item:disabled {{ color: @quiet; }}
QMenu::separator {{ height: 1px; background: @line; margin: 5px 8px; }}
QMenu::indicator {{ left: 6px; }}
QToolTip {{ background: @base; color: @text; border: 1px solid @line; padding: 4px; }}
"""
