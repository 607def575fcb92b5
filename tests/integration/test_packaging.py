"""The wheel, installed alone: what is in it, what is not, and that it runs."""

import os
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DEVICE_LIMIT_MB = 220  # the dependencies of the base install and our code, without PySide6


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"]
    subprocess.run([*command, str(folder), str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_what_runs_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "export/runtime/language_model/lid.176.ftz" in names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "build"))]
    for package in ("bert_tf", "export", "desktop_app"):
        assert f"{package}/py.typed" in names
    for bundle in ("sentiment-en", "embedding-en"):
        assert f"export/runtime/bundles/{bundle}.tflite" in names
    assert "desktop_app/resources/sample.txt" in names
    assert any(name.endswith(".qm") for name in names)


def test_the_wheel_works_alone(wheel: Path, tmp_path: Path) -> None:
    """In the device environment, away from the source tree."""
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists():  # outside `make test`: the same packages, from this environment
        python = Path(sys.executable)
    site = tmp_path / "site"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    subprocess.run([*command, str(site), str(wheel)], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    outcome = subprocess.run(
        [python, "-m", "export.runtime", "classify", "--bundle", "sentiment-en"],
        input="A wonderful day!\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert '"label": "very positive"' in outcome.stdout
    where = subprocess.run(
        [python, "-c", "import export.runtime.engine as e; print(e.__file__)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert where.stdout.startswith(str(site))


def closure(name: str, seen: set[str]) -> set[str]:
    """A distribution and all it requires, extras left aside."""
    from packaging.requirements import Requirement

    if name in seen:
        return seen
    seen.add(name)
    for line in metadata.requires(name) or []:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or marker.evaluate({"extra": ""}):
            closure(requirement.name.lower().replace("_", "-"), seen)
    return seen


def test_the_device_side_stays_small() -> None:
    names = closure("bert-tf", set())
    assert not names & {"tensorflow", "keras", "h5py", "torch", "pyside6-essentials"}
    sizes = {}
    for name in names - {"bert-tf"}:
        paths = [Path(file.locate()) for file in metadata.files(name) or []]
        sizes[name] = sum(path.stat().st_size for path in paths if path.is_file())
    package = sum(
        path.stat().st_size
        for folder in ("bert_tf", "export", "desktop_app")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".tflite")
    )
    total = (sum(sizes.values()) + package) / 1e6
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:4]
    print(f"device side: {total:.0f} MB, the largest: {largest}")
    assert total <= DEVICE_LIMIT_MB


def test_shipped_bundles_stay_small() -> None:
    bundles = list((ROOT / "export" / "runtime" / "bundles").glob("*.tflite"))
    assert {path.stem for path in bundles} >= {"sentiment-en", "embedding-en"}
    for path in bundles:
        assert path.stat().st_size <= 24 * 2**20, path.name


def test_console_scripts_exist() -> None:
    names = {entry.name for entry in metadata.entry_points(group="console_scripts")}
    assert {"bert-tf", "bert-export", "bert-edge", "bert-desktop"} <= names
