"""How alembic runs here: on the connection and for the layer that `shared.migrate` names."""

from alembic import context

config = context.config
connection = config.attributes["connection"]
metadata = config.attributes["metadata"]


def include_name(name, kind, parents):
    """Leave the tables of other layers alone."""
    return kind != "table" or name in metadata.tables


context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    version_table=f"revision_{config.attributes['layer']}",
    include_name=include_name,
    transaction_per_migration=False,
)
context.run_migrations()
