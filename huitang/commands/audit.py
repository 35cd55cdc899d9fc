"""`huitang audit`: recompute the chain of who did what, from the databases themselves."""

import typer

from huitang.language import said
from huitang.offline import open_databases
from huitang.terminal import Terminal, command, group, table
from shared.audit import Chain, verify

app = group("The sealed record of who did what.")


@command(app, "verify")
def verify_all(terminal: Terminal) -> None:
    """Recompute every chain; fails where a row was changed, removed or put in. Only reads, and needs no server."""
    chains: dict[str, Chain] = {}
    words = said("正在核对", "Verifying")
    with open_databases(terminal.settings) as databases, terminal.progress(words, len(databases)) as bar:
        for name, db in databases.items():
            with db.reading() as tx:
                chains |= {f"{name}/{chain.name}" if chain.name else name: chain for chain in verify(tx)}
            bar.step()
    result = {name: {"length": c.length, "head": c.head, "broken_at": c.broken_at} for name, c in chains.items()}
    rows = [
        (n, c.length, c.head[:16], f"broken at {c.broken_at}" if c.broken_at else "whole") for n, c in chains.items()
    ]
    terminal.answer(result, lambda out: out.print(table(("chain", "rows", "head", ""), rows)))
    if any(chain.broken_at for chain in chains.values()):
        raise typer.Exit(1)
