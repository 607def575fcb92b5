"""Which bundle judges which texts: that of their language, or one for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.projects.verdict import ANY_LANGUAGE, ProjectBundle, Routing
from desktop_app.results.provenance import Provenance
from export.runtime.bundle_family import bundles_by_language
from export.runtime.errors import BundleError

if TYPE_CHECKING:
    from export.runtime.bundle import Bundle

_FAMILY = "sentiment"


@dataclass(frozen=True, kw_only=True)
class BundleRoutes:
    """A choice of bundles whose files have been read and checked."""

    bundles: Mapping[str, str]  # language, or `ANY_LANGUAGE`, to name or path
    provenance: tuple[Provenance, ...]  # beside `bundles`
    max_tokens: int = 512  # of a text, that any of them reads

    @property
    def routing(self) -> Routing:
        """Language to sha256."""
        return {
            language: each.sha256
            for language, each in zip(self.bundles, self.provenance, strict=True)
        }

    @property
    def chosen(self) -> str | None:
        """The one bundle for all; None: by language."""
        return self.bundles.get(ANY_LANGUAGE)

    def bundle_for(self, language: str) -> str | None:
        """The name or path of the bundle that judges a language, "" = unknown; None: none."""
        return self.bundles.get(language, self.chosen)

    def identity(self, bundle: str) -> Provenance:
        """What a bundle of `bundles` is."""
        return self.provenance[list(self.bundles.values()).index(bundle)]


RouteMaker = Callable[[str | None], BundleRoutes]
"""Makes routes of the name or path of one bundle for all texts, or of None: by language.

Raises `BundleError` or `ValueError` for what cannot judge, `OSError` for what cannot be read.
"""


def shipped_routes(bundle: str | None) -> BundleRoutes:
    """The same routes as those of `bert-desktop analyze`; arguments and errors as `open_routes`."""
    return open_routes(bundle)[0]


def open_routes(bundle: str | None) -> tuple[BundleRoutes, dict[str, Bundle]]:
    """Routes, and the bundles that were read for them. Nothing is run.

    Args:
        bundle: a name or path; None: the shipped bundle of each language.

    Returns:
        The routes; the bundles by the names or paths of the routes.

    Raises:
        BundleError: if one cannot be read or trusted, or there is none.
        ValueError: if it classifies nothing.
    """
    from export.runtime.catalogue import open_bundle  # brings the tokenizer along

    bundles = bundles_by_language(_FAMILY) if bundle is None else {ANY_LANGUAGE: bundle}
    if not bundles:
        raise BundleError("There are no shipped bundles to choose from; open a bundle by its file.")
    found = {name: open_bundle(name) for name in bundles.values()}
    for language, name in bundles.items():
        _check(language, name, found[name])
    routes = BundleRoutes(
        bundles=bundles,
        provenance=tuple(Provenance.of(each.metadata, each.sha256) for each in found.values()),
        max_tokens=max(each.metadata.max_length for each in found.values()),
    )
    return routes, found


def _check(language: str, name: str, opened: Bundle) -> None:
    if opened.metadata.task != "classification":
        raise ValueError(
            f"{opened.metadata.name!r} is a bundle for {opened.metadata.task}; choose one "
            "for classification."
        )
    found = opened.metadata.language.lower().split("-")[0]
    if language not in (ANY_LANGUAGE, found):
        raise BundleError(
            f"{name!r} is named for the language {language!r} but made for {found!r}; rename "
            "the file, or choose the bundle by hand."
        )


def project_bundle(identity: Provenance) -> ProjectBundle:
    """A bundle as a project remembers it."""
    return ProjectBundle(
        sha256=identity.sha256,
        name=identity.name,
        labels=identity.labels,
        details={
            "language": identity.language,
            "recipe": identity.recipe,
            "licence": identity.licence,
            "label_values": identity.label_values,
        },
    )
