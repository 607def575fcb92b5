"""`bert-tf vocabulary`, `prepare corpus`, `pairs` and `chinese`: from files to examples."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bert_tf.commands.conventions import Json, Output, command, say
from bert_tf.data.corpus import Layout

if TYPE_CHECKING:
    from bert_tf.commands.reading_progress import ReadingProgress
    from bert_tf.data.corpus import Corpus

CARD = "vocabulary.json"  # beside the vocabulary: how it was made


Files = Annotated[
    list[Path],
    typer.Argument(
        help="Text, .jsonl, .csv or .tsv, each also as .gz, .bz2 or .xz.", metavar="FILES..."
    ),
]
Column = Annotated[str, typer.Option(help="Column of the text in tables.")]
LayoutOption = Annotated[
    Layout,
    typer.Option(help="Plain text: a document a line, or blank lines between documents."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and check everything, write not.")]


def vocabulary(
    files: Files,
    output: Output,
    size: Annotated[int, typer.Option(help="Tokens at most, special tokens counted.")] = 30000,
    case: Annotated[
        Literal["cased", "uncased"], typer.Option(help="Whether capital letters matter.")
    ] = "uncased",
    language: Annotated[str, typer.Option(help="Language code, kept beside it.")] = "en",
    strip_accents: Annotated[
        bool | None,
        typer.Option("--strip-accents/--keep-accents", help="Else as BERT: only if uncased."),
    ] = None,
    min_character_count: Annotated[int, typer.Option(help="A rarer character is [UNK].")] = 2,
    min_pair_count: Annotated[int, typer.Option(help="Rarer pairs are not joined.")] = 2,
    column: Column = "text",
    layout: LayoutOption = "line",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Learn a WordPiece vocabulary from texts; Chinese by character. Same texts, same result.

    Example: bert-tf vocabulary corpus.txt.gz --size 30000 --case cased --output build/vocabulary
    """
    with command(needs_tensorflow=False):
        from bert_tf.atomic_folder import atomic_folder, check_replaceable
        from bert_tf.commands.reading_progress import ReadingProgress
        from bert_tf.text.vocabulary_training import VocabularySettings, train_vocabulary

        settings = VocabularySettings(
            size=size,
            lowercase=case == "uncased",
            strip_accents=strip_accents,
            min_character_count=min_character_count,
            min_pair_count=min_pair_count,
        )
        corpus = _corpus(files, column, layout)
        check_replaceable(output, marker=CARD)
        if dry_run:
            _say_dry_run(corpus, as_json)
            return
        with ReadingProgress(corpus, quiet=as_json) as progress:
            tokenizer = train_vocabulary(_Sentences(corpus, progress), settings)
        card = {
            "language": language,
            "vocabulary_size": tokenizer.vocabulary_size,
            "tokenizer_sha256": tokenizer.sha256,
            "settings": dataclasses.asdict(settings),
            "sources": [file.name for file in files],
        }
        with atomic_folder(output, marker=CARD) as folder:
            tokenizer.save(folder)
            content = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
            (folder / CARD).write_text(content, encoding="utf-8")
    text = f"{output}: {tokenizer.vocabulary_size} tokens, {case}"
    say(as_json, {"folder": str(output), **card}, text)


