"""Every command is described, and nothing is described that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from huitang.main import app

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def commands(command: Any, name: str = "huitang") -> Iterator[str]:
    """Yield the full name of every command below one."""
    if not hasattr(command, "commands"):
        yield name
        return
    for below in command.commands:
        yield from commands(command.commands[below], f"{name} {below}")


def test_the_page_lists_every_command_and_no_other() -> None:
    described = re.findall(r"^\| `(huitang[a-z -]*)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {name.removesuffix("--json").strip() for name in described}
    assert named == set(commands(typer.main.get_command(app)))


def test_every_command_says_in_a_sentence_what_it_does() -> None:
    root = typer.main.get_command(app)
    for name in commands(root):
        command: Any = root
        for part in name.split()[1:]:
            command = command.commands[part]
        assert re.match(r"[A-Z].*\.", command.help.strip().splitlines()[0]), name
