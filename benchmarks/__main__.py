"""Run every measure, or those named on the command line, and print one table; exit 1 when a limit does not hold.

Each is taken in a process of its own, so that nothing which one leaves behind slows the next.
"""

import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypedDict

from rich.console import Console
from rich.table import Table

import benchmarks


class Row(TypedDict):
    """One measured value beside its limit and its peer; no value where this machine lacks something, which `peer` says."""

    name: str
    value: float | None
    unit: str
    limit: str
    peer: str
    holds: bool | None


def measures(wanted: Sequence[str] = ()) -> dict[str, Callable[[], list[Row]]]:
    """Find the modules of this folder that measure something, by name; all of them where none is `wanted`."""
    names = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names if name in wanted or not wanted}
    return {name: module.measure for name, module in modules.items() if hasattr(module, "measure")}


def table(rows: Sequence[Row]) -> Table:
    """Lay the rows out; what does not hold says so in words, not by colour alone."""
    grid = Table(title="Huitang, measured", title_justify="left", header_style="bold")
    for heading in ("measure", "value", "unit", "limit", "beside", ""):
        grid.add_column(heading, justify="right" if heading == "value" else "left")
    signs = {True: "[green]holds[/]", False: "[bold red]does not hold[/]", None: ""}
    for row in rows:
        value = "" if row["value"] is None else f"{row['value']:,.4g}"
        grid.add_row(row["name"], value, row["unit"], row["limit"], row["peer"], signs[row["holds"]])
    return grid


def main(arguments: Sequence[str]) -> int:
    """Measure, print, write BENCH_JSON if it is set, and return the exit code."""
    console, rows = Console(), list[Row]()
    if not console.is_terminal:  # a row stays a line in a file or a log
        console.width = 180
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as apart:
        for name, measure in measures(arguments).items():
            with console.status(f"Measuring {name} …"):
                rows += apart.submit(measure).result()
    console.print(table(rows))
    if path := os.environ.get("BENCH_JSON"):
        Path(path).write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(any(row["holds"] is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
