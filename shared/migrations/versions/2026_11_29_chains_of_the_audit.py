"""Chains of the audit

What is on record stays in the service's own chain, sealed as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "5d1c7be0a914"
down_revision = "ad380cba85be"
branch_labels = None
depends_on = None

NAMES = {"uq": "%(table_name)s_%(column_0_name)s_key"}
"""As PostgreSQL names what was made without a name; on SQLite it has none, and is known by this one for the change."""


def upgrade() -> None:
    """Bring the tables forward."""
    sealed, waiting = sa.text("number IS NOT NULL"), sa.text("number IS NULL")
    with op.batch_alter_table("audit", naming_convention=NAMES) as batch_op:
        batch_op.add_column(sa.Column("chain", sa.String(length=36), server_default="", nullable=False))
        batch_op.drop_constraint("audit_number_key", type_="unique")
    op.create_index(
        "ix_audit_sealed", "audit", ["chain", "number"], unique=True, sqlite_where=sealed, postgresql_where=sealed
    )
    op.create_index("ix_audit_unsealed", "audit", ["id"], sqlite_where=waiting, postgresql_where=waiting)
