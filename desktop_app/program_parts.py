"""What the program is made of, each part with its version, its licence and the licence's text.

Read from the parts themselves: metadata of packages, metadata inside bundles, notices beside
data. No Qt; takes some tenths of a second.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

from desktop_app.versions import PROGRAM, program_version
from export.runtime.bundle_family import SHIPPED, SUFFIX
from export.runtime.errors import BundleError

_EXTRA = "desktop"
_MOST_TEXT = 300_000  # characters of the licence texts of one package
_LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)", re.IGNORECASE)
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)[^;]*(?:;(.*))?")
_QT = {"pyside6-essentials", "shiboken6"}
_QT_NOTICE = """\
This program uses Qt {version} through Qt for Python ({package}), copyright The Qt Company Ltd. and
other contributors, under the GNU Lesser General Public License, version 3.

Qt is linked dynamically: its libraries are files of their own in the folder of the package PySide6,
and you may replace them by your own build of the same version. Nothing in this program forbids to
modify Qt, or to take the program apart in order to debug such changes. The sources of Qt and of Qt
for Python are at https://download.qt.io/official_releases/.

The LGPL adds permissions to the GNU General Public License, version 3; both follow.
"""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part, for people and lawyers."""

    name: str
    version: str
    licence: str  # in short
    text: str  # notice and licence in full, as far as the part carries them


def program_parts() -> tuple[Part, ...]:
    """The program first, then Qt, Python, packages by name, models and data."""
    packages = _packages()
    qt = [each for name, each in packages.items() if name in _QT]
    others = [each for name, each in packages.items() if name not in {*_QT, _key(PROGRAM)}]
    return (
        _program(packages.get(_key(PROGRAM))),
        *(_qt_part(each) for each in qt),
        _python(),
        *(_package(each) for each in others),
        *_models(),
        _language_model(),
    )


def parts_text(parts: tuple[Part, ...]) -> str:
    """All of it as one text to copy."""
    head = [f"{part.name} {part.version}: {part.licence}" for part in parts]
    whole = [f"{part.name} {part.version}\n{part.licence}\n\n{part.text}" for part in parts]
    line = "\n" + "=" * 78 + "\n\n"
    return line.join(["\n".join(head) + "\n", *whole])


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _packages() -> dict[str, Distribution]:
    """The packages that the window and the device side need, found from the program's own."""
    found: dict[str, Distribution] = {}
    waiting = [PROGRAM]
    while waiting:
        key = _key(waiting.pop())
        if key in found:
            continue
        try:
            found[key] = distribution(key)
        except PackageNotFoundError:
            continue  # for another system, or this is a folder of sources
        waiting += _required(found[key], own=key == _key(PROGRAM))
    return dict(sorted(found.items()))


def _required(package: Distribution, *, own: bool) -> Iterator[str]:
    for requirement in package.requires or []:
        if not (parsed := _REQUIREMENT.match(requirement)):
            continue
        marker = parsed[2] or ""
        if "extra" not in marker or (own and re.search(rf"extra == .{_EXTRA}\b", marker)):
            yield parsed[1]


def _program(package: Distribution | None) -> Part:
    text = _licence_texts(package) if package is not None else ""
    if not text:
        source = Path(__file__).parents[1] / "LICENSE"
        text = source.read_text(encoding="utf-8") if source.is_file() else ""
    return Part(
        name="bert-tf",
        version=program_version(),
        licence="Apache-2.0",
        text=f"No fonts are shipped: letters are drawn with those of this system.\n\n{text}",
    )


def _qt_part(package: Distribution) -> Part:
    folder = files("desktop_app") / "resources" / "licences"
    texts = [(folder / name).read_text("utf-8") for name in ("LGPL-3.0.txt", "GPL-3.0.txt")]
    notice = _QT_NOTICE.format(version=package.version, package=package.name)
    return Part(
        name=package.name,
        version=package.version,
        licence="LGPL-3.0",
        text="\n\n".join([notice, *texts]),
    )


def _python() -> Part:
    minor = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base = Path(sys.base_prefix)
    places = (base / "lib" / minor / "LICENSE.txt", base / "LICENSE.txt", base / "LICENSE")
    text = next(
        (_read(each) for each in places if each.is_file()), "https://docs.python.org/license"
    )
    version = platform.python_version()
    return Part(name="Python", version=version, licence="PSF-2.0", text=text)


def _package(package: Distribution) -> Part:
    metadata = package.metadata
    lines = [f"{name}: {metadata[name]}" for name in ("Summary", "Home-page") if metadata[name]]
    lines += metadata.get_all("Project-URL") or []
    text = _licence_texts(package) or "The package carries no text of its licence."
    return Part(
        name=metadata["Name"],
        version=package.version,
        licence=_licence(package),
        text="\n".join(lines) + "\n\n" + text,
    )


def _licence(package: Distribution) -> str:
    metadata = package.metadata
    said = metadata["License-Expression"] or (metadata["License"] or "").strip().split("\n")[0]
    marks = [each for each in metadata.get_all("Classifier") or [] if each.startswith("License ::")]
    return said or ", ".join(each.rpartition(" :: ")[2] for each in marks) or "see its text"


def _licence_texts(package: Distribution) -> str:
    texts = []
    for path in package.files or []:
        if ".dist-info" in str(path) or len(path.parts) == 1:
            inside = str(path).partition(".dist-info/")[2] or path.name
            if _LICENCE_FILE.search(inside) and path.suffix in {"", ".txt", ".md", ".rst"}:
                texts.append(_read(Path(str(path.locate()))))
    return "\n\n".join(filter(None, texts))[:_MOST_TEXT]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _models() -> Iterator[Part]:
    from export.runtime.catalogue import open_bundle

    for path in sorted(SHIPPED.glob(f"*{SUFFIX}")):
        try:
            bundle = open_bundle(path)
        except BundleError as error:
            yield Part(name=path.stem, version="damaged", licence="", text=str(error))
            continue
        metadata = bundle.metadata
        licence = "; ".join(f"{name}: {value}" for name, value in metadata.licence.items())
        facts = {"provenance": metadata.provenance, "tools": metadata.tools}
        yield Part(
            name=metadata.name,
            version=bundle.sha256[:12],
            licence=licence,
            text=f"sha256 {bundle.sha256}\n\n{licence}\n\n{bundle.model_card}\n\n"
            + json.dumps(facts, indent=2, ensure_ascii=False),
        )


def _language_model() -> Part:
    notice = _read(SHIPPED.parent / "language_model" / "NOTICE.md")
    return Part(name="lid.176.ftz", version="176", licence="CC BY-SA 3.0", text=notice)
