"""Where a command stands: its options that every command has, and how it answers: for people, or as JSON.

A command is a function `(terminal, …)` made known by `command(app)`; it answers once, with `terminal.answer`.
"""

import functools
import inspect
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from huitang.client import Client, NothingRuns, Refused
from huitang.language import said, terminal_language
from shared.field_rules import rule_in_words
from shared.settings import Settings

DONE, FAILED, NOT_UNDERSTOOD, NOTHING_RUNS = 0, 1, 2, 3
"""The exit codes."""

UrlOption = Annotated[
    str | None, typer.Option("--url", help="Address to ask (HUITANG_URL); else what the data folder says runs.")
]
KeyOption = Annotated[
    str | None, typer.Option("--key", help="API key (HUITANG_API_KEY); else the one kept in the data folder.")
]
DataOption = Annotated[Path | None, typer.Option("--data", help="Data folder (HUITANG_DATA); else .data.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as JSON, and show no progress.")]

WIDEST = 1_000
"""So wide a table may become: the terminal breaks its lines, where cutting them would cost the end of a link."""

COMMON: Mapping[str, Any] = {"url": UrlOption, "key": KeyOption, "data": DataOption, "json": JsonOption}


class Failed(Exception):
    """A command could not do what it was asked; the words say why."""


@dataclass
class Bar:
    """A bar that shows how much is done."""

    bars: Progress
    task: TaskID

    def step(self, name: str = "") -> None:
        """Tell that one more is done, or that `name` is on its way."""
        self.bars.advance(self.task)
        if name:
            self.bars.update(self.task, description=name)


@dataclass
class Terminal:
    """The options that every command has, and both its outputs."""

    settings: Settings
    json: bool = False
    url: str | None = None
    key: str | None = None
    out: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True, width=WIDEST))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False, soft_wrap=True))

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.settings.data

    def client(self, timeout: float = 60) -> Client:
        """Return a client of the running installation; raise `NothingRuns` where no address is known."""
        url = self.url or os.environ.get("HUITANG_URL") or _kept(self.data / "url")
        if not url:
            raise NothingRuns(
                said(
                    f"{self.data} 上没有运行会堂：请先用 huitang serve 启动，或用 --url 指明地址。",
                    f"Nothing runs on {self.data}: start it with `huitang serve`, or name an address with --url.",
                )
            )
        key = self.key or os.environ.get("HUITANG_API_KEY") or _kept(self.data / "cli.key")
        if key and not key.isascii():
            raise Failed(said("API 密钥只含英文字母、数字和符号。", "An API key holds no letters beyond ASCII."))
        return Client(url, key, language=terminal_language(), timeout=timeout)

    def answer(self, result: Any, view: Callable[[Console], None] | str = "") -> None:
        """Print `result` as JSON where asked for; else what `view` prints, or says."""
        if self.json:
            typer.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))
        elif isinstance(view, str):
            self.out.print(view, markup=False)
        else:
            view(self.out)

    @contextmanager
    def progress(self, words: str, total: float | None = None) -> Iterator["Bar"]:
        """Show a bar on the error output for the time of the block."""
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(
            *columns, console=self.err, transient=True, disable=self.json or not self.err.is_terminal
        ) as bars:
            yield Bar(bars, bars.add_task(words, total=total))

    def fail(self, error: Exception, code: int) -> NoReturn:
        """Say what went wrong and end with `code`; as JSON the problem is the answer."""
        if self.json:
            problem = error.problem if isinstance(error, Refused) else {"title": str(error)}
            typer.echo(json.dumps(problem, ensure_ascii=False, indent=2))
        else:
            self.err.print(str(error), markup=False, style="red")
        raise typer.Exit(code) from error


def settings_in_words(error: ValidationError) -> str:
    """Say which settings break which rules, a line each."""
    return "\n".join(
        f"HUITANG_{str(found['loc'][0]).upper()} {said(*rule_in_words(dict(found)))} "
        f"({Settings.model_fields[str(found['loc'][0])].description})"
        for found in error.errors(include_url=False)
    )


def file_in_words(error: OSError) -> str:
    """Say which file could not be read or written, and why."""
    file = error.filename2 or error.filename
    return said(f"无法读写 {file}：{error.strerror}。", f"{file} cannot be read or written: {error.strerror}.")


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    """Make a table of words."""
    made = Table(*heads, header_style="bold", box=None, pad_edge=False)
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    return made


def single() -> typer.Typer:
    """Make the place of one command."""
    return typer.Typer(add_completion=False)


def group(words: str) -> typer.Typer:
    """Make the place of commands under one name; `words` say what they are about."""
    return typer.Typer(add_completion=False, no_args_is_help=True, help=words, callback=lambda: None)


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function `(terminal, …)` a command that also has the options of every command, and ends as they all do."""

    def known(function: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]

        @functools.wraps(function)
        def run(context: typer.Context, **given: Any) -> None:
            outer = context.find_root().obj or {}
            common = {option: given.pop(option) or outer.get(option) for option in COMMON}
            terminal = Terminal(Settings.model_construct(), bool(common["json"]), common["url"], common["key"])
            try:
                terminal.settings = Settings(data=common["data"]) if common["data"] else Settings()
                function(terminal, **given)
            except ValidationError as error:
                terminal.fail(Failed(settings_in_words(error)), NOT_UNDERSTOOD)
            except NothingRuns as error:
                terminal.fail(error, NOTHING_RUNS)
            except (Failed, Refused) as error:
                terminal.fail(error, FAILED)
            except OSError as error:
                if error.filename is None:
                    raise
                terminal.fail(Failed(file_in_words(error)), FAILED)

        parameters = [inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)]
        parameters += [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
        parameters += [
            inspect.Parameter(
                option, inspect.Parameter.KEYWORD_ONLY, default=False if option == "json" else None, annotation=kind
            )
            for option, kind in COMMON.items()
        ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        del run.__wrapped__
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        app.command(name)(run)
        return function

    return known


def _kept(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None
