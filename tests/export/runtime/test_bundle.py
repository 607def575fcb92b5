"""Bundles: sealed, read back, and refused when anything about them is wrong."""

import dataclasses
import json
import os

import pytest

from bert_tf.text.tokenizer import BertTokenizer
from export.runtime.bundle import MAX_BUNDLE_BYTES, VOCABULARY, read_bundle, seal_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError
from export.runtime.golden import GOLDEN, Golden
from export.runtime.manifest import MANIFEST, Manifest
from export.runtime.metadata import METADATA, BundleMetadata, OutputSpec
from export.runtime.zip_tail import write_tail


def seal_unchecked(graph: bytes, files: dict[str, bytes]) -> bytes:
    """A bundle whose hashes are right, whatever else is wrong with it."""
    members = {MANIFEST: Manifest.of(graph, files).to_bytes(), **files}
    return graph + write_tail(members, offset=len(graph))


def changed(content: bytes, **fields) -> bytes:
    """JSON with other fields; None removes."""
    values = {**json.loads(content), **fields}
    return json.dumps({key: value for key, value in values.items() if value != "gone"}).encode()


def test_what_was_sealed_is_read_back(classifier):
    content = classifier.seal()
    bundle = read_bundle(content)
    assert bundle.metadata == classifier.metadata
    assert bundle.graph == classifier.graph
    assert bundle.golden == Golden.from_bytes(classifier.files[GOLDEN])
    assert bundle.tokenizer.sha256 == classifier.metadata.tokenizer.sha256
    assert bundle.size == len(content)
    assert bundle.model_card == "# tiny\n"
    assert classifier.seal() == content  # reproducible


def test_metadata_round_trip(classifier, embedder):
    for parts in (classifier, embedder):
        assert BundleMetadata.from_bytes(parts.metadata.to_bytes()) == parts.metadata
    assert json.loads(classifier.files[METADATA])["schema_version"] == 1


def test_one_changed_byte_anywhere_is_refused(classifier):
    content = classifier.seal()
    for place in range(0, len(content), 7):
        spoiled = bytearray(content)
        spoiled[place] ^= 1
        with pytest.raises(BundleError):
            read_bundle(bytes(spoiled))


def test_a_cut_bundle_is_refused(classifier):
    content = classifier.seal()
    for size in range(0, len(content), 101):
        with pytest.raises(BundleError):
            read_bundle(content[:size])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no bytes"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not a .tflite file"),
        (b"PK\3\4" + b"\0" * 100, "not a .tflite file"),
        (bytes(range(256)) * 10, "not a .tflite file"),
    ],
)
def test_other_files_are_refused(tmp_path, content, message):
    path = tmp_path / "file.tflite"
    path.write_bytes(content)
    with pytest.raises(BundleError, match=message) as caught:
        Engine.open(path)
    assert str(path) in str(caught.value)


def test_a_network_without_a_tail_is_refused(graphs):
    with pytest.raises(BundleError, match=r"plain \.tflite of another program"):
        read_bundle(graphs["image"])


def test_somebody_elses_associated_files_are_refused(graphs):
    graph = graphs["image"]
    with pytest.raises(BundleError, match=r"lacks manifest.json, bundle.json"):
        read_bundle(graph + write_tail({"labels.txt": b"cat\n"}, offset=len(graph)))


