"""Narrow lists of nominations

What a nomination says is long and stands behind what lists show, so that SQLite reads lists without it; PostgreSQL keeps
what is long elsewhere as it is.
"""

import sqlalchemy as sa
from alembic import op

from services.awards.nominations.names import folded

revision = "e8f609b50b6e"
down_revision = "a7b88af5013c"
branch_labels = None
depends_on = None

SHORT = (
    "id", "cycle_id", "definition", "category", "candidate_kind", "unit_id", "route", "state", "serial", "number", "name",
    "folded_name", "groups", "correct_until", "made_at", "made_by", "changed_at", "submitted_at", "version",
)  # fmt: skip
NOMINATIONS = sa.table("nominations", sa.column("id"), sa.column("name"), sa.column("folded_name"))


def upgrade() -> None:
    """Bring the tables forward."""
    connection = op.get_bind()
    recreate = "always" if connection.dialect.name == "sqlite" else "never"
    order = [(*SHORT, "content", "handed_in")]
    with op.batch_alter_table("nominations", recreate=recreate, partial_reordering=order) as batch_op:
        batch_op.add_column(sa.Column("folded_name", sa.String(length=200), server_default="", nullable=False))
        batch_op.drop_index("ix_nominations_cycle_state")
        batch_op.create_index("ix_nominations_cycle_state", ["cycle_id", "state", "submitted_at", "id"])
        queue = ["cycle_id", "submitted_at", "id", "state", "name", "number"]
        batch_op.create_index("ix_nominations_cycle_queue", queue)
        batch_op.create_index("ix_nominations_cycle_name", ["cycle_id", "name", "id"])
        batch_op.create_index("ix_nominations_folded_name", ["folded_name"])
    rows = connection.execute(sa.select(NOMINATIONS.c.id, NOMINATIONS.c.name))
    folds = [{"row": id_, "fold": folded(name)} for id_, name in rows]
    fold = (
        sa.update(NOMINATIONS).where(NOMINATIONS.c.id == sa.bindparam("row")).values(folded_name=sa.bindparam("fold"))
    )
    if folds:
        connection.execute(fold, folds)
