"""Every command of docs/guide runs, on tiny samples and with the smallest sizes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.guide_pictures import MOST_BYTES, NAMES

ROOT = Path(__file__).parent.parent
GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
SMALLER = {  # what makes a guide's command quick; everything else runs as it is written
    "--size mini": "--size tiny --rows 4 --length 32",
    "--size 30000": "--size 400",
    "--length 32 --rows 128 --steps 1500": "--length 16 --rows 4 --steps 2",
    "--length 128 --rows 32 --steps 2400": "--length 16 --rows 4 --steps 2",
    "--epochs 20": "--steps 3",
    "--epochs 3 --learning-rate": "--steps 2 --rows 2 --length 16 --learning-rate",
    "--steps 20": "--steps 3",
}


def write_samples(folder: Path) -> None:
    """The files that the guide speaks of."""
    words = [
        "the",
        "a",
        "cat",
        "dog",
        "tree",
        "sat",
        "ran",
        "fell",
        "on",
        "under",
        "good",
        "bad",
        "fine",
        "film",
        "great",
        "awful",
    ]
    texts = [
        " ".join(words[(number * 7 + place * 3) % len(words)] for place in range(4 + number % 5))
        + f" {number}."
        for number in range(60)
    ]
    documents = [f"{texts[i]} {texts[-i - 1]} {texts[(i * 3) % 60]}" for i in range(60)]
    (folder / "corpus.txt").write_text("\n".join(documents) + "\n", encoding="utf-8")
    (folder / "lines.txt").write_text("\n".join(texts[:5]) + "\n", encoding="utf-8")
    few = texts[:24]
    rows = [f"{text},{('calm', 'angry')[i % 2]}" for i, text in enumerate(few)]
    (folder / "tickets.csv").write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "labels.json").write_text('{"labels": ["angry", "calm"]}\n', encoding="utf-8")
    rows = [f"{text},{i % 5}" for i, text in enumerate(few)]
    (folder / "stars.csv").write_text("text,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    rows = ["text", *documents[:24]]
    (folder / "texts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    rows = [
        f"{text},{('north', 'south')[i % 2]},2024-0{1 + i % 3}-05" for i, text in enumerate(few)
    ]
    (folder / "reviews.csv").write_text("text,shop,day\n" + "\n".join(rows), encoding="utf-8")
    tags = [{"text": t, "labels": ["a", "b"][: 1 + i % 2]} for i, t in enumerate(few)]
    pairs = [{"first": t, "second": t.replace("the", "a")} for t in few]
    for name, found in (("tags", tags), ("pairs", pairs)):
        lines = "".join(json.dumps(row) + "\n" for row in found)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "tickets.toml").write_text('train = "tickets.csv"\n', encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.S)


def smaller(line: str) -> str:
    for given, quick in SMALLER.items():
        line = line.replace(given, quick)
    if "finetune" in line and "--epochs" not in line:
        line += " --epochs 1"
    return line.replace("--epochs 3", "--epochs 1").replace("--epochs 2", "--epochs 1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guide")
    write_samples(folder)
    return folder


def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    outcome = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert outcome.returncode == 0, (command, outcome.stdout[-500:], outcome.stderr[-6000:])


SHOWN = ["desktop"]  # a page about the window: its commands stay open, so they are parsed, not run
ORDER = ["pretrain", "continue_pretraining", "finetune", "embed", "several_devices", "analyze"]
MODULES = {"bert-tf": "bert_tf", "bert-desktop": "desktop_app"}


@pytest.mark.parametrize("name", ORDER)
def test_the_commands_of_a_page_run(name: str, folder: Path) -> None:
    page = ROOT / "docs" / "guide" / f"{name}.md"
    environment = {"PYTHONPATH": str(ROOT)}
    for block in blocks(page, "sh"):
        for line in block.strip().splitlines():
            if line.startswith("export TF_CONFIG="):
                environment["TF_CONFIG"] = line.removeprefix("export TF_CONFIG=").strip("'")
                continue
            words = smaller(line).split()
            assert words[0] in MODULES, line
            run([sys.executable, "-m", MODULES[words[0]], *words[1:]], folder, environment)
    for block in blocks(page, "python"):
        run([sys.executable, "-c", block], folder, environment)


def test_every_page_is_run() -> None:
    assert sorted(page.stem for page in GUIDE) == sorted(ORDER + SHOWN)


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.stem)
def test_every_picture_is_there_small_and_described(page: Path) -> None:
    for words, name in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        content = (page.parent / name).read_bytes()
        assert content.startswith(b"\x89PNG\r\n")
        assert len(content) <= MOST_BYTES
        assert len(words) > 10, f"{page}: {name} is not described"


def test_the_pictures_are_those_that_the_command_makes() -> None:
    folder = ROOT / "docs" / "guide" / "pictures"
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{each}.png" for each in NAMES)
    page = (ROOT / "docs" / "guide" / "desktop.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"pictures/([\w-]+)\.png", page)) == sorted(NAMES)
