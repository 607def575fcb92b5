"""The peers start from our weights: the same numbers come out of them."""

from pathlib import Path

import keras
import numpy as np
import pytest

from benchmarks.training_data import TrainingData, tiny_config, tiny_data
from benchmarks.training_hugging_face import make_classifier, state_dict
from benchmarks.training_job import Job
from benchmarks.training_keras_hub import HubTrainer, encoder_config
from benchmarks.training_ours import OurTrainer
from bert_tf.config import BertConfig


def job_of(folder: Path, engine: str, work: str) -> Job:
    return Job(
        engine=engine,
        work=work,
        precision="float32",
        length=32,
        fixed=True,
        rows=4,
        guesses=5,
        xla=False,
        data="",
        texts=8,
        passes=1,
        start=str(folder / f"{work}.npz"),
        learning_rate=1e-3,
        seed=1,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmark")


@pytest.fixture(scope="module")
def data(folder: Path) -> TrainingData:
    return tiny_data(folder, texts=40, dev_texts=10)


def export(folder: Path, data: TrainingData, work: str) -> OurTrainer:
    """Our trainer with weights large enough that a mistake anywhere shows."""
    job = job_of(folder, "bert_tf", work)
    # A masked language model packs: it needs all texts for a batch.
    ours = OurTrainer(job if work == "finetune" else Job(**{**vars(job), "texts": 40}), data)
    rng = np.random.default_rng(7)
    ours.model.set_weights(
        [weight + 0.2 * rng.normal(size=weight.shape) for weight in ours.model.get_weights()]
    )
    ours.export(Path(job.start))
    return ours


@pytest.mark.parametrize("work", ["finetune", "mlm"])
def test_keras_hub_gives_our_outputs(folder: Path, data: TrainingData, work: str) -> None:
    export(folder, data, work)
    theirs = HubTrainer(job_of(folder, "keras-hub", work), data)
    with np.load(folder / f"{work}.npz") as start:
        expected, exact = start["outputs_tanh"], start["outputs"]
    np.testing.assert_allclose(theirs.check_outputs(), expected, atol=1e-4)
    assert np.abs(expected - exact).max() > 1e-4  # the two forms of GELU do differ
    keras.config.set_dtype_policy("float32")


def test_keras_hub_reads_each_text_with_its_label(folder: Path, data: TrainingData) -> None:
    export(folder, data, "finetune")
    job = Job(**{**vars(job_of(folder, "keras-hub", "finetune")), "texts": 40})
    seen = [tuple(ids[: job.length - 2]) for ids in data.ids]
    labels = dict(zip(seen, data.labels, strict=True))
    orders = []
    for seed in (1, 2):
        theirs = HubTrainer(Job(**{**vars(job), "seed": seed}), data)
        read = []
        for inputs, given in theirs._batches:
            for row, mask, label in zip(
                inputs["token_ids"].numpy(), inputs["padding_mask"].numpy(), given, strict=True
            ):
                ids = tuple(map(int, row[: mask.sum()][1:-1]))
                assert labels[ids] == int(label)
                read.append(ids)
        assert len(read) == 40 // job.rows * job.rows
        orders.append(read)
    assert orders[0] != orders[1]
    keras.config.set_dtype_policy("float32")


def test_keras_hub_guesses_the_tokens_that_we_guess(folder: Path, data: TrainingData) -> None:
    ours = export(folder, data, "mlm")
    theirs = HubTrainer(job_of(folder, "keras-hub", "mlm"), data)
    inputs, labels, weights = theirs._masked()
    assert labels.shape == weights.shape == (8, 5)
    real = inputs["padding_mask"].sum(axis=1)
    assert (weights.sum(axis=1) <= np.ceil(0.15 * real)).all() and weights.sum() > 8
    places = inputs["mask_positions"]
    before = theirs._inputs["token_ids"]
    at_places = np.take_along_axis(before, places, axis=1)
    np.testing.assert_array_equal(at_places[weights > 0], labels[weights > 0])
    hidden = theirs.backbone(theirs._inputs)["sequence_output"]
    found = np.asarray(theirs.model.masked_lm_head(hidden, places))
    chosen = np.take_along_axis(np.asarray(hidden), places[..., None], axis=1)
    head, table = ours.model.masked_lm_head, ours.model.backbone.embeddings.word_table
    expected = np.asarray(head(chosen.reshape(-1, 32), table)).reshape(found.shape)
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-3)


def test_hugging_face_gives_our_logits(folder: Path, data: TrainingData) -> None:
    import torch

    export(folder, data, "finetune")
    with np.load(folder / "finetune.npz") as start:
        arrays = dict(start)
    model = make_classifier(tiny_config(data.tokenizer.vocabulary_size), classes=2).eval()
    model.load_state_dict(state_dict(arrays), strict=True)
    batch = data.check_batch()
    with torch.inference_mode():
        logits = model(
            input_ids=torch.from_numpy(batch.token_ids.astype(np.int64)),
            attention_mask=torch.from_numpy(batch.padding_mask.astype(np.int64)),
        ).logits.numpy()
    np.testing.assert_allclose(logits, arrays["outputs"], atol=1e-4)


def test_the_real_start_weights_have_the_published_size(data: TrainingData) -> None:
    assert encoder_config(data).hidden_dim == 32
    size = BertConfig.named("minilm-l6")
    assert (size.num_layers, size.hidden_dim, size.num_heads, size.intermediate_dim) == (
        *(6, 384, 12),
        1536,
    )
