"""Sums of quotas, from the indexes alone"""

from alembic import op

revision = "93f6b02d7c1e"
down_revision = "7b3e91d4c5a2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    for way in ("from", "to"):
        op.drop_index(f"ix_quota_entries_{way}", "quota_entries")
        columns = ["cycle_id", f"{way}_unit_id", "category", f"{way}_group", "amount"]
        op.create_index(f"ix_quota_entries_{way}", "quota_entries", columns)
