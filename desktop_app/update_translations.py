"""`python -m desktop_app.update_translations`: collect the texts, compile the translations.

After it, open the `.ts` file in Qt Linguist (or an editor), translate what is marked unfinished,
and run it again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parent
TRANSLATIONS = PACKAGE / "resources" / "translations"
_EXTRA = {"en": ["-pluralonly"], "zh_CN": []}  # English needs only its plural forms


def update(language: str, target: Path) -> None:
    """Bring one `.ts` file up to date with the texts in the code."""
    sources = sorted(str(path) for path in PACKAGE.rglob("*.py"))
    languages = ["-source-language", "en", "-target-language", language]
    options = ["-no-obsolete", "-locations", "none", *_EXTRA[language]]
    _run("lupdate", *sources, "-ts", str(target), *languages, *options)


def compile_to(source: Path, target: Path) -> None:
    """Make the `.qm` file that the window loads."""
    _run("lrelease", "-silent", str(source), "-qm", str(target))


def main() -> int:
    """Update and compile every language; returns the exit code."""
    for language in _EXTRA:
        source = TRANSLATIONS / f"desktop_app_{language}.ts"
        update(language, source)
        compile_to(source, source.with_suffix(".qm"))
    return 0


def _run(tool: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{tool}")
    subprocess.run([str(program), *arguments], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
