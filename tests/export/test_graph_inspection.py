"""Counting operators and delegate pieces."""

from __future__ import annotations

from export.flatbuffer import inline_buffers
from export.graph_inspection import foreign_operators, inspect_graph, operator_histogram


def test_histogram_is_sorted_and_sums(embedder_graph: bytes) -> None:
    facts = inspect_graph(inline_buffers(embedder_graph))
    counts = list(facts.operators.values())
    assert counts == sorted(counts, reverse=True)
    assert facts.num_operators == sum(counts)
    assert facts.operators == operator_histogram(embedder_graph)
    assert facts.size > 10_000


def test_no_foreign_operators(embedder_graph: bytes) -> None:
    assert foreign_operators(embedder_graph) == []
