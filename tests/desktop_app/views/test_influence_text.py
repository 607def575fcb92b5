from dataclasses import replace

import pytest
from fake_project_session import _explanation
from PySide6.QtGui import QColor, QPalette

from bert_tf.text.sentences import split_sentences
from desktop_app.analysis.row_explanation import SentenceExplanation
from desktop_app.colour_scale import contrast
from desktop_app.views.files import influence_text
from desktop_app.views.files.chart import ink_over
from desktop_app.views.files.influence_text import InfluenceText, tint
from desktop_app.views.theme import own_palette
from desktop_app.views.verdict_style import VerdictStyle


def rgb(colour: QColor):
    return colour.red(), colour.green(), colour.blue()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("share", [-1.0, -0.5, 0.5, 1.0])
def test_a_tinted_word_stays_readable(dark, share):
    palette = own_palette(dark=dark)
    text = palette.color(QPalette.ColorRole.Text)
    assert contrast(rgb(text), rgb(tint(palette, share))) >= 4.5


def test_strong_words_are_marked_without_colour_too(qtbot):
    view = InfluenceText()
    qtbot.addWidget(view)
    text = "\U0001f600 One bad cat. Two good dogs ran."
    sentences = [
        SentenceExplanation(sentence=each, explanation=_explanation(each.text))
        for each in split_sentences(text)
    ]
    view.show_text(text, VerdictStyle(labels=("positive",)), sentences)
    marks = {}
    block = view.document().begin()
    while block.isValid():
        for fragment in (each.fragment() for each in _fragments(block)):
            style = fragment.charFormat().underlineStyle()
            marks[fragment.text().strip()] = style
        block = block.next()
    styles = type(next(iter(marks.values())))
    assert marks["Two"] == styles.SingleUnderline
    assert marks["good"] == styles.DashUnderline
    assert marks["dogs"] == styles.NoUnderline
    assert all(each.sentence.text in view.toPlainText() for each in sentences)


@pytest.mark.parametrize(
    ("label", "labels", "blue"),
    [
        ("positive", ("negative", "positive"), "Two"),
        ("negative", ("negative", "positive"), "good"),  # which speaks against the label
        ("billing", ("billing", "delivery"), "Two"),
    ],
)
def test_blue_means_positive_wherever_labels_have_a_side(qtbot, label, labels, blue):
    view = InfluenceText()
    qtbot.addWidget(view)
    (sentence,) = split_sentences("Two good dogs.")
    given = _explanation(sentence.text)
    plain = replace(
        given,
        verdict=replace(given.verdict, label=label, valence=None),
        words=tuple(replace(word, valence_influence=None) for word in given.words),
    )
    style = VerdictStyle(labels=labels)
    view.show_text(
        sentence.text, style, [SentenceExplanation(sentence=sentence, explanation=plain)]
    )
    assert view.along_scale == (label in ("negative", "positive"))
    underlined = {
        each.fragment().text(): each.fragment().charFormat().fontUnderline()
        for each in _fragments(view.document().begin())
        if each.fragment().charFormat().fontUnderline()
    }
    assert underlined == {blue: True}


def _fragments(block):
    iterator = block.begin()
    while not iterator.atEnd():
        yield iterator
        iterator += 1


def test_text_without_sentences_is_shown_as_it_is(qtbot):
    view = InfluenceText()
    qtbot.addWidget(view)
    view.show_text("Le film\n<b>", VerdictStyle())
    assert view.toPlainText() == "Le film\n<b>"


def test_no_more_is_laid_out_than_a_window_bears(qtbot, monkeypatch):
    monkeypatch.setattr(influence_text, "_MOST_CHARACTERS", 1_000)
    view = InfluenceText()
    qtbot.addWidget(view)
    text = "It is so. " * 5_000 + "x" * 5_000
    sentences = [
        SentenceExplanation(sentence=each, explanation=None) for each in split_sentences(text)
    ]
    view.show_text(text, VerdictStyle(), sentences)
    shown = view.toPlainText()
    assert shown.startswith("It is so.\nNot judged by itself\nIt is so.")
    assert 1_000 <= len(shown) < 1_100
    view.show_text(text, VerdictStyle(), sentences[-1:])  # a single one that is too long
    assert 1_000 <= len(view.toPlainText()) < 1_100


def test_what_a_reader_marked_stays_while_nothing_changes(qtbot):
    view = InfluenceText()
    qtbot.addWidget(view)
    (sentence,) = split_sentences("Two good dogs.")
    sentences = [SentenceExplanation(sentence=sentence, explanation=_explanation(sentence.text))]

    def show(labels=("positive",)):
        view.show_text(sentence.text, VerdictStyle(labels=labels), list(sentences))

    show()
    view.selectAll()
    show()
    assert view.textCursor().selectedText().startswith("Two good dogs.")
    show(("negative", "positive"))
    assert not view.textCursor().hasSelection()


def test_a_text_that_is_shown_follows_the_font(qtbot, qapp):
    view = InfluenceText()
    qtbot.addWidget(view)
    view.show_text("Two good dogs.", VerdictStyle())

    def points():
        fragment = next(_fragments(view.document().begin())).fragment()
        return fragment.charFormat().font().pointSizeF()

    before, font = points(), qapp.font()
    larger = qapp.font()
    larger.setPointSizeF(font.pointSizeF() + 6)
    qapp.setFont(larger)
    try:
        qapp.processEvents()
        assert points() > before
    finally:
        qapp.setFont(font)


@pytest.mark.parametrize("ground", [(200, 80, 30), (132, 139, 148), (0, 108, 180), (88, 168, 236)])
def test_figures_on_bars_are_readable(ground):
    assert contrast(rgb(ink_over(QColor(*ground))), ground) >= 4.5
