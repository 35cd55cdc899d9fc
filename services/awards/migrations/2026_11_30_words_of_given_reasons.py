"""Words of given reasons

An opinion keeps its reasons with their words; those given before are told by what their programme has now.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from services.awards.checks.rules import USUAL_REASONS

revision = "7b3e91d4c5a2"
down_revision = "5d0c9a7e41b8"
branch_labels = None
depends_on = None

OPINIONS = sa.table("check_opinions", sa.column("id"), sa.column("cycle_id"), sa.column("reasons", sa.JSON()))
CYCLES = sa.table("cycles", sa.column("id"), sa.column("programme_id"))
OWN = sa.table("check_reasons", sa.column("programme_id"), sa.column("reasons", sa.JSON()))
USUAL = {each.key: {"zh": each.words.zh, "en": each.words.en} for each in USUAL_REASONS}


def upgrade() -> None:
    """Bring the tables forward."""
    connection = op.get_bind()
    told = sa.select(OPINIONS.c.id, OPINIONS.c.reasons, OWN.c.reasons.label("own"))
    told = told.join(CYCLES, CYCLES.c.id == OPINIONS.c.cycle_id)
    rows = connection.execute(told.outerjoin(OWN, OWN.c.programme_id == CYCLES.c.programme_id))
    given = [{"row": id_, "given": _given(keys, own or ())} for id_, keys, own in rows]
    keep = sa.update(OPINIONS).where(OPINIONS.c.id == sa.bindparam("row")).values(reasons=sa.bindparam("given"))
    if given:
        connection.execute(keep, given)


def _given(keys: Iterable[str], own: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    words = USUAL | {each["key"]: each["words"] for each in own}
    return [{"key": key, "words": words.get(key, {"zh": key, "en": key})} for key in keys]