@pytest.mark.parametrize("member", [MANIFEST, METADATA])
@pytest.mark.parametrize(("version", "advice"), [(2, "Update this"), (0, "Export the model")])
def test_another_schema_version_is_refused(classifier, member, version, advice):
    files = dict(classifier.files)
    if member == MANIFEST:
        manifest = changed(Manifest.of(classifier.graph, files).to_bytes(), schema_version=version)
        content = classifier.graph + write_tail(
            {MANIFEST: manifest, **files}, offset=len(classifier.graph)
        )
    else:
        files[METADATA] = changed(files[METADATA], schema_version=version)
        content = seal_unchecked(classifier.graph, files)
    with pytest.raises(BundleError, match=f"{member} is of schema version {version}.*{advice}"):
        read_bundle(content)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"labels": ["a", "b"]}, "2 labels do not fit an output of 3"),
        ({"labels": ["a", "a", "b"]}, "distinct"),
        ({"labels": ["a", "b", "c"]}, "labels.txt and the labels"),
        ({"labels": "abc"}, "'labels' must be a list"),
        ({"label_values": [1, 2]}, "2 label_values do not fit 3"),
        ({"label_values": ["1", "2", "3"]}, "numbers only"),
        ({"task": "translation"}, "unknown task 'translation'"),
        ({"task": "embedding"}, "an embedding has no labels"),
        ({"pooling": "max"}, "unknown pooling"),
        ({"max_length": 1000}, "max_length must be in 3 to 64"),
        ({"max_length": True}, "must be an integer"),
        ({"inputs": ["padding_mask"]}, "contain token_ids"),
        ({"inputs": ["token_ids", "weights"]}, r"unknown inputs \['weights'\]"),
        ({"inputs": ["token_ids", "token_ids"]}, "distinct"),
        ({"config": {"hidden_dim": 8}}, "missing"),
        ({"name": "gone"}, "lacks the field 'name'"),
        ({"output": {"name": "x", "dim": 0}}, "do not fit"),
        ({"tokenizer": {"lowercase": True, "sha256": "0"}}, "tokenizer that the network"),
        ({"tokenizer": {"lowercase": "yes", "sha256": "0"}}, "must be a boolean"),
    ],
)
def test_resealed_contradictions_in_the_metadata_are_refused(classifier, fields, message):
    files = {**classifier.files, METADATA: changed(classifier.files[METADATA], **fields)}
    with pytest.raises(BundleError, match=message):
        read_bundle(seal_unchecked(classifier.graph, files))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("vocab.txt", b"[PAD]\n[UNK]\n[CLS]\n[SEP]\n", "4 tokens, the network was made for"),
        ("vocab.txt", b"a\n", "missing"),
        ("vocab.txt", b"\xff\n", "UTF-8"),
        ("labels.txt", b"negative\npositive\n", "differ"),
        ("bundle.json", b"[]", "must hold a JSON object"),
        ("bundle.json", b"{", "not valid JSON"),
        ("bundle.json", b'{"schema_version": NaN}', "NaN is not a JSON number"),
        ("bundle.json", b"[" * 100_000, "not valid JSON"),
        ("golden.json", b'{"tolerance": 1, "examples": []}', "must hold examples"),
        ("golden.json", b'{"tolerance": 1, "examples": [3]}', "must be an object"),
    ],
)
def test_resealed_wrong_members_are_refused(classifier, name, content, message):
    files = {**classifier.files, name: content}
    with pytest.raises(BundleError, match=message):
        read_bundle(seal_unchecked(classifier.graph, files))


def test_golden_examples_must_fit_the_output(classifier, embedder):
    files = {**classifier.files, GOLDEN: embedder.files[GOLDEN]}
    with pytest.raises(BundleError, match="8 outputs"):
        read_bundle(seal_unchecked(classifier.graph, files))


@pytest.mark.parametrize("name", [METADATA, "vocab.txt", GOLDEN, "labels.txt"])
def test_missing_members_are_refused(classifier, name):
    files = {key: value for key, value in classifier.files.items() if key != name}
    with pytest.raises(BundleError, match=name):
        read_bundle(seal_unchecked(classifier.graph, files))


def test_the_writer_cannot_seal_what_the_reader_refuses(classifier):
    with pytest.raises(BundleError, match=r"labels.txt"):
        classifier.seal(labels=None)
    with pytest.raises(ValueError, match="leave it out"):
        seal_bundle(classifier.graph, {**classifier.files, MANIFEST: b""})


def test_another_network_under_good_papers_is_refused(classifier, embedder, graphs, tmp_path):
    path = tmp_path / "bundle.tflite"
    for graph, parts, message in [
        (graphs["image"], classifier, r"takes \['image'\], expected"),
        (graphs["embedder"], classifier, r"shape \(2, 8\).*shape \(2, 3\) was expected"),
        (graphs["classifier"], embedder, r"shape \(2, 3\).*shape \(2, 8\) was expected"),
        (graphs["float_ids"], classifier, "token_ids is float32 of rank 2, expected int32"),
        (graphs["flat_ids"], classifier, "token_ids is int32 of rank 1, expected int32 of rank 2"),
        (graphs["two_outputs"], classifier, "2 outputs, expected 1"),
        (graphs["fixed_length"], classifier, "cannot run the network"),
        (graphs["classifier"][:300], classifier, "cannot build the network"),
    ]:
        path.write_bytes(seal_bundle(graph, parts.files))
        with pytest.raises(BundleError, match=message):
            Engine.open(path)


