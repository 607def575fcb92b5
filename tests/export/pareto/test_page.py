"""The page: whole by itself, well formed, nothing of the data taken for markup."""

from __future__ import annotations

from base64 import b64decode
from html.parser import HTMLParser

from export.pareto.page import render_page
from export.pareto.recommendation import Bounds

PICTURE = b"\x89PNG not really"
VOID = {"meta", "img", "br", "link"}


class Reader(HTMLParser):
    """Checks that tags close in order; collects pictures, links and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sources: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.sources += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_it_needs_nothing_beside_it(make_report) -> None:
    reader = read(render_page(make_report(), PICTURE))
    (source,) = reader.sources
    head, data = source.split(",")
    assert head == "data:image/png;base64" and b64decode(data) == PICTURE


def test_it_says_what_was_found(make_report) -> None:
    page = render_page(make_report(), PICTURE)
    text = " ".join(read(page).words)
    for part in ("tickets-en", "int4_table", "18.1 MB", "+0.35 (+0.15 to +0.65)", "2.10 ms",
                 "30 texts with another label, the first 1", "<b>fine</b> & 好", "no <kernel>",
                 "equal_labels is 0.8", "size, latency", "2,386 texts",
                 "other label", "broken: equal_labels is 0.8",
                 "Beyond its own tolerance, so never recommended: int4.",
                 "A note & more."):  # fmt: skip
        assert part in text, part
    assert "<b>" not in page


def test_without_figures_or_choice_it_says_so(make_report) -> None:
    empty = render_page(make_report(measured=()), None)
    assert "No recipe could be built" in empty and read(empty).sources == []
    none = render_page(make_report(bounds=Bounds(max_loss=0.0, max_size=10**6)), PICTURE)
    assert "verdict none" in none and "No recipe is within the bounds" in none
