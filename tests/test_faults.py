"""Every fault of the desktop app has a row in docs/decisions/faults.md, and each test exists."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "decisions" / "faults.md"
FOLDERS = {"D": "tests/desktop_app", "R": "tests/export/runtime"}
FAULTS = {*range(1, 9), *range(12, 41)}


@cache
def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def rows() -> dict[int, list[str]]:
    """Number of a fault to its tests."""
    found = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\| (\d+) \| (.+) \| (.+) \| (.+) \|$", line):
            found[int(match[1])] = re.findall(r"`([^`]+)`", match[4])
    return found


def test_every_fault_has_tests_that_exist() -> None:
    table = rows()
    assert set(table) == FAULTS
    for fault, names in table.items():
        assert names, fault
        for name in names:
            place, _, function = name.partition("::")
            short, _, rest = place.partition("/")
            path = ROOT / FOLDERS[short] / rest
            assert path.is_file(), name
            assert function.startswith("test_") and function in functions_of(path), name
