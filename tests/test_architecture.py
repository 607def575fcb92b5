"""The imports point one way, and the device side never meets TensorFlow."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCKED = ("tensorflow", "keras", "h5py", "keras_hub", "keras_nlp", "tensorflow_text", "torch")

# package (longest match first): packages of ours that it may import
ALLOWED = {
    "desktop_app": ("desktop_app", "export.runtime", "bert_tf.text"),
    "export.runtime": ("export.runtime", "bert_tf.text", "bert_tf.config"),
    "export": ("export", "bert_tf"),
    "bert_tf.text": ("bert_tf.text",),
    "bert_tf.config": (),
    "bert_tf": ("bert_tf",),
}


def modules_of(package: str) -> list[str]:
    files = sorted((ROOT / package.replace(".", "/")).rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]
    return [name.removesuffix(".__init__") for name in names]


def rule_for(module: str) -> tuple[str, ...]:
    owner = max(
        (name for name in ALLOWED if module == name or module.startswith(f"{name}.")), key=len
    )
    return ALLOWED[owner]


def our_imports(module: str) -> set[str]:
    path = ROOT / (module.replace(".", "/"))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] in ("bert_tf", "export", "desktop_app")}


@pytest.mark.parametrize("package", ["bert_tf", "export", "desktop_app"])
def test_imports_point_one_way(package: str) -> None:
    modules = modules_of(package)
    assert len(modules) > 5
    for module in modules:
        allowed = rule_for(module)
        for name in our_imports(module):
            assert any(name == root or name.startswith(f"{root}.") for root in allowed), (
                f"{module} must not import {name}"
            )


def test_no_rooms_of_the_desktop_import_each_other() -> None:
    rooms = [path.parent.name for path in sorted((ROOT / "desktop_app").glob("*/__init__.py"))]
    imports = {room: {room_of(name) for name in imported_by(room)} & {*rooms} for room in rooms}
    left = {room: needed - {room} for room, needed in imports.items()}
    assert len(left) > 10
    while free := [room for room, needed in left.items() if not needed]:
        left = {room: needed - {*free} for room, needed in left.items() if room not in free}
    assert not left, f"these import each other, or what does: {left}"


def imported_by(room: str) -> set[str]:
    modules = modules_of(f"desktop_app.{room}")
    return {name for module in modules for name in our_imports(module)}


def room_of(name: str) -> str:
    return name.removeprefix("desktop_app.").split(".")[0]


def run_blocked(code: str) -> subprocess.CompletedProcess[str]:
    blocked = f"import sys; sys.modules.update(dict.fromkeys({BLOCKED!r}))\n"
    return subprocess.run(
        [sys.executable, "-c", blocked + code], capture_output=True, text=True, cwd=ROOT
    )


def test_the_device_side_imports_without_tensorflow() -> None:
    modules = [
        *modules_of("export.runtime"),
        *modules_of("desktop_app"),
        *modules_of("bert_tf.text"),
    ]
    modules = [name for name in modules if not name.endswith("__main__")]
    code = "import importlib\n" + "".join(f"importlib.import_module({m!r})\n" for m in modules)
    outcome = run_blocked(code + "import bert_tf, bert_tf.config\n")
    assert outcome.returncode == 0, outcome.stderr


QT_FREE = (
    "analysis", "command", "corpus", "documents", "models", "projects", "results", "workers",
)  # fmt: skip


def test_the_rooms_of_files_import_without_qt() -> None:
    modules = [name for room in QT_FREE for name in modules_of(f"desktop_app.{room}")]
    assert len(modules) > 80
    code = "import importlib, sys\nsys.modules.update(PySide6=None, shiboken6=None)\n"
    outcome = run_blocked(code + "".join(f"importlib.import_module({m!r})\n" for m in modules))
    assert outcome.returncode == 0, outcome.stderr


def test_the_block_is_real() -> None:
    assert "ModuleNotFoundError" in run_blocked("import bert_tf.models.bert_backbone").stderr


def test_init_files_hold_a_docstring_or_lazy_names() -> None:
    for path in [*ROOT.glob("bert_tf/**/__init__.py"), *ROOT.glob("export/**/__init__.py")]:
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert body and isinstance(body[0], ast.Expr), f"{path} lacks a docstring"
        if path.parent.name != "bert_tf":
            assert len(body) == 1, f"{path} holds more than a docstring"