def test_a_word_table_smaller_than_the_vocabulary_is_refused(classifier, tmp_path):
    tokenizer = read_bundle(classifier.seal()).tokenizer
    larger = BertTokenizer([*tokenizer.vocabulary, "more"])
    metadata = dataclasses.replace(
        classifier.metadata,
        config=dataclasses.replace(classifier.metadata.config, vocabulary_size=41),
        tokenizer=dataclasses.replace(classifier.metadata.tokenizer, sha256=larger.sha256),
    )
    path = tmp_path / "bundle.tflite"
    path.write_bytes(classifier.seal(metadata=metadata, vocabulary=larger.vocabulary_bytes()))
    with pytest.raises(BundleError, match="cannot run the network"):
        Engine.open(path)


def test_inputs_in_another_order_are_refused(classifier, tmp_path):
    metadata = dataclasses.replace(classifier.metadata, inputs=("padding_mask", "token_ids"))
    path = tmp_path / "bundle.tflite"
    path.write_bytes(classifier.seal(metadata=metadata))
    with pytest.raises(BundleError, match=r"expected \['padding_mask', 'token_ids'\]"):
        Engine.open(path)


def test_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.tflite"
    with path.open("wb") as stream:
        stream.truncate(MAX_BUNDLE_BYTES + 1)  # a hole, no space is used
    with pytest.raises(BundleError, match="2,000,000,001 bytes"):
        read_bundle(path)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(BundleError, match="not a file"):
        read_bundle(tmp_path)
    with pytest.raises(BundleError, match="not a file"):
        read_bundle(os.devnull)


def test_an_output_of_no_values_is_refused(embedder):
    with pytest.raises(BundleError, match="dim must be positive"):
        dataclasses.replace(embedder.metadata, output=OutputSpec(name="x", dim=0))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("1e999", "not JSON compliant"),  # Python reads it as infinity
        ('"\\ud800"', "surrogates not allowed"),
        ("[" * 40 + "]" * 40, "more than 32 deep"),
        ('{"a":' * 900 + "1" + "}" * 900, "more than 32 deep|recursion"),
        ("[" * 100_000, "not valid JSON"),
        ("1" * 5000, "not valid JSON"),
        ('"' + "x" * (8 << 20) + '"', "at most 8,388,608 are read"),
    ],
    ids=["infinity", "half a character", "deep", "deeper", "deepest", "digits", "large"],
)
def test_json_that_could_not_be_written_again_is_refused(classifier, raw, message):
    text = json.dumps({**json.loads(classifier.files[METADATA]), "metrics": {"x": "MARK"}})
    files = {**classifier.files, METADATA: text.replace('"MARK"', raw).encode()}
    with pytest.raises(BundleError, match=message):
        read_bundle(seal_unchecked(classifier.graph, files))


def test_labels_of_half_characters_are_refused(classifier):
    text = json.dumps({**json.loads(classifier.files[METADATA]), "labels": ["a", "b", "\ud800"]})
    files = {**classifier.files, METADATA: text.encode()}
    with pytest.raises(BundleError, match="surrogates not allowed"):
        read_bundle(seal_unchecked(classifier.graph, files))


def test_a_vocabulary_beyond_all_measure_is_refused(classifier):
    files = {**classifier.files, VOCABULARY: b"\n" * (17 << 20)}
    with pytest.raises(BundleError, match=r"vocab\.txt has 17,825,792 bytes"):
        read_bundle(seal_unchecked(classifier.graph, files))


def test_names_in_the_graph_that_are_not_utf8_are_refused(classifier):
    graph = classifier.graph.replace(b"token_ids", b"token\xff\xfe\xfds")
    assert graph != classifier.graph
    content = seal_unchecked(graph, classifier.files)
    with pytest.raises(BundleError, match=r"cannot build the network.*utf-8"):
        Engine(read_bundle(content))
