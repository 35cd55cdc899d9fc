"""Every command and option is described and run by a test, and nothing is described that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from huitang.main import app

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
TESTS = "\n".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
COMMON = {"--url", "--key", "--data", "--json", "--help"}


def commands(command: Any, name: str = "huitang") -> Iterator[tuple[str, Any]]:
    """Yield every command below one, by its full name."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for below in command.commands:
        yield from commands(command.commands[below], f"{name} {below}")


EVERY = dict(commands(typer.main.get_command(app)))


def options(command: Any) -> list[list[str]]:
    """Return the options that a command has of its own, each with all its names."""
    named = [[*parameter.opts, *parameter.secondary_opts] for parameter in command.params]
    return [names for names in named if names[0].startswith("-") and names[0] not in COMMON]


def described() -> dict[str, str]:
    """Return what the page says of every command; what it says of `demo --json` belongs to `demo`."""
    found: dict[str, str] = {}
    for asked, words in re.findall(r"^\| `(huitang.*?)` \|(.*)\|$", PAGE, re.MULTILINE):
        name = re.match(r"[a-z -]*[a-z]", asked.replace(" --json", "")).group()  # type: ignore[union-attr]
        found[name] = found.get(name, "") + asked + words
    return found


def untold(words: dict[str, str], written: str) -> list[str]:
    """Name the options of which no name stands in the words about their command, each name written as `written`."""
    return [
        f"{name} {option[0]}"
        for name, command in EVERY.items()
        for option in options(command)
        if not any(written.format(one) in words[name] for one in option)
    ]


def test_the_page_lists_every_command_and_no_other() -> None:
    assert described().keys() == EVERY.keys()


def test_the_page_tells_every_option() -> None:
    assert untold(described(), "{}") == []


def test_every_command_says_in_a_sentence_what_it_does() -> None:
    assert [name for name, each in EVERY.items() if not re.match(r"[A-Z].*\.", each.help.strip().splitlines()[0])] == []


def test_every_command_and_every_option_is_run_by_a_test() -> None:
    quoted = {name: ", ".join(f'"{part}"' for part in name.split()[1:]) for name in EVERY}
    assert [name for name, parts in quoted.items() if parts not in TESTS] == []
    assert untold(dict.fromkeys(EVERY, TESTS), '"{}"') == []
