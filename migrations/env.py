"""How Alembic reaches the database: through the application, each migration in a transaction of its own."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def references(connection, watched: bool) -> None:
    """On SQLite a table is changed by making it anew, which its references must bear; afterwards none of them may lead nowhere."""
    if connection.dialect.name != "sqlite":
        return
    lite = connection.connection.driver_connection
    lite.execute(f"PRAGMA foreign_keys={'ON' if watched else 'OFF'}")
    if watched and (broken := lite.execute("PRAGMA foreign_key_check").fetchall()):
        raise RuntimeError(f"The migration leaves references that lead nowhere: {broken[:5]}. Restore the backup and write to us.")


def migrate() -> None:
    """Run the migrations on the application's own engine; on SQLite under the write lock, so that a killed one leaves nothing half done."""
    from consult.extensions import as_before, writing

    token = writing()
    try:
        with database.engine.connect() as connection:
            lite = connection.dialect.name == "sqlite"
            references(connection, not lite)
            context.configure(
                connection=connection,
                target_metadata=database.metadata,
                transaction_per_migration=True,
                render_as_batch=lite,
                compare_type=True,
            )
            with context.begin_transaction():
                context.run_migrations()
            references(connection, True)
    finally:
        as_before(token)


migrate()
