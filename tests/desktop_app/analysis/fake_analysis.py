"""Routes to fake bundles, and a process that judges until it is killed.

`python fake_analysis.py FOLDER FILE...`: imports files and judges them slowly, and says so. Where
there are several, it stands still in the middle of the first.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # for fake_worker

from fake_worker import FIVE, FIVE_VALUES, FakeWorker, metadata

from desktop_app.analysis import news
from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.analysis.import_series import ImportSeries
from desktop_app.analysis.project_desk import ProjectDesk
from desktop_app.documents.read_options import ReadOptions
from desktop_app.projects.verdict import ANY_LANGUAGE
from desktop_app.results.provenance import Provenance

TWO = ("negative", "positive")


def identity(name, sha256, language, labels, values):
    return Provenance(
        name=name,
        sha256=sha256,
        language=language,
        recipe="int8",
        licence="MIT",
        labels=labels,
        label_values=values,
    )


ENGLISH = identity("sentiment-en", "e" * 64, "en", FIVE, FIVE_VALUES)
CHINESE = identity("sentiment-zh", "c" * 64, "zh", TWO, None)


def fake_routes(bundle):
    if bundle is None:
        return BundleRoutes(
            bundles={"en": "sentiment-en", "zh": "sentiment-zh"}, provenance=(ENGLISH, CHINESE)
        )
    if bundle == "missing":
        raise ValueError("There is no bundle 'missing'.")
    return BundleRoutes(
        bundles={ANY_LANGUAGE: bundle}, provenance=(identity(bundle, "a" * 64, "en", TWO, None),)
    )


class SlowWorker(FakeWorker):
    """Takes 5 ms a text."""

    def submit(self, kind, texts):
        time.sleep(0.005 * len(texts))
        return super().submit(kind, texts)


def main(folder: Path, file: Path, *following: Path) -> None:
    def tell(item):
        if isinstance(item, news.ProjectOpened):
            os.write(1, f"opened {item.project.path.name}\n".encode())
        elif isinstance(item, news.Progressed):
            os.write(1, f"{item.progress.stage} {item.progress.done}\n".encode())
            if following and item.progress.done:
                time.sleep(120)
        elif isinstance(item, news.Failed):
            os.write(1, f"failed {item.reason}\n".encode())

    desk = ProjectDesk(
        folder,
        tell,
        factory=lambda bundle, restarts: SlowWorker(metadata(name=bundle)),
        make_routes=lambda bundle: BundleRoutes(
            bundles={"en": "sentiment-en"}, provenance=(ENGLISH,)
        ),
    )
    desk.import_document(
        ImportSeries(path=file, options=ReadOptions(), text_column="text", following=following)
    )
    time.sleep(120)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
