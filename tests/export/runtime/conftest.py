"""Small bundles for the tests of the runtime."""

import dataclasses
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for bundle_mutations

import pytest

from bert_tf.config import BertConfig
from bert_tf.text.tokenizer import BertTokenizer
from export.runtime import cli
from export.runtime.bundle import LABELS, MODEL_CARD, VOCABULARY, labels_bytes, seal_bundle
from export.runtime.engine import Engine
from export.runtime.golden import GOLDEN, Golden, GoldenExample
from export.runtime.graph_runner import GraphRunner
from export.runtime.metadata import METADATA, BundleMetadata, OutputSpec, Recipe, TokenizerSettings

VOCABULARY_TOKENS = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "fair", "film", "##s"),
    *("a", "the", "not", "very", "!", ".", ",", "un", "##like", "##ly", "is", "was", "it"),
    *("movie", "awful", "great", "boring", "plot", "cast", "and", "but", "so", "too", "e"),
    *("##x", "y", "z", "0", "1", "2"),
]
TEXTS = ["good", "The film is great!", "an awful, BORING plot", "not bad but very un.", "xyz y z"]


@dataclasses.dataclass(frozen=True)
class Parts:
    """What a bundle is sealed from, so that a test can spoil one part."""

    graph: bytes
    metadata: BundleMetadata
    files: dict[str, bytes]

    def seal(self, *, metadata: BundleMetadata | None = None, **files: bytes | None) -> bytes:
        """The bundle's bytes, with other metadata or other files."""
        members = dict(self.files)
        if metadata is not None:
            members[METADATA] = metadata.to_bytes()
        for name, content in files.items():
            key = {"labels": LABELS, "golden": GOLDEN, "vocabulary": VOCABULARY}[name]
            if content is None:
                del members[key]
            else:
                members[key] = content
        return seal_bundle(self.graph, members)


@pytest.fixture(scope="session")
def graphs(tmp_path_factory) -> dict[str, bytes]:
    """Flatbuffers by name, converted in another process: this one stays free of TensorFlow."""
    folder = tmp_path_factory.mktemp("graphs")
    script = Path(__file__).with_name("make_tiny_graph.py")
    subprocess.run([sys.executable, script, folder], check=True, capture_output=True)
    return {path.stem: path.read_bytes() for path in folder.glob("*.tflite")}


@pytest.fixture(scope="session")
def real_bundles(tmp_path_factory) -> Path:
    """A folder with two quantized bundles of random weights that the project's own export made."""
    path = tmp_path_factory.mktemp("real")
    script = Path(__file__).with_name("make_real_bundles.py")
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, script, path],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return path


def metadata_for(task: str, *, dim: int, tokenizer: BertTokenizer) -> BundleMetadata:
    """Metadata of a tiny network."""
    labels = ("negative", "neutral", "positive") if task == "classification" else ()
    return BundleMetadata(
        name=f"tiny-{task}",
        task=task,
        language="en",
        recipe=Recipe(name="float32", tolerance={"max_absolute": 1e-4}),
        max_length=16,
        labels=labels,
        label_values=(-4.0, 0.0, 4.0) if labels else None,
        pooling="mean",
        normalize=task == "embedding",
        config=BertConfig(
            vocabulary_size=len(VOCABULARY_TOKENS),
            hidden_dim=8,
            num_layers=1,
            num_heads=2,
            intermediate_dim=16,
            max_sequence_length=64,
        ),
        tokenizer=TokenizerSettings(**tokenizer.settings(), sha256=tokenizer.sha256),
        inputs=("token_ids", "padding_mask"),
        output=OutputSpec(name="Identity", dim=dim),
        licence={"weights": "MIT"},
        provenance={"seed": 7},
        metrics={},
        tools={"litert": "2.3.0"},
    )


def make_parts(task: str, graph: bytes, *, dim: int) -> Parts:
    """The parts of a good bundle around this graph."""
    tokenizer = BertTokenizer(VOCABULARY_TOKENS)
    metadata = metadata_for(task, dim=dim, tokenizer=tokenizer)
    runner = GraphRunner(graph, metadata)
    examples = []
    for text in TEXTS:
        batch = tokenizer.batch([text], max_length=metadata.max_length)
        output = tuple(runner.run(batch.token_ids)[0].tolist())
        ids = tuple(batch.token_ids[0].tolist())
        examples.append(GoldenExample(text=text, token_ids=ids, output=output, float_output=output))
    files = {
        METADATA: metadata.to_bytes(),
        VOCABULARY: tokenizer.vocabulary_bytes(),
        GOLDEN: Golden(tolerance=1e-5, examples=tuple(examples)).to_bytes(),
        MODEL_CARD: b"# tiny\n",
    }
    if metadata.labels:
        files[LABELS] = labels_bytes(metadata.labels)
    return Parts(graph=graph, metadata=metadata, files=files)


@pytest.fixture(scope="session")
def classifier(graphs) -> Parts:
    return make_parts("classification", graphs["classifier"], dim=3)


@pytest.fixture(scope="session")
def embedder(graphs) -> Parts:
    return make_parts("embedding", graphs["embedder"], dim=8)


@pytest.fixture(scope="session")
def classifier_path(classifier, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("bundles") / "tiny-classifier.tflite"
    path.write_bytes(classifier.seal())
    return path


@pytest.fixture(scope="session")
def embedder_path(embedder, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("bundles") / "tiny-embedder.tflite"
    path.write_bytes(embedder.seal())
    return path


@pytest.fixture
def engine(classifier_path):
    with Engine.open(classifier_path) as engine:
        yield engine


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def no_cache_of_the_user(cache_folder, monkeypatch):
    """What was proven is remembered for these tests alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_folder))


@pytest.fixture
def edge(monkeypatch, capfdbinary):
    """Run a command in this process; gives exit code, standard output and standard error."""

    def run(*arguments, stdin: bytes = b"") -> tuple[int, bytes, str]:
        monkeypatch.setattr(sys, "argv", ["bert-edge", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        output, errors = capfdbinary.readouterr()
        return ended.value.code or 0, output, errors.decode()

    before = signal.getsignal(signal.SIGTERM)
    yield run
    signal.signal(signal.SIGTERM, before)
