"""Small projects to work on."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for busy_project

from desktop_app.documents.table_row import TableRow
from desktop_app.projects.document import Document
from desktop_app.projects.project import Project
from desktop_app.projects.source_identity import SourceIdentity
from desktop_app.projects.verdict import ProjectBundle, StoredJudgement, WaitingText

EN, ZH = "e" * 64, "c" * 64
ROUTING = {"en": EN, "zh": ZH}
LABELS = {EN: ("negative", "neutral", "positive"), ZH: ("bad", "good")}


class Steps:
    """What tests do again and again."""

    def row(self, *cells: str, status: str = "ok", note: str = "") -> TableRow:
        return TableRow(cells, status, note)

    def document(
        self, project: Project, *, path: str | None = "/data/answers.csv", size: int = 10
    ) -> Document:
        return project.add_document(
            path=None if path is None else Path(path),
            source=SourceIdentity(size=size, modified_ns=5, fingerprint="abc"),
            columns=("id", "text"),
            text_column=1,
            options={"encoding": "gb18030"},
        )

    def imported(self, project: Project, texts: list[str], **place: object) -> Document:
        document = self.document(project, **place)
        rows = [self.row(str(number), text) for number, text in enumerate(texts)]
        project.append_rows(document.id, rows)
        return project.finish_document(document.id)

    def verdict(self, text: WaitingText) -> StoredJudgement:
        """English gets the label of its length, Chinese is good, anything else is not judged."""
        if not text.text.strip():
            return StoredJudgement(text_id=text.id, language="", status="blank")
        if "ñ" in text.text:
            return StoredJudgement(text_id=text.id, language="es", status="unsupported language")
        bundle = EN if text.text.isascii() else ZH
        labels = LABELS[bundle]
        best = len(text.text) % len(labels)
        scores = [0.125] * len(labels)
        scores[best] = 1 - 0.125 * (len(labels) - 1)
        return StoredJudgement(
            text_id=text.id,
            language="en" if bundle == EN else "zh",
            status="judged",
            bundle=bundle,
            label=labels[best],
            scores=tuple(scores),
            valence=best - 1.0 if bundle == EN else None,
            uncertain=len(text.text) > 12,
        )

    def analysed(self, project: Project, limit: int = 3) -> list[str]:
        """Judge what waits; the texts that were judged."""
        for sha256, labels in LABELS.items():
            project.add_bundle(ProjectBundle(sha256=sha256, name=sha256[:3], labels=labels))
        texts = []
        for batch in project.unanalysed(ROUTING, limit=limit):
            project.store_results(self.verdict(text) for text in batch)
            texts += [text.text for text in batch]
        return texts


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "调查 survey 😀"
    folder.mkdir()
    return folder / "答案.bertproject"


@pytest.fixture
def project(path: Path):
    with Project.create(path) as made:
        yield made
