"""What is said about imports over HTTP."""

from datetime import date

from shared.schema import In, Out
from shared.text import Text


class ImportQuery(In):
    """How a file is taken: tried without effect, or for good; names and places change on a day (today)."""

    dry_run: bool = False
    on: date | None = None


class ImportProblem(Out):
    """What is wrong with a cell, such as `D7`."""

    cell: str
    code: str
    message: Text


class ChangeOut(Out):
    """What a row of the file changes: for each field what it was and becomes."""

    row: int
    slug: str
    fields: dict[str, list[str]]


class ImportOut(Out):
    """What an import did, or would do."""

    applied: bool
    opened: int
    changed: int
    unchanged: int
    problems: list[ImportProblem]
    changes: list[ChangeOut]


class MembersQuery(In):
    """How a file of members is taken: tried without effect, or for good."""

    dry_run: bool = False


class MembersOut(Out):
    """What an import of members did, or would do."""

    applied: bool
    given: int
    changed: int
    unchanged: int
    problems: list[ImportProblem]
