"""A project that is open, with its columns in memory and the bundles that judge it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from desktop_app.analysis.bundle_routes import BundleRoutes, RouteMaker
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.live_columns import LiveColumns
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.document import Document
from desktop_app.projects.project import Project
from desktop_app.projects.table_columns import TableColumns

_BUNDLE = "bundle"  # setting: name or path of the one bundle for all texts


@dataclass(kw_only=True)
class OpenProject:
    """Owned by one thread."""

    project: Project
    routes: BundleRoutes
    live: LiveColumns
    note: str = ""  # for people, about how it was opened

    @classmethod
    def of(cls, project: Project, make_routes: RouteMaker) -> Self:
        """Load the columns; the bundles are those that the project was judged by last.

        Raises:
            ProjectError: if the project is damaged.
            BundleError, ValueError, OSError: if not even the shipped bundles can be used.
        """
        chosen, note = project.settings().get(_BUNDLE), ""
        try:
            routes = make_routes(chosen)
        except (ValueError, OSError) as error:
            if chosen is None:
                raise
            routes, note = make_routes(None), f"{error}\nTexts are judged by their language."
        live = LiveColumns(project.columns(routes.routing))
        return cls(project=project, routes=routes, live=live, note=note)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents."""
        return self.project.documents()

    def snapshot(self) -> TableColumns:
        """The columns for other threads."""
        return self.live.snapshot()

    def use_bundle(self, bundle: str | None, make_routes: RouteMaker) -> None:
        """Judge all texts with one bundle, or with that of their language again.

        Raises:
            BundleError, ValueError, OSError: if it cannot be used; nothing has changed then.
        """
        self.routes = make_routes(bundle)
        self.project.store_settings({_BUNDLE: bundle})
        self.reload()

    def take_new_rows(self) -> None:
        """Bring the columns up to date after an import: rows came, and others may have gone."""
        more = self.project.columns(self.routes.routing, after=self.live.last_row)
        self.live.extend(more)
        if len(self.live) != sum(each.row_count for each in self.documents):
            self.reload()

    def reload(self) -> None:
        """Read all columns anew."""
        self.live = LiveColumns(self.project.columns(self.routes.routing))

    def texts(self) -> tuple[int, int]:
        """How many distinct texts there are, and how many of them wait."""
        return self.live.distinct_texts, self.project.waiting_count(self.routes.routing)

    def broken_off(self) -> list[ImportWish]:
        """The imports that can go on."""
        return [
            wish_again(each)
            for each in self.documents
            if not each.complete and each.path and self.project.source_state(each.id) == "same"
        ]

    def changes(self) -> str:
        """What is no longer as it was when the project was made, for people; "" if all is."""
        changed, gone = [], []
        for each in self.documents:
            state = self.project.source_state(each.id)
            name = Path(each.path).name
            if state == "changed":
                changed.append(name)
            elif state == "missing" and not each.complete:
                gone.append(name)
        parts = [self.note] if self.note else []
        if changed:
            parts.append(
                f"Changed since it was read: {', '.join(changed)}. Import it again; what stayed "
                "the same is not judged again."
            )
        if gone:
            parts.append(
                f"Only a part was read, and the file is no longer there: {', '.join(gone)}."
            )
        return "\n".join(parts)


def wish_again(document: Document) -> ImportWish:
    """The wish that a document was read by."""
    return ImportWish(
        path=Path(document.path),
        options=ReadOptions.from_dict(document.options),
        text_column=document.columns[document.text_column],
    )
