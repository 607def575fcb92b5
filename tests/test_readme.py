"""README and docs name only commands, options, files and targets that exist."""

import re
import shlex
from pathlib import Path

import click
import pytest
import typer

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
