"""Every key of the window, asked of its actions, shortcuts and keyed controls themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

_OWN_LETTER = re.compile(r"\(&\w\)")  # behind a name that has no Latin letters


@runtime_checkable
class KeyedControl(Protocol):
    """A control that reads keys by itself and can say which."""

    def key_words(self) -> Sequence[tuple[str, str]]:
        """Keys as Qt writes them, or a range of them, and what they do."""


@dataclass(frozen=True, kw_only=True)
class ShortcutWords:
    """A line of the sheet."""

    keys: tuple[str, ...]  # as this system writes them
    does: str  # in the language of the window


@dataclass(frozen=True, kw_only=True)
class ShortcutGroup:
    """What works in one place."""

    place: QWidget | None  # None: everywhere
    shortcuts: tuple[ShortcutWords, ...]


def shortcut_groups(window: QMainWindow, pages: Sequence[QWidget]) -> tuple[ShortcutGroup, ...]:
    """What works everywhere, then what works on each page; a page without keys is left out."""
    actions = [action for action in window.findChildren(QAction) if action.shortcuts()]
    groups = [
        ShortcutGroup(
            place=None,
            shortcuts=tuple(
                ShortcutWords(keys=_native(action.shortcuts()), does=plain_text(action))
                for action in actions
            ),
        )
    ]
    for page in pages:
        words: dict[str, tuple[str, ...]] = {}
        for shortcut in page.findChildren(QShortcut):
            does = shortcut.whatsThis()
            words[does] = (*words.get(does, ()), *_native(shortcut.keys()))
        for control in page.findChildren(QWidget):
            if isinstance(control, KeyedControl):
                words.update({does: (keys,) for keys, does in control.key_words()})
        if words:
            lines = (ShortcutWords(keys=keys, does=does) for does, keys in words.items())
            groups.append(ShortcutGroup(place=page, shortcuts=tuple(lines)))
    return tuple(groups)


def plain_text(action: QAction) -> str:
    """What an action is called, without its letter and the dots that announce a question."""
    text = _OWN_LETTER.sub("", action.text()).replace("&&", "\0").replace("&", "")
    return text.replace("\0", "&").rstrip("….").strip()


def _native(keys: Sequence[QKeySequence]) -> tuple[str, ...]:
    return tuple(each.toString(QKeySequence.SequenceFormat.NativeText) for each in keys)
