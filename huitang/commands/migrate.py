"""`huitang migrate`: bring every database of the data folder to the newest tables."""

from huitang.house import prepare_folder
from huitang.running import locked
from huitang.terminal import Terminal, command, single

app = single()


@command(app)
def migrate(terminal: Terminal) -> None:
    """Bring every database forward, keeping a copy of each that changes. `serve` does the same; nothing may run."""
    with locked(terminal.data):
        changed = prepare_folder(terminal.settings)
    terminal.answer(
        {"migrated": changed}, f"Brought forward: {', '.join(changed)}." if changed else "All is up to date."
    )
