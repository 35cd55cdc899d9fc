"""Remarks on fields"""

import sqlalchemy as sa
from alembic import op

revision = "5d0c9a7e41b8"
down_revision = "c41d7be02f96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("check_opinions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remarks", sa.JSON(), server_default="[]", nullable=False))
