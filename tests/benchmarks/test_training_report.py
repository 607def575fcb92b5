"""Which goals a race has reached."""

from benchmarks.training_contest import CONTENDERS, GOALS, OURS
from benchmarks.training_report import (
    Measured,
    Statement,
    memory_statements,
    quality_statements,
    speed_statements,
)
from benchmarks.training_statistics import Difference

BY_NAME = {one.name: one for work in CONTENDERS.values() for one in work}


def measured(name: str, *, rate: float = 100.0, memory: dict[str, int] | None = None) -> Measured:
    return Measured(
        contender=BY_NAME[name],
        xla=False,
        start_seconds=5.0,
        compile_seconds=20.0,
        rates=[rate, 2 * rate],
        padding=0.1,
        losses=(1.6, 1.2),
        memory=memory or {"off": 2_000_000_000},
    )


def test_every_goal_names_contenders_of_its_work() -> None:
    for work, goals in GOALS.items():
        names = {one.name for one in CONTENDERS[work]}
        assert all({goal.ours, goal.peer} <= names for goal in goals)
        assert all(one.work == work for one in CONTENDERS[work])


def test_names_are_unique() -> None:
    assert len(BY_NAME) == sum(len(work) for work in CONTENDERS.values())


def test_a_ratio_is_held_against_its_goal() -> None:
    rows = [measured(OURS, rate=300.0), measured("keras-hub, 64", rate=100.0)]
    rows.append(measured("keras-hub, 128", rate=100.0))
    assert [(v.text.split(":")[0], v.reached) for v in speed_statements("finetune", rows)] == [
        (f"{OURS} / keras-hub, 64", True),
        (f"{OURS} / keras-hub, 128", False),
    ]


def test_memory_is_held_against_the_limit_and_the_best_of_keras_hub() -> None:
    ours = measured("bert_tf, 32 x 128", memory={"off": 2_500_000_000})
    hub = measured("keras-hub, 128", memory={"off": 4_000_000_000, "on": 2_400_000_000})
    limit, beside = memory_statements("finetune", [ours, hub])
    assert (limit.reached, beside.reached) == (True, False)
    assert "2.50 GB" in beside.text and "2.40 GB" in beside.text
    assert memory_statements("finetune", [hub]) == []


def test_a_surely_worse_metric_falls_short() -> None:
    found = {"keras-hub, 64": {"accuracy": Difference(value=-0.02, low=-0.03, high=-0.01)}}
    (verdict,) = quality_statements(found)
    assert str(verdict).endswith("keras-hub, 64: -0.0200 (-0.0300 to -0.0100): FALLS SHORT")


def test_without_a_goal_nothing_is_claimed() -> None:
    assert str(Statement(text="a / b: 1.00 x", reached=None)) == "a / b: 1.00 x: for information"
