"""A user's own classes, all the way: finetune, build, verify, bert-edge, the window."""

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

SUBJECTS = {
    "billing": ["invoice", "refund", "charged twice", "payment", "credit card", "price"],
    "delivery": ["parcel", "courier", "package arrived late", "tracking", "shipment", "delivered"],
    "app": ["login", "crashes", "update", "screen", "password", "button does not work"],
}
FRAMES = [
    "I have a question about the {}.",
    "There is a problem: {}!",
    "Please help, {} again",
    "my {} is wrong since Monday",
    "What about the {}? I wrote {} days ago.",
    "The {} was mentioned, nothing happened.",
]


def run(*command: str, stdin: str | None = None) -> str:
    outcome = subprocess.run(
        [sys.executable, "-m", *command], input=stdin, capture_output=True, text=True
    )
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    return outcome.stdout


def ticket(rng: random.Random) -> tuple[str, str]:
    label = rng.choice(list(SUBJECTS))
    frame = rng.choice(FRAMES)
    return frame.format(rng.choice(SUBJECTS[label]), rng.randint(2, 90)), label


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tickets")
    rng = random.Random(7)
    with (folder / "tickets.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["message", "team"])
        writer.writerows(ticket(rng) for _ in range(240))
    (folder / "texts.txt").write_text(
        "".join(f"{index}: {ticket(rng)[0]}\n" for index in range(500)), encoding="utf-8"
    )
    answer = run(
        *("bert_tf", "finetune", "classification", "--train", str(folder / "tickets.csv")),
        *("--text-column", "message", "--label-column", "team", "--name", "tickets"),
        *("--epochs", "2", "--batch-size", "16", "--learning-rate", "2e-4"),
        *("--output", str(folder / "run"), "--json"),
    )
    result = json.loads(answer.splitlines()[-1])
    assert result["dev"]["accuracy"] > 0.9
    card = (folder / "run" / "model" / "README.md").read_text(encoding="utf-8")
    assert "billing" in card and "Confusion" in card
    path = folder / "tickets.tflite"
    run("export", "build", str(folder / "run" / "model"), "--output", str(path))
    run(
        *("export", "verify", str(path), "--reference", str(folder / "run" / "model")),
        *("--data", str(folder / "texts.txt")),
    )
    return path


def test_bert_edge_knows_the_classes(bundle: Path) -> None:
    lines = run(
        *("export.runtime", "classify", "--bundle", str(bundle)),
        *("--input", "-", "--output", "-"),
        stdin="Please help, invoice again\nThe courier was mentioned\n\nlogin crashes\n",
    )
    rows = [json.loads(line) for line in lines.splitlines()]
    assert [row["label"] for row in rows] == ["billing", "delivery", None, "app"]
    assert set(rows[0]["scores"]) == set(SUBJECTS)
    assert all(row["valence"] is None for row in rows)
    assert "billing" in run("export.runtime", "inspect", str(bundle))
    run("export.runtime", "selftest", str(bundle))


def test_the_window_knows_the_classes(bundle: Path) -> None:
    """In a process of its own, as a user starts it; offscreen."""
    script = Path(__file__).with_name("classify_in_window.py")
    outcome = subprocess.run(
        [sys.executable, str(script), str(bundle), "Please help, invoice again."],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert outcome.returncode == 0, outcome.stderr[-2000:]
    assert outcome.stdout.strip().splitlines()[-1] == "billing"
