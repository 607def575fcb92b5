"""`bert-edge list`, `inspect`, `selftest` and `bench`: what bundles are, and what they do here."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from export.runtime.commands.conventions import (
    BundleArgument,
    JsonOption,
    ThreadsOption,
    limit_tokenizer,
    open_engine,
    print_json,
    reported,
    usable_threads,
)


def list_command(as_json: JsonOption = False) -> None:
    """Show the shipped bundles."""
    with reported():
        from export.runtime.catalogue import list_bundles

        entries = list_bundles()
        if as_json:
            print_json([entry.to_dict() for entry in entries])
            return
        if entries:
            print(f"{'name':<16} {'task':<15} {'language':<9} {'size':>10}  {'sha256':<16}  path")
        for entry in entries:
            size = f"{entry.size / 2**20:.1f} MiB"
            print(f"{entry.name:<16} {entry.task:<15} {entry.language:<9} {size:>10}  "
                  f"{entry.sha256[:16]}  {entry.path}")  # fmt: skip
        if not entries:
            print("This installation has no shipped bundles.")


def inspect(bundle: BundleArgument, as_json: JsonOption = False) -> None:
    """Show what a bundle is: metadata, provenance, licence, hashes. The network is not built."""
    with reported():
        from export.runtime.bundle_description import describe_bundle, description_text
        from export.runtime.catalogue import open_bundle

        description = describe_bundle(open_bundle(bundle))
        if as_json:
            print_json(description)
        else:
            print(description_text(description))


def selftest(
    bundle: BundleArgument, as_json: JsonOption = False, threads: ThreadsOption = None
) -> None:
    """Say by how much this file differs on this processor, from its golden examples.

    Exit code 1 if that is more than the tolerance.
    """
    with reported():
        from export.runtime.catalogue import find_bundle
        from export.runtime.errors import BundleError, WorkerLostError
        from export.runtime.worker import Worker

        threads = usable_threads(threads)
        limit_tokenizer(threads)
        path = find_bundle(bundle)
        with Worker(path, num_threads=threads) as worker:  # a forged file may kill its process
            try:
                report = worker.selftest().result()
            except WorkerLostError as error:
                raise BundleError(f"{path} ends the process that tests it. {error}") from error
        if as_json:
            print_json(report.to_dict())
        else:
            print(report.sentence(path.name))
        if not report.passed:
            raise typer.Exit(1)


def bench(
    bundle: BundleArgument,
    as_json: JsonOption = False,
    seconds: Annotated[
        float,
        typer.Option("--seconds", min=0.0, max=3600.0, help="About how long to measure."),
    ] = 20.0,
    threads: ThreadsOption = None,
) -> None:
    """Measure a bundle here: one text at a time by length, many by workers and threads."""
    with reported():
        from export.runtime.speed import measure_speed

        threads = usable_threads(threads)
        shown = sys.stderr.isatty()
        try:
            with open_engine(bundle, threads) as engine:
                report = measure_speed(
                    engine.bundle,
                    seconds=seconds,
                    max_threads=threads,
                    progress=lambda what: _overwrite(what) if shown else None,
                )
        finally:
            if shown:
                _overwrite("")
        if as_json:
            print_json(report.to_dict())
        else:
            print(report)


def _overwrite(line: str) -> None:
    sys.stderr.write(f"\r\x1b[2K{line}")
    sys.stderr.flush()
