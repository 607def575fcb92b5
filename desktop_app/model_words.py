"""What a bundle is and what was measured of it, in the reader's language."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_app.label_names import label_name, language_name
from desktop_app.models.model_entry import ModelEntry
from desktop_app.numbers import whole

_LEAST_DIFFERENCE = 1e-4  # of a probability or a cosine, that is worth a figure
SHORT_HASH = 12  # digits
_DOT = "  ·  "


def task_name(task: str) -> str:
    """What a bundle does."""
    if task == "classification":
        return QCoreApplication.translate("ModelWords", "Classification")
    return QCoreApplication.translate("ModelWords", "Embeddings")


def origin_name(origin: str) -> str:
    """Where a bundle comes from."""
    if origin == "shipped":
        return QCoreApplication.translate("ModelWords", "comes with the program")
    return QCoreApplication.translate("ModelWords", "added by you")


def mebibytes(size: int) -> str:
    """A size of so many bytes."""
    return QLocale().toString(size / 2**20, "f", 1) + " MiB"


def make_words(entry: ModelEntry) -> str:
    """Task, language, size and recipe in one line; of a faulty one nothing."""
    description = entry.description
    if description is None:
        return ""
    parts = [
        task_name(entry.task),
        language_name(str(description["language"])),
        mebibytes(int(description["size"])),
        str(description["recipe"]["name"]),
    ]
    return _DOT.join(parts)


def label_words(entry: ModelEntry) -> str:
    """The labels, or how wide the vectors are."""
    if entry.description is None:
        return ""
    if entry.labels:
        comma = QCoreApplication.translate("RouteWords", ", ")
        return comma.join(map(label_name, entry.labels))
    dim = int(entry.description["output"]["dim"])
    return QCoreApplication.translate("ModelWords", "%1 dimensions").replace("%1", whole(dim))


def identity_words(entry: ModelEntry) -> str:
    """The beginning of the hash, and the licence."""
    return _DOT.join(filter(None, [entry.sha256[:SHORT_HASH], entry.licence]))


def selftest_words(report: dict[str, Any]) -> str:
    """What running the golden examples gave; an empty string for no report."""
    if not report:
        return ""
    if report["token_mismatches"]:
        words = QCoreApplication.translate(
            "ModelWords", "Not passed: of %2 examples %1 are read as other word pieces."
        )
        words = words.replace("%1", whole(int(report["token_mismatches"])))
        return words.replace("%2", whole(int(report["examples"])))
    if report["passed"]:
        words = QCoreApplication.translate(
            "ModelWords",
            "Passed: on this processor the answers differ by at most %1 from those on the machine "
            "that made the file (allowed: %2), and by at most %3 from the model before it was made "
            "small.",
        )
    else:
        words = QCoreApplication.translate(
            "ModelWords",
            "Not passed: on this processor the answers differ by %1 from those on the machine "
            "that made the file (allowed: %2), and by %3 from the model before it was made small.",
        )
    figures = ("largest_difference", "tolerance", "largest_float_difference")
    for number, name in enumerate(figures, start=1):
        words = words.replace(f"%{number}", _difference(float(report[name])))
    return words


def _difference(value: float) -> str:
    """Two digits that count; "at most 0.0001" is said of anything smaller."""
    return QLocale().toString(max(value, _LEAST_DIFFERENCE), "g", 2)


def speed_words(report: dict[str, Any]) -> str:
    """How fast a bundle is here; an empty string for no report."""
    if not report:
        return ""
    best = report["best"]
    words = QCoreApplication.translate("ModelWords", "%1 short texts a second at best.")
    lines = [words.replace("%1", whole(round(best["texts_per_second"])))]
    fastest: dict[int, float] = {}
    for one in report["latencies"]:
        tokens = int(one["tokens"])
        fastest[tokens] = min(fastest.get(tokens, float("inf")), float(one["p50_ms"]))
    if fastest:
        alone = QCoreApplication.translate("ModelWords", "One text alone:")
        each = QCoreApplication.translate("ModelWords", "%1 ms for %2 word pieces")
        parts = [
            each.replace("%1", QLocale().toString(ms, "f", 1)).replace("%2", whole(tokens))
            for tokens, ms in sorted(fastest.items())
        ]
        lines.append(f"{alone} {_DOT.join(parts)}")
    return "\n".join(lines)


def everything(description: dict[str, Any]) -> str:
    """All that is known of a bundle, a line a value, nested ones indented, nothing invisible."""
    return "\n".join(_lines(description, ""))


def _lines(value: dict[str, Any], indent: str) -> list[str]:
    lines = []
    for name, each in value.items():
        if isinstance(each, dict) and each:
            lines += [_visible(f"{indent}{name}"), *_lines(each, f"{indent}    ")]
        else:
            text = each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)
            lines.append(_visible(f"{indent}{name}: {text}"))
    return lines


def _visible(text: str) -> str:
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
