"""Every change that can be made in the console, with the screen where it is made and how it is made by keys alone."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.console.desk import Desk
from tests.console.keys import Keys

Do = Callable[[Keys, Desk], None]
Prepare = Callable[[Desk], None]
E_ = "/api/events"
EDITION = "/api/events/editions/{}"
PLACEMENT = "/api/events/sessions/{}/placement"


def nothing(_: Desk) -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Action:
    """What is done on a screen, by whom ("" is whoever is not signed in), and the changes that it makes on the server."""

    name: str
    address: str
    changes: tuple[str, ...]
    do: Do
    role: str
    prepare: Prepare
    """What is there beforehand; it may add to the ids that the address names."""


TABLE: list[Action] = []


def action(address: str, *changes: str, role: str = "organizer", prepare: Prepare = nothing) -> Callable[[Do], Do]:
    """Enter a function into the table."""

    def enter(do: Do) -> Do:
        TABLE.append(Action(do.__name__, address, changes, do, role, prepare))
        return do

    return enter
