"""`bert-edge`: use bundles from the command line.

What is heavy is imported inside the commands, so that `--help` and mistakes answer at once.
Exit codes: 0 done, 1 a self-test failed or the work broke off, 2 a mistake in what was given,
130 Ctrl-C.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from export.runtime import stop_request

if TYPE_CHECKING:
    from export.runtime.engine import Engine
    from export.runtime.language_router import LanguageRouter

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Run BERT bundles on this machine: sentiment, topics, sentence vectors. Offline.",
)
_debug = False  # set once by `main`


AUTO = "auto"  # the bundle of each text's language
_ONE_BUNDLE = (
    "Vectors of different bundles cannot be compared, so one bundle embeds every line; name it "
    "with --bundle (`bert-edge list` shows them)."
)
BundleOption = Annotated[str, typer.Option("--bundle", metavar="NAME_OR_PATH")]
RoutedBundleOption = Annotated[
    str,
    typer.Option(
        "--bundle",
        metavar="NAME_OR_PATH",
        help="auto: each line is judged by the sentiment bundle of its language.",
    ),
]
InputOption = Annotated[
    str, typer.Option("--input", metavar="FILE_OR_-", help="UTF-8, one text a line.")
]
OutputOption = Annotated[str, typer.Option("--output", metavar="FILE_OR_-")]
ErrorsOption = Annotated[
    Literal["strict", "replace"],
    typer.Option("--errors", help="strict: stop at invalid UTF-8; replace: U+FFFD."),
]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", min=1, help="Processors to use; all, if not given.")
]
LongOption = Annotated[
    Literal["truncate", "windows"],
    typer.Option(
        "--long", help="Texts over the limit: read the beginning, or all in overlapping windows."
    ),
]
ResumeOption = Annotated[
    bool,
    typer.Option(
        "--resume", help="Keep what is done beside the output, and go on from it; needs files."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
BundleArgument = Annotated[str, typer.Argument(metavar="BUNDLE", help="A name or a path.")]


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks, anywhere.")] = False,
) -> None:
    """The option is taken out by `main`; it is declared here for the help."""


@app.command()
def classify(
    bundle: RoutedBundleOption = AUTO,
    source: InputOption = "-",
    target: OutputOption = "-",
    errors: ErrorsOption = "strict",
    long_texts: LongOption = "truncate",
    resume: ResumeOption = False,
    threads: ThreadsOption = None,
) -> None:
    """Judge each line: a JSON line each with label, scores and valence.

    Without --bundle each line goes to the bundle of its language, and says which; a line in a
    language without a bundle is kept and not judged.
    """
    from export.runtime.bulk import classify_lines, classify_lines_by_language

    with _reported():
        if bundle == AUTO:
            router = _router(threads)
            note = classify_lines_by_language(
                router,
                source,
                target,
                errors=errors,
                long_texts=long_texts,
                resume_with=_sentiment_hashes() if resume else None,
            )
        else:
            engine = _open(bundle, threads)
            note = classify_lines(
                engine, source, target, errors=errors, long_texts=long_texts, resume=resume
            )
        _say(note)


@app.command()
def explain(
    bundle: RoutedBundleOption = AUTO,
    source: InputOption = "-",
    target: OutputOption = "-",
    errors: ErrorsOption = "strict",
    threads: ThreadsOption = None,
) -> None:
    """Judge each line and say what each word adds: the verdict minus that without the word.

    Bundles are chosen as by classify.
    """
    from export.runtime.bulk import explain_lines, explain_lines_by_language

    with _reported():
        if bundle == AUTO:
            router = _router(threads)
            note = explain_lines_by_language(router, source, target, errors=errors)
        else:
            engine = _open(bundle, threads)
            note = explain_lines(engine, source, target, errors=errors)
        _say(note)


@app.command()
def similarity(
    queries: Annotated[
        list[str], typer.Option("--query", metavar="TEXT", help="May be given several times.")
    ],
    bundle: BundleOption = "embedding-en",
    source: InputOption = "-",
    target: OutputOption = "-",
    top: Annotated[int, typer.Option("--top", min=1, help="Lines to show for each query.")] = 10,
    errors: ErrorsOption = "strict",
    threads: ThreadsOption = None,
) -> None:
    """Find the lines nearest in meaning to each query: JSON lines, the nearest first."""
    from export.runtime.bulk import similar_lines

    with _reported():
        if bundle == AUTO:
            raise ValueError(_ONE_BUNDLE)
        engine = _open(bundle, threads)
        _say(similar_lines(engine, queries, source, target, top=top, errors=errors))


@app.command()
def embed(
    bundle: BundleOption = "embedding-en",
    source: InputOption = "-",
    target: OutputOption = "-",
    errors: ErrorsOption = "strict",
    long_texts: LongOption = "truncate",
    resume: ResumeOption = False,
    threads: ThreadsOption = None,
    form: Annotated[
        Literal["npy", "jsonl"] | None,
        typer.Option("--format", help="If not given: npy for a .npy file, else jsonl."),
    ] = None,
) -> None:
    """Turn each line into a vector: a float32 .npy array (lines, width), or JSON lines."""
    from export.runtime.bulk import embed_lines

    with _reported():
        if bundle == AUTO:
            raise ValueError(_ONE_BUNDLE)
        if form is None:
            form = "npy" if target.lower().endswith(".npy") else "jsonl"
        engine = _open(bundle, threads)
        note = embed_lines(
            engine,
            source,
            target,
            errors=errors,
            long_texts=long_texts,
            form=form,
            resume=resume,
        )
        _say(note)


@app.command("list")
def list_command(as_json: JsonOption = False) -> None:
    """Show the shipped bundles."""
    with _reported():
        from export.runtime.catalogue import list_bundles

        entries = list_bundles()
        if as_json:
            _print_json([entry.to_dict() for entry in entries])
            return
        if entries:
            print(f"{'name':<16} {'task':<15} {'language':<9} {'size':>10}  {'sha256':<16}  path")
        for entry in entries:
            size = f"{entry.size / 2**20:.1f} MiB"
            print(f"{entry.name:<16} {entry.task:<15} {entry.language:<9} {size:>10}  "
                  f"{entry.sha256[:16]}  {entry.path}")  # fmt: skip
        if not entries:
            print("This installation has no shipped bundles.")


@app.command()
def inspect(bundle: BundleArgument, as_json: JsonOption = False) -> None:
    """Show what a bundle is: metadata, provenance, licence, hashes. The network is not built."""
    with _reported():
        from export.runtime.bundle_description import describe_bundle, description_text
        from export.runtime.catalogue import open_bundle

        description = describe_bundle(open_bundle(bundle))
        if as_json:
            _print_json(description)
        else:
            print(description_text(description))


@app.command()
def selftest(
    bundle: BundleArgument, as_json: JsonOption = False, threads: ThreadsOption = None
) -> None:
    """Run the golden examples again; exit 1 if they differ by more than the tolerance."""
    with _reported():
        from export.runtime.catalogue import find_bundle
        from export.runtime.worker import Worker

        _limit_tokenizer(threads)
        path = find_bundle(bundle)
        with Worker(path, num_threads=threads) as worker:  # a forged file may kill its process
            report = worker.selftest().result()
        if as_json:
            _print_json(report.to_dict())
        else:
            print(report)
        if not report.passed:
            raise typer.Exit(1)


@app.command()
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
    with _reported():
        from export.runtime.speed import measure_speed

        shown = sys.stderr.isatty()
        try:
            with _open(bundle, threads) as engine:
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
            _print_json(report.to_dict())
        else:
            print(report)


def _overwrite(line: str) -> None:
    sys.stderr.write(f"\r\x1b[2K{line}")
    sys.stderr.flush()


def _router(threads: int | None) -> LanguageRouter:
    from export.runtime import catalogue
    from export.runtime.bundle_family import bundles_by_language
    from export.runtime.language_router import LanguageRouter

    bundles = bundles_by_language("sentiment", catalogue.SHIPPED)
    return LanguageRouter(bundles, lambda name: _open(name, threads))


def _sentiment_hashes() -> dict[str, str]:
    """Language to sha256 of the bundle that judges it."""
    from export.runtime import catalogue
    from export.runtime.bundle_family import bundles_by_language
    from export.runtime.file_hash import file_sha256

    names = bundles_by_language("sentiment", catalogue.SHIPPED)
    return {language: file_sha256(catalogue.find_bundle(name)) for language, name in names.items()}


def _open(bundle: str, threads: int | None) -> Engine:
    _limit_tokenizer(threads)
    from export.runtime.engine import Engine
    from export.runtime.native_notes import native_notes_hidden

    with native_notes_hidden(unless=_debug):
        return Engine.open(bundle, num_threads=threads, num_workers=threads)


def _limit_tokenizer(threads: int | None) -> None:
    if threads is not None:
        os.environ.setdefault("RAYON_NUM_THREADS", str(threads))


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    """Turn errors into a message and an exit code, unless --debug was given."""
    from export.runtime.errors import WorkerError

    if _debug:
        yield
        return
    try:
        yield
    except KeyboardInterrupt:
        _fail("Stopped. No output was written under its final name.", 130)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise typer.Exit(1) from None
    except (ValueError, OSError) as error:
        _fail(str(error), 2)
    except (ArithmeticError, WorkerError) as error:
        _fail(str(error), 1)
    except MemoryError:
        _fail("There is not enough memory for this.", 1)


def _fail(message: str, code: int) -> NoReturn:
    _say(f"bert-edge: {message}")
    raise typer.Exit(code)


def _say(message: str) -> None:
    if message:
        print(message, file=sys.stderr)


def _print_json(values: Any) -> None:
    print(json.dumps(values, indent=2, ensure_ascii=False))


def _terminate(*_: object) -> NoReturn:
    raise SystemExit(143)  # so that temporary files are removed


def main() -> None:
    """The console script."""
    global _debug
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    stop_request.listen()
    arguments = sys.argv[1:]
    _debug = "--debug" in arguments
    try:
        app(
            args=[argument for argument in arguments if argument != "--debug"],
            prog_name="bert-edge",
        )
    except KeyboardInterrupt:
        print("bert-edge: Stopped.", file=sys.stderr)
        sys.exit(130)
