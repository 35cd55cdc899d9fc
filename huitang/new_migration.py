"""Write the next migration of a layer: `python -m huitang.new_migration <service|shared> "What changes"`.

Works on an empty database brought to the present revisions, never on anybody's data.
"""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import MetaData

from huitang.services import load
from shared import migrate, revisions, service
from shared.db import Database, SharedBase, new_id


def main() -> None:
    """Compare the tables in the code with the migrations and write what is missing."""
    name, message = sys.argv[1:]
    metadata, folder = MetaData(), Path()
    if name != "shared":
        own: service.Service = load(name)
        metadata, folder = own.metadata, own.migrations
    with tempfile.TemporaryDirectory() as place:
        db = Database(name, f"sqlite:///{place}/new.db")
        existing = revisions.layers(name, folder, metadata)
        for layer in existing if name != "shared" else existing[:1]:
            migrate.upgrade_layer(db, *layer)
        versions, tables = (
            (folder, metadata) if name != "shared" else (revisions.HERE / "versions", SharedBase.metadata)
        )
        migrate.write_revision(db, name, versions, tables, message, new_id()[-12:])
        db.close()


if __name__ == "__main__":
    main()
