"""What a row's status means, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def status_name(status: str) -> str:
    """The status as shown, or as it is stored where it is not a usual one."""
    return _usual().get(status, status)


def _usual() -> dict[str, str]:
    return {
        "ok": QCoreApplication.translate("StatusNames", "ok"),
        "judged": QCoreApplication.translate("StatusNames", "judged"),
        "blank": QCoreApplication.translate("StatusNames", "empty"),
        "waiting": QCoreApplication.translate("StatusNames", "waiting"),
        "unknown language": QCoreApplication.translate("StatusNames", "unknown language"),
        "unsupported language": QCoreApplication.translate("StatusNames", "unsupported language"),
        "failed": QCoreApplication.translate("StatusNames", "failed"),
        "truncated": QCoreApplication.translate("StatusNames", "read in part"),
        "ragged": QCoreApplication.translate("StatusNames", "ragged row"),
        "cut": QCoreApplication.translate("StatusNames", "cut"),
        "unreadable": QCoreApplication.translate("StatusNames", "unreadable"),
        "locked": QCoreApplication.translate("StatusNames", "locked"),
        "no text": QCoreApplication.translate("StatusNames", "no text"),
    }
