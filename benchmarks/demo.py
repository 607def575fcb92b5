"""The whole journey on a small scale: fine-tune, export, verify, classify.

    python -m benchmarks.demo FOLDER

Each step is a command that a user could type; it is printed before it runs.
"""

from __future__ import annotations

import json
import random
import shlex
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = 1500  # training texts
SENTENCES = (
    "I love this little camera, the pictures are stunning!",
    "The service was slow and the food arrived cold.",
    "The meeting starts at ten o'clock.",
)


def run(*command: str, text: str | None = None) -> str:
    """Show and run one command; its output comes back."""
    print(f"\n$ {shlex.join(command)}", flush=True)
    outcome = subprocess.run(
        [sys.executable, "-m", *command], input=text, text=True, stdout=subprocess.PIPE, check=True
    )
    print(outcome.stdout, end="", flush=True)
    return outcome.stdout


def sample_lines(source: Path, target: Path, count: int) -> None:
    """A seeded sample of a JSON-lines file."""
    lines = source.read_text(encoding="utf-8").split("\n")[:-1]
    chosen = random.Random(1).sample(lines, count)
    target.write_text("".join(f"{line}\n" for line in chosen), encoding="utf-8")


def main() -> None:
    """Run the journey; fails if a step fails or the verdicts are nonsense."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    folder.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    run("bert_tf", "prepare", "vader", "--output", str(folder / "vader"))
    sample_lines(folder / "vader" / "train.jsonl", folder / "train.jsonl", SAMPLE)
    sample_lines(folder / "vader" / "dev.jsonl", folder / "dev.jsonl", 500)
    run(
        *("bert_tf", "finetune", "classification", "--name", "demo"),
        *("--train", str(folder / "train.jsonl"), "--dev", str(folder / "dev.jsonl")),
        *("--labels-file", str(folder / "vader" / "labels.json")),
        *("--distribution-column", "distribution", "--value-column", "valence"),
        *("--metric", "valence_r", "--value-loss-weight", "0.3", "--epochs", "1"),
        *("--output", str(folder / "run")),
    )
    model, bundle = str(folder / "run" / "model"), str(folder / "demo.tflite")
    run("export", "build", model, "--output", bundle, "--force")
    data = str(folder / "dev.jsonl")
    run("export", "verify", bundle, "--reference", model, "--data", data)
    lines = run(
        *("export.runtime", "classify", "--bundle", bundle, "--input", "-", "--output", "-"),
        text="".join(f"{sentence}\n" for sentence in SENTENCES),
    )
    good, bad, _ = (json.loads(line)["valence"] for line in lines.splitlines())
    if not bad < 0 < good:
        raise SystemExit(f"The verdicts make no sense: {good} for praise, {bad} for a complaint.")
    print(f"\nFrom text to verdict in {time.monotonic() - start:.0f} s; see {folder}.")


if __name__ == "__main__":
    main()
