"""The words of a report, in English and in Simplified Chinese."""

from __future__ import annotations

from typing import Literal

ReportLanguage = Literal["en", "zh_CN"]

_WORDS: dict[ReportLanguage, dict[str, str]] = {
    "en": {
        "report": "Analysis of {title}",
        "made": "Made on {created}, on this computer alone.",
        "figures": "Figures",
        "rows": "rows",
        "judged": "judged",
        "not judged": "not judged",
        "uncertain": "uncertain",
        "corrected": "corrected by a person",
        "mean valence": "mean valence",
        "rows with valence": "rows with a valence",
        "distribution": "How often each label is",
        "by column": "By {column}",
        "over time": "Over time, by {column} ({bucket})",
        "day": "each day",
        "week": "each week, from its Monday",
        "month": "each month",
        "left out": "{count} rows are in groups that are not shown, or have no date.",
        "phrases": "Phrases that mark each label",
        "texts": "in {count} texts, in {others} of the other labels",
        "no phrases": "none stand out",
        "examples": "Examples of each label",
        "text": "text",
        "confidence": "confidence",
        "valence": "valence",
        "language": "language",
        "label": "label",
        "share": "share",
        "group": "group",
        "status": "status",
        "unknown": "unknown",
        "odd rows": "Status of the rows",
        "languages": "Languages",
        "models": "Models",
        "model": "model",
        "hash": "sha256",
        "recipe": "recipe",
        "licence": "licence",
        "settings": "Settings",
        "text column": "text column",
        "warnings": "About the source",
        "none": "There are none.",
        "limits": "A verdict is what a small network makes of a text; it can be wrong. “Uncertain” "
        "means that the two best labels are close. Examples are those the network is surest of.",
    },
    "zh_CN": {
        "report": "{title} 的分析",
        "made": "于 {created} 生成，仅在本机处理。",
        "figures": "概要数字",
        "rows": "行",
        "judged": "已判定",
        "not judged": "未判定",
        "uncertain": "不确定",
        "corrected": "人工更正",
        "mean valence": "平均情感值",
        "rows with valence": "有情感值的行",
        "distribution": "各标签的数量",
        "by column": "按“{column}”分组",
        "over time": "随时间变化：“{column}”（{bucket}）",
        "day": "按天",
        "week": "按周，以周一为起点",
        "month": "按月",
        "left out": "另有 {count} 行属于未显示的组，或没有日期。",
        "phrases": "各标签的特征短语",
        "texts": "出现在 {count} 条文本中，其他标签中有 {others} 条",
        "no phrases": "没有突出的短语",
        "examples": "各标签的示例",
        "text": "文本",
        "confidence": "置信度",
        "valence": "情感值",
        "language": "语言",
        "label": "标签",
        "share": "占比",
        "group": "组",
        "status": "状态",
        "unknown": "未知",
        "odd rows": "各行的状态",
        "languages": "语言",
        "models": "模型",
        "model": "模型",
        "hash": "哈希值（SHA-256）",
        "recipe": "量化方案",
        "licence": "许可",
        "settings": "设置",
        "text column": "文本列",
        "warnings": "关于来源文件",
        "none": "无。",
        "limits": "判定结果出自小型神经网络，可能有误。“不确定”表示最可能的两个标签很接近。"
        "示例为网络最有把握的文本。",
    },
}
_LABELS: dict[ReportLanguage, dict[str, str]] = {
    "en": {},
    "zh_CN": {
        "very negative": "非常负面",
        "negative": "负面",
        "neutral": "中性",
        "positive": "正面",
        "very positive": "非常正面",
    },
}


def report_words(language: ReportLanguage) -> dict[str, str]:
    """Key to text; the keys are the same in both languages. Braces are for `str.format`."""
    return dict(_WORDS[language])


def label_words(language: ReportLanguage) -> dict[str, str]:
    """The usual labels of sentiment to the words for them; others speak for themselves."""
    return dict(_LABELS[language])
