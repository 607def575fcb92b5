import itertools

import pytest

from desktop_app.colour_scale import contrast, label_colours, scale_colour, usual_places

GROUND = {False: (255, 255, 255), True: (34, 37, 42)}
# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
DEFICIENCIES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
}  # fmt: skip


def linear(colour):
    return [(c / 255 / 12.92) if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
            for c in colour]  # fmt: skip


def seen(colour, deficiency):
    rgb = linear(colour)
    return [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in DEFICIENCIES[deficiency]]


@pytest.mark.parametrize("dark", [False, True])
def test_every_colour_stands_out_from_its_ground(dark):
    colours = [scale_colour(place / 4, dark=dark) for place in range(-4, 5)]
    colours += label_colours("abcdefg", None, dark=dark).values()
    assert min(contrast(colour, GROUND[dark]) for colour in colours) >= 3.0


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("dark", [False, True])
def test_the_ends_of_the_scale_differ_for_colour_blind_readers(dark, deficiency):
    places = [seen(scale_colour(place, dark=dark), deficiency) for place in (-1.0, 0.0, 1.0)]
    for one, other in itertools.combinations(places, 2):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) > 0.1


def test_many_labels_have_colours_of_their_own():
    labels = [f"label {number}" for number in range(21)]
    assert len(set(label_colours(labels, None, dark=False).values())) == 21


def test_labels_with_values_lie_on_the_scale_whatever_their_order():
    colours = label_colours(["up", "down", "flat"], [1.0, -1.0, 0.0], dark=True)
    assert colours["down"] == scale_colour(-1.0, dark=True)
    assert colours["flat"] == scale_colour(0.0, dark=True)


@pytest.mark.parametrize("dark", [False, True])
def test_usual_words_without_values_never_change_sides(dark):
    colours = label_colours(["positive", "negative"], None, dark=dark)
    assert colours == {
        "positive": scale_colour(1.0, dark=dark),
        "negative": scale_colour(-1.0, dark=dark),
    }
    mixed = label_colours(["Very_Negative", "neutral", "positive"], None, dark=dark)
    assert mixed["Very_Negative"] == scale_colour(-1.0, dark=dark)
    assert mixed["neutral"] == scale_colour(0.0, dark=dark)
    assert usual_places(["positive", "billing"]) is None
    assert usual_places([]) is None