def prepare_corpus_command(
    files: Files,
    tokenizer: Annotated[Path, typer.Option(help="A folder with vocab.txt and tokenizer.json.")],
    output: Output,
    column: Column = "text",
    words_column: Annotated[
        str, typer.Option(help="JSON lines: column of the list of words, for whole-word masking.")
    ] = "words",
    layout: LayoutOption = "line",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Tokenize a corpus once, in parallel, into memory-mapped shards for pre-training.

    Example: bert-tf prepare corpus corpus.txt.gz --tokenizer build/vocabulary --output
    build/corpus
    """
    with command(needs_tensorflow=False):
        from bert_tf.atomic_folder import check_replaceable
        from bert_tf.commands.reading_progress import ReadingProgress
        from bert_tf.data.token_shard_writer import SHARD_MARKER, write_token_shards
        from bert_tf.text.tokenizer import BertTokenizer

        if not (tokenizer / "vocab.txt").is_file():
            raise FileNotFoundError(f"{tokenizer} holds no vocab.txt; see bert-tf vocabulary.")
        cutter = BertTokenizer.from_folder(tokenizer)
        corpus = _corpus(files, column, layout, words_column)
        check_replaceable(output, marker=SHARD_MARKER)
        if dry_run:
            _say_dry_run(corpus, as_json)
            return
        start = time.monotonic()
        with ReadingProgress(corpus, quiet=as_json) as progress:
            counts = write_token_shards(
                progress.over(corpus, description="tokenizing", unit="documents"),
                cutter,
                output,
                sources=[file.name for file in files],
            )
        seconds = time.monotonic() - start
    content = {
        "folder": str(output),
        **dataclasses.asdict(counts),
        "unknown_share": round(counts.unknown_share, 6),
        "tokens_per_second": round(counts.tokens / seconds),
    }
    text = (
        f"{output}: {counts.documents:,} documents, {counts.sentences:,} sentences, "
        f"{counts.tokens:,} tokens, {counts.unknown_share:.3%} [UNK], "
        f"{counts.tokens / seconds:,.0f} tokens/s"
    )
    say(as_json, content, text)


def prepare_pairs_command(
    files: Files,
    output: Annotated[Path, typer.Option("--output", "-o", help="A .jsonl file.")],
    cuts: Annotated[int, typer.Option(help="Pairs a document at most.")] = 1,
    column: Column = "text",
    layout: LayoutOption = "line",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Cut documents in two where sentences end: pairs that embeddings learn from without labels.

    Example: bert-tf prepare pairs reviews.csv --output pairs.jsonl
    """
    with command(needs_tensorflow=False):
        from bert_tf.atomic_file import atomic_path
        from bert_tf.commands.reading_progress import ReadingProgress
        from bert_tf.data.data_error import DataError
        from bert_tf.data.neighbouring_pairs import neighbouring_pairs

        if cuts < 1:
            raise ValueError(f"--cuts must be at least 1, received {cuts}.")
        if output.suffix != ".jsonl":
            raise ValueError(f"--output must end in .jsonl, received {str(output)!r}.")
        if output.resolve() in [file.resolve() for file in files]:
            raise ValueError(f"--output {output} is a file that is read; name another.")
        corpus = _corpus(files, column, layout)
        if dry_run:
            _say_dry_run(corpus, as_json)
            return
        documents = pairs = 0
        with (
            ReadingProgress(corpus, quiet=as_json) as progress,
            atomic_path(output) as path,
            path.open("w", encoding="utf-8", errors="backslashreplace") as file,
        ):
            for document in progress.over(corpus, description="cutting", unit="documents"):
                documents += 1
                for first, second in neighbouring_pairs(document, cuts=cuts):
                    pairs += 1
                    row = {"id": str(pairs), "first": first, "second": second}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            if not pairs:
                raise DataError(
                    f"None of the {documents} documents could be cut in two: they need two "
                    "sentences or clauses each."
                )
    content = {"output": str(output), "documents": documents, "pairs": pairs}
    say(as_json, content, f"{output}: {pairs:,} pairs of {documents:,} documents")


def prepare_chinese_command(output: Output, as_json: Json = False) -> None:
    """Fetch Chinese reviews and news; write splits, and a corpus without any test text.

    Example: bert-tf prepare chinese --output build/chinese
    """
    from bert_tf.data.chinese import prepare_chinese

    with command(needs_tensorflow=False):
        sizes = prepare_chinese(output)
    say(as_json, {"folder": str(output), **sizes}, f"{output}: {sizes}")


class _Sentences:
    """The sentences of a corpus, as often as they are asked for, with the line kept up to date."""

    def __init__(self, corpus: Corpus, progress: ReadingProgress) -> None:
        self._corpus, self._progress = corpus, progress

    def __iter__(self) -> Iterator[str]:
        sentences = self._corpus.sentences()
        return self._progress.over(sentences, description="reading", unit="sentences")


def _corpus(files: list[Path], column: str, layout: Layout, words_column: str = "words") -> Corpus:
    from bert_tf.data.corpus import Corpus, CorpusSettings

    settings = CorpusSettings(layout=layout, column=column, words_column=words_column)
    return Corpus(files, settings)


def _say_dry_run(corpus: Corpus, as_json: bool) -> None:
    documents = sentences = characters = 0
    for document in corpus:
        documents += 1
        sentences += len(document.sentences)
        characters += sum(map(len, document.sentences))
    found: dict[str, Any] = {
        "documents": documents,
        "sentences": sentences,
        "characters": characters,
    }
    say(as_json, found, ", ".join(f"{number:,} {what}" for what, number in found.items()))
