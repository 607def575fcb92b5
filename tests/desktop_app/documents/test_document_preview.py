import json

from desktop_app.documents.document_preview import DocumentPreview
from desktop_app.documents.table_row import TableRow


def test_a_preview_survives_json():
    preview = DocumentPreview(
        kind="csv",
        columns=("a", "评论"),
        rows=(TableRow(("1", "lone \ud800")), TableRow(("", ""), "no text", "empty row")),
        encoding="gb18030",
        delimiter=",",
        header=True,
        sheets=(),
        sheet=None,
        text_column="评论",
        warnings=("a guess",),
        size=12,
        modified_ns=34,
    )
    assert DocumentPreview.from_dict(json.loads(json.dumps(preview.to_dict()))) == preview
