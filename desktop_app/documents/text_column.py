"""Which column holds the texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log

from desktop_app.documents.table_row import TableRow

_HINTS = re.compile(
    r"text|review|comment|content|message|body|feedback|sentence|answer|response|opinion|verbatim|"
    r"文本|正文|评论|评价|内容|反馈|留言|回答|意见|建议|評論|評價|內容|回饋|意見|建議",
    re.IGNORECASE,
)
_ANTI_HINTS = re.compile(
    r"(^|[^a-z])(id|ids|date|time|url|link|author|user|name|label|rating|score|length|count|type|"
    r"hash|uuid|lang|language|file|page)([^a-z]|$)|编号|日期|时间|作者|标签|评分|長度|编码",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NO_TEXT = re.compile(r"^(https?://\S+|\S+@\S+|[\w-]+\.\w{2,4}|[0-9a-f-]{16,}|\S{25,})$", re.ASCII)
_LOOKED_AT = 400  # characters of a cell


def guess_text_column(columns: Sequence[str], rows: Sequence[TableRow]) -> str | None:
    """The column of the longest natural text; None if no column has letters."""
    rated = []
    for place, name in enumerate(columns):
        cells = [row.cells[place] for row in rows if row.cells[place].strip()]
        rated.append((_rating(name, cells, len(rows)), place))
    if not rated:
        return None
    best, place = max(rated, key=lambda pair: (pair[0], -pair[1]))
    return columns[place] if best > 0.0 else None


def _rating(name: str, cells: Sequence[str], count: int) -> float:
    """Mean length of words in letters, less where cells repeat or are no language."""
    if not cells:
        return 0.0
    texts = [cell[:_LOOKED_AT] for cell in cells]
    natural = [text for text in texts if not _NO_TEXT.match(text.strip())]
    letters = sum(len(_LETTERS.findall(text)) + 2 * len(_WIDE.findall(text)) for text in natural)
    characters = sum(len(text.strip()) for text in texts)
    if not letters:
        return 0.0
    share = min(1.0, letters / characters)
    filled = min(1.0, 0.3 + len(cells) / max(1, count))
    distinct = 0.3 + 0.7 * len(set(texts)) / len(texts)
    rating = log(1 + letters / len(texts)) * share * distinct * filled
    if _HINTS.search(name):
        rating *= 1.6
    elif _ANTI_HINTS.search(name):
        rating *= 0.6
    return rating
