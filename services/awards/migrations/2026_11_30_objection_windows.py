"""Objection windows"""

import sqlalchemy as sa
from alembic import op

revision = "c41d7be02f96"
down_revision = "e8f609b50b6e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("objection_window", sa.JSON(), nullable=True))
