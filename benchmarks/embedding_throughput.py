"""Sentences a second of the embedding bundle beside every engine that runs the same weights.

    python -m benchmarks.embedding_throughput [--texts N] [--rounds N] [--json FILE]

Same weights, same distinct texts (movie review snippets), same exact ids, same threads. Each
engine first finds its best batch size and split into workers; then the engines take turns, so
that a busy machine hurts all alike, and ratios are taken round by round. All is measured twice:
with ids given, and with texts, tokenizing counted. Then texts of 128 and 256 tokens, single
texts one by one, and how near to float32 and how steady each engine's vectors are.

`make bench` runs it where all engines are installed. Exits 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import sys
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from benchmarks.embedding_peer import MAX_LENGTH, BatchPeer, Peer, Rows, Setting
from benchmarks.embedding_race import Bulk, Load, Single, one_by_one, race
from benchmarks.embedding_report import SHORT, missed_goals, print_report
from benchmarks.embedding_texts import calibration_texts, evenly, movie_snippets, texts_of_length
from benchmarks.peer_bundle import BundlePeer
from benchmarks.vector_closeness import steadiness
from bert_tf.data.package_sources import minilm_folder
from bert_tf.text.tokenizer import BertTokenizer
from export.graph_inspection import count_partitions
from export.runtime.bundle import read_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.native_notes import native_notes_hidden

ENGINES = ("onnxruntime", "sentence-transformers", "openvino", "keras-hub", "pytorch")
KERAS_HUB_FILE = Path("build/bench/keras_hub_int8.tflite")
LENGTHS = {128: 4, 256: 8}  # tokens of long texts: a part of the number of short ones
MIN_LONG_TEXTS = 20  # of each length
CALIBRATION_TEXTS = 300
SINGLES = 40  # texts of a block that are embedded one at a time
STEADY_TEXTS = 100  # that are put into company


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    weights = minilm_folder()
    bundle = read_bundle(find_bundle(arguments.bundle))
    with native_notes_hidden():
        partitions = count_partitions(bundle.graph)
    snippets = movie_snippets()
    texts = evenly(snippets, arguments.texts)
    check_ids(weights, texts, bundle.tokenizer.token_ids(texts))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(action="ignore"):
        calibration = calibration_texts(snippets, texts, CALIBRATION_TEXTS)
        reference = _pytorch(weights, bundle.tokenizer)
        peers: list[Peer] = [BundlePeer(bundle)]
        for name in arguments.engines:
            _report(f"building {name}")
            if name == "pytorch":
                peers.append(reference)
                continue
            peers += _peers(
                name, weights, bundle.tokenizer, calibration, Path(folder), arguments.keras_hub
            )
        loads = loads_of(texts, snippets, bundle.tokenizer, reference, arguments.threads)
        report = measure(peers, loads, arguments.threads, arguments.rounds, bundle.tokenizer)
    _report("")
    report |= {"versions": _versions(peers), "partitions": partitions}
    report["machine"] = f"{_processor()}, {arguments.threads} threads"
    print_report(report)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if missed_goals(report) else 0)


def measure(
    peers: Sequence[Peer],
    loads: Sequence[Load],
    threads: int,
    rounds: int,
    tokenizer: BertTokenizer,
) -> dict[str, Any]:
    """All figures, as JSON values.

    Args:
        peers: the engines, this project's first.
        loads: the short texts first.
        threads: processors that each engine may use.
        rounds: turns of each engine.
        tokenizer: makes the batches of the question for steadiness.
    """
    bulk: dict[str, list[Bulk]] = {}
    for place, load in enumerate(loads):
        taking_part = [peer for peer in peers if place == 0 or peer.package != "torch"]
        bulk[load.name] = race(taking_part, load, threads=threads, rounds=rounds, report=_report)
    short = loads[0]
    step = max(1, len(short.texts) // SINGLES)
    few = Load(
        name=short.name,
        texts=short.texts[::step][:SINGLES],
        rows=short.rows[::step][:SINGLES],
        reference=short.reference[::step][:SINGLES],
    )
    singles: list[Single] = one_by_one(peers, few, threads=threads, rounds=rounds, report=_report)
    steady = {}
    for peer in peers:
        _report(f"steadiness of {peer.name}")
        steady[peer.name] = steadiness(short.rows, peer.run_batch(), tokenizer, texts=STEADY_TEXTS)
    return {
        "loads": {load.name: {"texts": len(load.texts), "tokens": _tokens(load)} for load in loads},
        "bulk": {name: [asdict(item) for item in items] for name, items in bulk.items()},
        "singles": [asdict(item) for item in singles],
        "steadiness": steady,
    }


def loads_of(
    texts: Sequence[str],
    snippets: Sequence[str],
    tokenizer: BertTokenizer,
    reference: Peer,
    threads: int,
) -> list[Load]:
    """The short texts, and long ones made of all snippets."""
    loads = [load_of(SHORT, texts, tokenizer, reference, threads)]
    words = " ".join(snippets).split()
    for length, part in LENGTHS.items():
        count = max(MIN_LONG_TEXTS, len(texts) // part)
        long_texts = texts_of_length(words, tokenizer, length=length, count=count)
        loads.append(load_of(f"{length} tokens", long_texts, tokenizer, reference, threads))
    return loads


def load_of(
    name: str, texts: Sequence[str], tokenizer: BertTokenizer, reference: Peer, threads: int
) -> Load:
    """Texts with their ids and the vectors of the reference."""
    rows = [row[: MAX_LENGTH - 2] for row in tokenizer.token_ids(texts)]
    setting = Setting(workers=1, threads=threads, size=512, exact=True)
    return Load(name=name, texts=texts, rows=rows, reference=reference.prepare(setting)(rows))


def check_ids(weights: Path, texts: Sequence[str], rows: Rows) -> None:
    """Refuse to compare unless Hugging Face's tokenizer gives the same ids.

    Raises:
        SystemExit: naming the first text that differs.
    """
    reference = Tokenizer.from_file(str(weights / "tokenizer.json"))
    reference.no_truncation()
    reference.no_padding()
    expected = reference.encode_batch(list(texts), add_special_tokens=False)
    for text, ids, other in zip(texts, rows, expected, strict=True):
        if list(ids) != other.ids:
            raise SystemExit(f"The ids differ, so nothing is compared: {text!r}")


def _peers(
    name: str,
    weights: Path,
    tokenizer: BertTokenizer,
    calibration: Sequence[str],
    folder: Path,
    keras_hub: Path,
) -> list[Peer]:
    """The engines of this name; what it needs is imported here."""
    if name == "onnxruntime":
        from benchmarks.embedding_peers import OnnxRuntime

        return [OnnxRuntime(weights, tokenizer)]
    if name == "sentence-transformers":
        from benchmarks.peer_sentence_transformers import SentenceTransformers

        return [SentenceTransformers(weights, tokenizer, folder)]
    if name == "openvino":
        from benchmarks.peer_openvino import openvino_peers

        return list(openvino_peers(weights, tokenizer, calibration))
    from benchmarks.peer_keras_hub import KerasHub

    if not keras_hub.is_file():
        raise SystemExit(
            f"{keras_hub} is missing; `make bench` builds it, or, where TensorFlow is: "
            f"python -m benchmarks.peer_keras_hub --output {keras_hub}"
        )
    return [KerasHub(keras_hub.read_bytes(), tokenizer)]


def _pytorch(weights: Path, tokenizer: BertTokenizer) -> BatchPeer:
    from benchmarks.embedding_peers import PyTorch

    return PyTorch(weights, tokenizer)


def _tokens(load: Load) -> float:
    return sum(len(row) + 2 for row in load.rows) / len(load.rows)


def _versions(peers: Sequence[Peer]) -> dict[str, str]:
    packages = dict.fromkeys([*(peer.package for peer in peers), "transformers", "tokenizers"])
    return {name: importlib.metadata.version(name) for name in packages}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    name = next((line.split(":")[1].strip() for line in lines if "model name" in line), "")
    flags = next((line for line in lines if line.startswith("flags")), "").split()
    known = [flag for flag in ("avx2", "avx512_vnni", "avx_vnni", "amx_int8") if flag in flags]
    return f"{name} ({', '.join(known)})"


def _report(message: str) -> None:
    """Say on the terminal what is being done."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{message}", end="", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--bundle", default="embedding-en", help="shipped name, or a path")
    parser.add_argument("--texts", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--rounds", type=int, default=7, help="turns each engine gets (default 7)")
    parser.add_argument("--threads", type=int, default=2, help="processors each engine may use")
    parser.add_argument(
        "--engines", nargs="+", choices=ENGINES, default=list(ENGINES), help="beside the bundle"
    )
    parser.add_argument(
        "--keras-hub",
        type=Path,
        default=KERAS_HUB_FILE,
        help="from benchmarks.peer_keras_hub",
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    if arguments.texts < 200 or arguments.rounds < 2 or arguments.threads < 1:
        parser.error("at least 200 texts, 2 rounds and 1 thread are needed")
    return arguments


if __name__ == "__main__":
    main()
