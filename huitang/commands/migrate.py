"""`huitang migrate`: bring every database of the data folder to the newest tables."""

from huitang.language import said
from huitang.preparing import prepare_folder, prepare_machines
from huitang.running import locked
from huitang.terminal import Terminal, command, single

app = single()


@command(app)
def migrate(terminal: Terminal) -> None:
    """Bring every database forward, keeping a copy of each of SQLite's that changes; no `serve` may run on the folder."""
    with locked(terminal.data):
        changed = prepare_folder(terminal.settings)
        prepare_machines(terminal.settings)
    names = ", ".join(changed)
    brought = said(f"已升级：{names}。", f"Brought forward: {names}.")
    terminal.answer({"migrated": changed}, brought if changed else said("均为最新。", "All is up to date."))
