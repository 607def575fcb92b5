"""The recipe `legacy` runs in tflite-runtime 2.14, in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from bert_tf.data.package_sources import cache_folder
from export.build import build
from export.flatbuffer import read_model, write_model
from export.graph_inspection import weight_types
from export.legacy_runtime import LATEST, legacy_objections
from export.quantize import quantize
from export.recipes import RECIPES
from export.runtime.bundle import read_bundle
from export.runtime.metadata import METADATA

ROOT = Path(__file__).parents[2]
ANSWER = """
import json, pathlib, sys
import numpy as np
from export.runtime.graph_runner import BACKEND, GraphRunner
from export.runtime.metadata import BundleMetadata
assert BACKEND.label == "tflite-runtime 2.14.0"
metadata = BundleMetadata.from_bytes(pathlib.Path(sys.argv[1], "bundle.json").read_bytes())
runner = GraphRunner(pathlib.Path(sys.argv[1], "legacy.tflite").read_bytes(), metadata)
rows = [np.array([ids], np.int32) for ids in json.load(sys.stdin)]
json.dump([runner.run(row)[0].tolist() for row in rows], sys.stdout)
"""
KNOWN = """
import json, pathlib, sys
from tflite_runtime.interpreter import Interpreter
known = []
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        Interpreter(model_content=path.read_bytes())
        known.append(path.name)
    except ValueError as error:
        if "Didn't find op" not in str(error):
            known.append(path.name)
json.dump(known, sys.stdout)
"""


def test_the_legacy_recipe_has_nothing_that_is_too_new(embedder_graph: bytes) -> None:
    graph = quantize(embedder_graph, RECIPES["legacy"])
    assert legacy_objections(graph) == []
    assert weight_types(graph) == {"table": ["INT8"], "kernels": ["INT8"] * 8}
    model = read_model(graph)
    table = next(
        tensor
        for tensor in model.subgraphs[0].tensors
        if tensor.type == schema.TensorType.INT8 and len(tensor.quantization.scale) == 1
    )
    assert table.shape[1] == 32  # rows of the word table, read in place
    for name in ("float32", "float16"):
        assert legacy_objections(quantize(embedder_graph, RECIPES[name])) == []


def test_newer_forms_are_named(embedder_graph: bytes) -> None:
    found = legacy_objections(quantize(embedder_graph, RECIPES["dynamic_wi8_afp32"]))
    assert len(found) == 9 and all("scales of weights that are read in place" in x for x in found)
    found = legacy_objections(quantize(embedder_graph, RECIPES["dynamic_wi8_embedding_wi4"]))
    assert any("EMBEDDING_LOOKUP with weights of 4 bits" in x for x in found)
    model = read_model(embedder_graph)
    dense = next(code for code in model.operatorCodes
                 if code.builtinCode == schema.BuiltinOperator.FULLY_CONNECTED)  # fmt: skip
    dense.version = 12
    assert legacy_objections(write_model(model)) == [
        "FULLY_CONNECTED of version 12, at most 10 is known"
    ]


@pytest.fixture(scope="module")
def legacy_python() -> Path:
    """Python with tflite-runtime 2.14, made once and kept under the user's cache folder."""
    folder = cache_folder() / "tflite-runtime-2.14.0"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        install = [python, "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, "tflite-runtime==2.14.0", "numpy==1.26.4"], check=True)
        ready.touch()
    return python


def ask(python: Path, script: str, argument: Path, given: object = None) -> list:
    done = subprocess.run(
        [python, "-c", script, argument],
        input=json.dumps(given),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["embedder", "classifier"])
def test_a_legacy_bundle_gives_its_golden_answers_there(
    kind: str, request: pytest.FixtureRequest, legacy_python: Path, tmp_path: Path
) -> None:
    content, _ = build(request.getfixturevalue(kind), RECIPES["legacy"], papers={})
    bundle = read_bundle(content)
    golden = bundle.golden
    (tmp_path / "legacy.tflite").write_bytes(content)  # the archive behind it does no harm
    (tmp_path / "bundle.json").write_bytes(bundle.files[METADATA])
    found = ask(legacy_python, ANSWER, tmp_path, [item.token_ids for item in golden.examples])
    difference = np.abs(np.array(found) - [item.output for item in golden.examples]).max()
    assert difference < 1e-5 < golden.tolerance


@pytest.mark.soak
def test_the_table_of_versions_is_that_runtimes(
    embedder_graph: bytes, legacy_python: Path, tmp_path: Path
) -> None:
    """Of each operator the highest version of the table is known and the next is not."""
    model = read_model(embedder_graph)
    code = model.operatorCodes[0]
    expected = []
    for name, latest in LATEST.items():
        for version in (latest, latest + 1):
            code.builtinCode = getattr(schema.BuiltinOperator, name)
            code.deprecatedBuiltinCode = min(code.builtinCode, 127)
            code.version = version
            (tmp_path / f"{name}.{version}").write_bytes(write_model(model))
        expected.append(f"{name}.{latest}")
    assert ask(legacy_python, KNOWN, tmp_path) == sorted(expected)
