"""The names of a table's columns: its first row, or letters as in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VALUE = re.compile(
    r"""^\s*(
        [-+]?[\d.,\s]*\d[\d.,\s]*[%€$£¥]?          # a number
        |\d{1,4}[-/.年]\d{1,2}([-/.月]\d{1,4}日?)?.*  # a date
        |\S+@\S+\.\S+|https?://\S+
        |true|false|yes|no|null|none|n/?a|nan
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？]\s*$|[，。！？]")
_LONGEST_NAME = 60
_LOOKED_AT = 200  # characters of a cell
HEADER_WORDS = re.compile(
    r"^\W*(id|no|nr|index|name|title|text|texts|review|reviews|comment|comments|content|message|"
    r"body|description|feedback|sentence|answer|response|label|labels|class|category|sentiment|"
    r"rating|score|stars|date|time|timestamp|created|product|region|country|language|lang|user|"
    r"author|source|url|file|page|编号|序号|姓名|名称|标题|文本|正文|评论|评价|内容|反馈|留言|"
    r"回答|描述|标签|类别|分类|情感|评分|分数|得分|星级|日期|时间|产品|商品|地区|城市|国家|"
    r"语言|用户|作者|来源|編號|序號|名稱|標題|評論|評價|內容|回饋|標籤|類別|分類|評分|分數|"
    r"時間|產品|地區|國家|語言|用戶|來源|备注|備註|意见|意見|建议|建議)\W*$",
    re.IGNORECASE,
)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns, judged by the rows below it."""
    if not rows or not any(cell.strip() for cell in rows[0]):
        return False
    first = [cell[:_LOOKED_AT].strip() for cell in rows[0]]
    below = [[cell[:_LOOKED_AT].strip() for cell in row] for row in rows[1:50] if row]
    if any(HEADER_WORDS.match(name.replace("_", " ").strip()) for name in first):
        return not any(_VALUE.match(name) for name in first)
    named = [name for name in first if name]
    if not below or any(_VALUE.match(name) or len(name) > _LONGEST_NAME for name in named):
        return False
    if len(set(named)) < len(named) or any(_SENTENCE_END.search(name) for name in named):
        return False
    for place, name in enumerate(first):
        column = [row[place] for row in below if place < len(row) and row[place]]
        if not name or not column or name in column:
            continue
        if all(_VALUE.match(cell) for cell in column):
            return True
        mean = sum(map(len, column)) / len(column)
        if len(first) > 1 and mean > 3 * len(name) + 12:
            return True
    return False


def column_names(names: Sequence[str], width: int) -> tuple[str, ...]:
    """So many different names: empty ones become letters, repeated ones get a number."""
    given = {name.strip() for name in names}
    taken: set[str] = set()
    result = []
    for place in range(width):
        name = names[place].strip() if place < len(names) else ""
        name = name or _letters(place)
        unique, number = name, 2
        while unique in taken or (unique != name and unique in given):
            unique, number = f"{name} ({number})", number + 1
        taken.add(unique)
        result.append(unique)
    return tuple(result)


def _letters(place: int) -> str:
    """A, B, ..., Z, AA, as spreadsheets name columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def width_of(rows: Sequence[Sequence[str]], most: int) -> int:
    """How many columns a table has: as many as its first row, or as most rows have."""
    widths = [len(row) for row in rows if row]
    if not widths:
        return 1
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return min(most, max(widths[0], usual))
