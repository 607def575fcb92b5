"""Damaged and hostile variants of a bundle by number: the same number gives the same bytes.

Even numbers damage the file as a disk or a download would: the hashes no longer fit. Odd numbers
are sealed again with valid sizes, hashes and checksums, the way the writer seals, so that what
lies behind the hashes is reached: metadata, tokenizer, flatbuffer, interpreter.
"""

import json
import random
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from bert_tf.text.tokenizer import BertTokenizer
from export.runtime.bundle import LABELS, VOCABULARY
from export.runtime.golden import GOLDEN
from export.runtime.manifest import MANIFEST, Manifest
from export.runtime.metadata import METADATA
from export.runtime.zip_tail import read_tail, write_tail

HEADER_BYTES = 64  # root offset, file identifier, first table
WORDS = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF)
MARK = "@@mark@@"
HOSTILE_JSON = (
    *("null", "true", "0", "-1", "1", "3", "0.5", "2147483647", "9223372036854775808", "1e-400"),
    *("1e400", "-1e400", "NaN", "1" * 4000, "1" * 5000, '""', '"x"', '"\\ud800"', '"\\u0000"'),
    *('"a\\nb"', '"\\u001b]0;x\\u0007"', "[]", "{}", "[1]", '["a", "a"]', '{"a": 1}'),
    *("[" * 200 + "]" * 200, '{"a":' * 900 + "1" + "}" * 900, "[" * 100_000),
    '"' + "x" * 100_000 + '"',
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """One variant."""

    seed: int
    part: str  # what was changed
    kind: str  # how
    sealed: bool  # whether the hashes were made valid again
    content: bytes

    def __str__(self) -> str:
        sealed = "sealed" if self.sealed else "as it is"
        return f"seed {self.seed}: {self.kind} in {self.part}, {sealed}"


@dataclass(frozen=True, kw_only=True)
class _Layout:
    """Where things are in a good bundle."""

    graph: bytes
    files: dict[str, bytes]  # without the manifest
    structure: tuple[tuple[int, int], ...]  # ranges of the graph that are tables, not weights
    buffers: tuple[tuple[int, int], ...]  # ranges that are weights


def mutate(bundle: bytes, seed: int) -> Mutation:
    """The variant of this number; it never equals the bundle."""
    chance = random.Random(seed)
    while (mutation := _variant(bundle, seed, chance)).content == bundle:
        continue
    return mutation


def _variant(bundle: bytes, seed: int, chance: random.Random) -> Mutation:
    sealed = seed % 2 == 1
    layout = _layout(bundle)
    if not sealed:
        return _damaged(bundle, layout, seed, chance)
    members = [METADATA, GOLDEN, VOCABULARY, *([LABELS] if LABELS in layout.files else [])]
    part = chance.choices(
        ["header", "graph", "buffers", "tail", MANIFEST, *members],
        [3, 12, 5, 2, 1, 4, 2, *([1] * (len(members) - 2))],
    )[0]
    if part in ("header", "graph", "buffers"):
        start, stop = _range_of(part, layout, chance)
        graph, kind = _changed_bytes(layout.graph, start, stop, chance)
        content = _seal(graph, layout.files)
    elif part == "tail":
        content, kind = _odd_archive(layout, chance)
    elif part == MANIFEST:
        text = Manifest.of(layout.graph, layout.files).to_bytes()
        manifest, kind = _changed_json(text, chance)
        content = _archive(layout.graph, {MANIFEST: manifest, **layout.files})
    else:
        data = layout.files[part]
        change = _changed_json if part.endswith(".json") and chance.random() < 0.7 else _changed
        changed, kind = change(data, chance)
        files = {**layout.files, part: changed}
        if chance.random() < 0.7:
            files, kind = _agreeing(files, part), f"{kind}, made to agree,"
        content = _seal(layout.graph, files)
    return Mutation(seed=seed, part=part, kind=kind, sealed=True, content=content)


@lru_cache(maxsize=4)
def _layout(bundle: bytes) -> _Layout:
    size, files = read_tail(bundle)
    graph = bundle[:size]
    model = schema.Model.GetRootAs(graph, 0)
    buffers = []
    for index in range(model.BuffersLength()):
        data = model.Buffers(index).DataAsNumpy()
        if isinstance(data, np.ndarray) and data.size:
            start = (
                data.__array_interface__["data"][0]
                - np.frombuffer(graph, np.uint8).__array_interface__["data"][0]
            )
            buffers.append((start, start + data.size))
    structure, at = [], 0
    for start, stop in [*sorted(buffers), (size, size)]:
        if start > at:
            structure.append((at, start))
        at = stop
    return _Layout(
        graph=graph,
        files={name: data for name, data in files.items() if name != MANIFEST},
        structure=tuple(structure),
        buffers=tuple(buffers),
    )


def _range_of(part: str, layout: _Layout, chance: random.Random) -> tuple[int, int]:
    if part == "header":
        return 0, HEADER_BYTES
    ranges = layout.structure if part == "graph" else layout.buffers
    sizes = [stop - start for start, stop in ranges]
    return chance.choices(ranges, sizes if part == "graph" else None)[0]


# Bytes


def _damaged(bundle: bytes, layout: _Layout, seed: int, chance: random.Random) -> Mutation:
    part = chance.choice(["header", "graph", "buffers", "tail"])
    tail = (len(layout.graph), len(bundle))
    start, stop = tail if part == "tail" else _range_of(part, layout, chance)
    content, kind = _changed_bytes(bundle, start, stop, chance)
    return Mutation(seed=seed, part=part, kind=kind, sealed=False, content=content)


def _changed(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    return _changed_bytes(data, 0, max(1, len(data)), chance)


def _changed_bytes(data: bytes, start: int, stop: int, chance: random.Random) -> tuple[bytes, str]:
    """Damage between start and stop."""
    changed = bytearray(data)
    kind = chance.choice(["bit flips", "overwritten words", "truncation", "cut", "splice"])
    if kind == "bit flips":
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(start, stop)] ^= 1 << chance.randrange(8)
    elif kind == "overwritten words":
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(start, stop) & ~3
            word = chance.choice([*WORDS, chance.randrange(1 << 32), chance.randrange(256)])
            changed[place : place + 4] = struct.pack("<I", word)
    elif kind == "truncation":
        del changed[chance.randrange(start, stop) :]
    elif kind == "cut":
        place = chance.randrange(start, stop)
        del changed[place : place + chance.choice([1, 2, 4, 16, 64, 256])]
    else:
        size = chance.choice([1, 4, 16, 64, 256])
        source = chance.randrange(len(data))
        place = chance.randrange(start, stop)
        replaced = chance.choice([0, size])
        changed[place : place + replaced] = data[source : source + size]
    return bytes(changed), kind


# Members


def _changed_json(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    """One value of a JSON document replaced, removed or added."""
    values = json.loads(data)
    places = list(_places(values))
    parent, key = chance.choice(places)
    kind = chance.choice(["value", "value", "value", "removal", "addition"])
    if kind == "removal":
        del parent[key]
    elif kind == "addition" and isinstance(parent, dict):
        parent[f"{key}_"] = MARK
    else:
        parent[key] = MARK
    text = json.dumps(values).replace(f'"{MARK}"', chance.choice(HOSTILE_JSON))
    return text.encode(), f"JSON {kind}"


def _places(values: Any) -> Any:
    """Every (container, key), those deep in long lists of numbers left out."""
    keys = list(values) if isinstance(values, dict) else range(min(3, len(values)))
    for key in keys:
        yield values, key
        if isinstance(values[key], dict | list):
            yield from _places(values[key])


def _agreeing(files: dict[str, bytes], changed: str) -> dict[str, bytes]:
    """Bring what repeats the changed member in line with it, as a careful forger would."""
    try:
        values = json.loads(files[METADATA])
        if changed == VOCABULARY:
            settings = values["tokenizer"]
            tokenizer = BertTokenizer.from_vocabulary_bytes(
                files[VOCABULARY],
                lowercase=settings["lowercase"],
                strip_accents=settings["strip_accents"],
            )
            settings["sha256"] = tokenizer.sha256
            values["config"]["vocabulary_size"] = tokenizer.vocabulary_size
        elif changed == LABELS:
            values["labels"] = files[LABELS].decode().splitlines()
            values["output"]["dim"] = len(values["labels"])
        elif values["labels"]:
            return {**files, LABELS: "".join(f"{label}\n" for label in values["labels"]).encode()}
    except (ValueError, KeyError, TypeError, RecursionError):
        return files  # it went too far for that
    return {**files, METADATA: json.dumps(values).encode()}


# Seals


def _seal(graph: bytes, files: dict[str, bytes]) -> bytes:
    """As `seal_bundle`, which however reads what it made and would refuse most of this."""
    return _archive(graph, {MANIFEST: Manifest.of(graph, files).to_bytes(), **files})


def _archive(graph: bytes, members: dict[str, bytes]) -> bytes:
    return graph + write_tail(members, offset=len(graph))


def _odd_archive(layout: _Layout, chance: random.Random) -> tuple[bytes, str]:
    """Archives whose checksums are right and whose members are not what they should be."""
    kind = chance.choice(["missing", "extra", "renamed", "reordered", "padded", "offset", "count"])
    files = dict(layout.files)
    name = chance.choice(list(files))
    if kind == "missing":
        del files[name]
    elif kind == "extra":
        files[f"x{chance.randrange(1000)}"] = chance.randbytes(chance.randrange(2000))
    elif kind == "renamed":
        files[f"{name}x"] = files.pop(name)
    elif kind == "reordered":
        names = list(files)
        chance.shuffle(names)
        files = {each: files[each] for each in names}
    content = _seal(layout.graph, files)
    if kind == "padded":
        content += bytes(chance.randrange(1, 100))
    elif kind in ("offset", "count"):
        field = chance.choice([16, 12] if kind == "offset" else [8, 10])  # of the end record
        at = len(content) - 22 + field
        size = 4 if kind == "offset" else 2
        content = content[:at] + chance.randbytes(size) + content[at + size :]
    return content, f"archive {kind}"
