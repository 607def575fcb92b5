"""README and docs name only commands, options, files and targets that exist."""

import argparse
import re
import shlex
from pathlib import Path

import click
import pytest
import typer

from desktop_app.command.analyze_arguments import analyze_parser
from desktop_app.command.rescue import rescue_parser
from desktop_app.command_line import VERBS, window_parser

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def command_lines() -> list[tuple[str, str]]:
    """Every `bert-...` command in a code block or between backticks, with its page."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
        lines = [line for block in blocks for line in block.splitlines()]
        lines += re.findall(r"`([^`\n]+)`", text)
        for line in lines:
            part = line.split("#")[0].split("|")[-1].strip()
            if re.match(r"bert-(tf|export|edge) [a-z]", part) and "[" not in part:
                found.append((page.name, part))
    return found


def commands() -> dict[str, click.Command]:
    from bert_tf.cli import app as learn
    from export.cli import app as convert
    from export.runtime.cli import app as edge

    apps = {"bert-tf": learn, "bert-export": convert, "bert-edge": edge}
    return {name: typer.main.get_command(app) for name, app in apps.items()}


@pytest.mark.parametrize(("page", "line"), command_lines())
def test_documented_commands_exist(page: str, line: str) -> None:
    words = shlex.split(line)
    command = commands()[words[0]]
    rest = words[1:]
    while rest and hasattr(command, "commands"):
        assert rest[0] in command.commands, f"{page}: {line}: no verb {rest[0]!r}"
        command = command.commands[rest.pop(0)]
    options = {
        name
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    for word in rest:
        if word.startswith("--"):
            assert word.split("=")[0] in options, f"{page}: {line}: no option {word}"


def window_lines() -> list[tuple[str, str]]:
    """Every `bert-desktop` command, with its page."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.S)
                 for line in block.splitlines()]  # fmt: skip
        lines += re.findall(r"`([^`\n]+)`", text)
        for line in lines:
            part = line.split("#")[0].strip()
            if re.match(r"bert-desktop( |$)", part) and "[" not in part:
                found.append((page.name, part))
    return found


def window_parsers() -> dict[str, argparse.ArgumentParser]:
    """By verb; "" is the window."""
    return {"": window_parser(), "analyze": analyze_parser(), "rescue": rescue_parser()}


@pytest.mark.parametrize(("page", "line"), window_lines())
def test_documented_window_commands_exist(page: str, line: str) -> None:
    words = shlex.split(line)[1:]
    verb = words[0] if words and words[0] in VERBS else ""
    if words == [verb]:
        return  # a verb is spoken of
    window_parsers()[verb].parse_args(words[bool(verb) :])  # a mistake in it exits


@pytest.mark.parametrize("line", ["bert-desktop --nothing", "bert-desktop analyze a.csv"])
def test_a_window_command_that_does_not_exist_is_noticed(line: str) -> None:
    with pytest.raises(SystemExit):
        test_documented_window_commands_exist("none", line)


def test_every_option_of_the_window_is_documented() -> None:
    page = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
    page = page[page.index("## bert-desktop") :]
    parsers = window_parsers()
    assert sorted(parsers) == sorted(("", *VERBS))
    for verb, parser in parsers.items():
        assert f"bert-desktop {verb}".strip() in page
        for action in parser._actions:
            if action.help != argparse.SUPPRESS and action.dest != "help":
                assert (
                    not action.option_strings
                    or f"`{action.option_strings[-1]}`" in page
                    or (f"{action.option_strings[-1]} " in page)
                ), f"docs/verbs.md lacks {action.option_strings}"


def test_documented_modules_exist() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        text = page.read_text(encoding="utf-8")
        for name in re.findall(
            r"python -m ((?:desktop_app|benchmarks|export|bert_tf)[\w.]*)", text
        ):
            path = ROOT / name.rstrip(".").replace(".", "/")
            exists = path.with_suffix(".py").exists() or (path / "__main__.py").exists()
            assert exists, f"{page.name}: there is no module {name}"


def leaves(command: click.Command, path: str) -> list[tuple[str, click.Command]]:
    if hasattr(command, "commands"):
        return [
            leaf
            for name, child in command.commands.items()
            for leaf in leaves(child, f"{path} {name}")
        ]
    return [(path, command)]


def test_every_verb_is_documented() -> None:
    page = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
    for name, command in commands().items():
        for path, leaf in leaves(command, name):
            assert f"{path} " in page or f"{path}`" in page, f"docs/verbs.md lacks {path}"
            assert leaf.help, f"{path} has no help"


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = {
        name
        for page in [*PAGES, ROOT / "CONTRIBUTING.md"]
        for name in re.findall(r"make ([a-z-]+)", page.read_text(encoding="utf-8"))
        if re.search(rf"(`|^\s*)make {name}", page.read_text(encoding="utf-8"), re.M)
    }
    assert {"run", "test", "demo", "models", "bench", "lint", "soak"} <= targets
    assert named <= targets, named - targets


def test_named_files_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:bert_tf|export|desktop_app|docs|tests)/[\w/.-]+)`", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
        assert (ROOT / name).exists(), name
