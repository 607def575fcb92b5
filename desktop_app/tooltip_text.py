"""Tips that show a text as it is."""

from __future__ import annotations

from html import escape


def tooltip_text(text: str) -> str:
    """A tip for a text of a file, a bundle or a path.

    Qt takes a tip that looks like HTML for HTML, and loads the pictures it names; so every
    character that HTML knows is escaped, and lines and blanks are kept.
    """
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""
