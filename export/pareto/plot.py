"""The comparison as a picture: loss against size, and loss against latency."""

from __future__ import annotations

import io
from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.container import ErrorbarContainer
from matplotlib.figure import Figure

from export.pareto.byte_size import MEGABYTE
from export.pareto.report import TYPICAL_TOKENS, MeasuredRecipe, ParetoReport

# Okabe and Ito's colours, told apart by people who see few colours; each with a shape of its own.
_STYLES = tuple(
    zip(
        ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8C6D31"),
        "osD^vPX*",
        strict=True,
    )
)
_FRONT, _BOUND, _CHOSEN = "#9AA5B1", "#C0392B", "#111111"
_AXIS_ROOM = 1.12  # of the largest figure
Place = Callable[[MeasuredRecipe], float]


def render_plot(report: ParetoReport) -> bytes:
    """A PNG of two panels with one legend; recipes beyond their tolerance are drawn hollow.

    Args:
        report: at least one recipe measured.
    """
    figure = Figure(figsize=(11.0, 5.6), dpi=150, layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    _panel(
        left, report, lambda each: each.size / MEGABYTE, report.size_front, "size of the file (MB)"
    )
    _panel(
        right,
        report,
        lambda each: each.latency_ms,
        report.latency_front,
        f"one text of {_tokens(report)} tokens, median (ms)",
    )
    left.set_ylabel(f"loss of {report.metric.replace('_', ' ')} (percent points)")
    maximum = report.bounds.max_size
    if maximum is not None and maximum / MEGABYTE <= left.get_xlim()[1]:
        left.axvline(maximum / MEGABYTE, color=_BOUND, linestyle=":", linewidth=1.3, zorder=1)
    handles, labels = left.get_legend_handles_labels()
    handles = [item[0] if isinstance(item, ErrorbarContainer) else item for item in handles]
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=9)
    name = f"{report.model}: " if report.model.isascii() else ""  # the font has Latin letters only
    figure.suptitle(f"{name}what each recipe costs, on {report.texts:,} texts", fontsize=13)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _panel(axes: Axes, report: ParetoReport, x: Place, front: list[str], label: str) -> None:
    by_name = {each.recipe: each for each in report.measured}
    on_front = [by_name[name] for name in front]
    axes.step(
        [x(each) for each in on_front],
        [each.score.loss for each in on_front],
        where="post",
        color=_FRONT,
        linewidth=1.6,
        zorder=1,
        label="Pareto front: nothing is better in both",
    )
    axes.axhline(0.0, color="#D0D5DA", linewidth=0.8, zorder=0)
    if report.bounds.max_loss is not None or report.bounds.max_size is not None:
        heights = [] if report.bounds.max_loss is None else [report.bounds.max_loss]
        axes.plot([], [], color=_BOUND, linestyle=":", linewidth=1.3, label="bound")
        for height in heights:
            axes.axhline(height, color=_BOUND, linestyle=":", linewidth=1.3, zorder=1)
    for place, each in enumerate(report.measured):
        _point(axes, each, x(each), *_STYLES[place % len(_STYLES)])
    axes.set_xlim(0.0, max(x(each) for each in report.measured) * _AXIS_ROOM)
    if (chosen := report.recommendation.recipe) is not None:
        _ring(axes, x(by_name[chosen]), by_name[chosen].score.loss)
    axes.set_xlabel(label)
    axes.grid(alpha=0.25, linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)


def _point(axes: Axes, each: MeasuredRecipe, x: float, colour: str, shape: str) -> None:
    score = each.score
    below, above = score.loss - score.loss_low, score.loss_high - score.loss
    axes.errorbar(
        [x],
        [score.loss],
        yerr=[[max(0.0, below)], [max(0.0, above)]],
        color=colour,
        marker=shape,
        markersize=8.5,
        markerfacecolor=colour if each.within_tolerance else "none",
        linestyle="none",
        elinewidth=1.2,
        capsize=3.0,
        zorder=3,
        label=each.recipe if each.within_tolerance else f"{each.recipe} (beyond its tolerance)",
    )


def _ring(axes: Axes, x: float, y: float) -> None:
    axes.plot(
        [x],
        [y],
        marker="o",
        markersize=19,
        markerfacecolor="none",
        markeredgecolor=_CHOSEN,
        markeredgewidth=1.6,
        linestyle="none",
        zorder=4,
    )
    leftwards = x > 0.6 * axes.get_xlim()[1]  # the words stay inside the panel
    axes.annotate(
        "recommended",
        (x, y),
        xytext=(-14 if leftwards else 14, 16),
        textcoords="offset points",
        horizontalalignment="right" if leftwards else "left",
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
        fontsize=9.5,
        fontweight="bold",
        color=_CHOSEN,
        zorder=5,
    )


def _tokens(report: ParetoReport) -> int:
    lengths = [one.tokens for one in report.measured[0].speed.latencies]
    return min(lengths, key=lambda tokens: abs(tokens - TYPICAL_TOKENS))
