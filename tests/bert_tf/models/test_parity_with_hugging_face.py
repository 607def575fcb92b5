"""The encoder against the libraries its weights come from, on real weights and text."""

from pathlib import Path

import numpy as np
import pytest

from bert_tf.checkpoints.hugging_face import import_hugging_face
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.task import Task


@pytest.fixture(scope="module")
def embedder(minilm_folder: Path) -> BertEmbedder:
    backbone, tokenizer = import_hugging_face(minilm_folder)
    task = Task(kind="embedding", name="minilm", language="en", max_length=256, pooling="mean")
    return BertEmbedder(backbone, task, tokenizer)


def test_vectors_equal_sentence_transformers(
    embedder: BertEmbedder, minilm_folder: Path, movie_snippets: list[str]
) -> None:
    from sentence_transformers import SentenceTransformer

    texts = movie_snippets[:1000]
    reference = SentenceTransformer(str(minilm_folder), device="cpu").encode(texts)
    difference = np.abs(embedder.encode(texts) - reference).max()
    print(f"float MiniLM, 1,000 sentences: maximal difference {difference:.2e}")
    assert difference <= 1e-5


def test_hidden_states_equal_hugging_face(
    embedder: BertEmbedder, minilm_folder: Path, movie_snippets: list[str]
) -> None:
    import torch
    from transformers import BertModel

    batch = embedder.tokenizer.batch(movie_snippets[:48], max_length=256)
    reference = BertModel.from_pretrained(minilm_folder).eval()
    with torch.no_grad():
        expected = reference(
            input_ids=torch.tensor(batch.token_ids.astype(np.int64)),
            attention_mask=torch.tensor(batch.padding_mask.astype(np.int64)),
            output_hidden_states=True,
        ).hidden_states
    found = embedder.backbone.hidden_states(batch.as_inputs(), training=False)
    real = batch.padding_mask.astype(bool)
    assert len(found) == len(expected) == 7
    worst = [
        float(np.abs(np.asarray(ours)[real] - theirs.numpy()[real]).max())
        for ours, theirs in zip(found, expected, strict=True)
    ]
    print("hidden states, maximal difference a layer:", [f"{value:.1e}" for value in worst])
    assert max(worst) <= 1e-4
