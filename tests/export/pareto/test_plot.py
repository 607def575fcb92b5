"""The picture: a real PNG with everything that belongs on it."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.image import imread

from export.pareto.plot import render_plot
from export.pareto.recommendation import Bounds


def test_the_picture_can_be_read_and_is_not_empty(make_report) -> None:
    picture = imread(io.BytesIO(render_plot(make_report())), format="png")
    assert picture.shape[0] > 700 and picture.shape[1] > 1500
    inked = (picture[:, :, :3] < 0.9).any(axis=2)
    assert 0.005 < inked.mean() < 0.3
    left, right = np.array_split(inked, 2, axis=1)
    assert left.any() and right.any()


def test_the_same_report_gives_the_same_picture_and_another_choice_another(make_report) -> None:
    first = render_plot(make_report())
    assert first == render_plot(make_report())
    assert first != render_plot(make_report(bounds=Bounds(max_loss=0.2)))


def test_names_the_font_lacks_and_no_choice_do_not_stop_it(make_report) -> None:
    report = make_report(model="情感", bounds=Bounds(max_size=1, max_loss=0.0))
    assert report.recommendation.recipe is None
    assert render_plot(report).startswith(b"\x89PNG")
