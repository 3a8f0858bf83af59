"""How Alembic reaches the database: through the application, each migration in a transaction of its own."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def migrate() -> None:
    """Run the migrations on the application's own engine; on SQLite under the write lock, so that a killed one leaves nothing half done."""
    from consult.extensions import reading_again, writing

    token = writing()
    try:
        with database.engine.connect() as connection:
            context.configure(
                connection=connection,
                target_metadata=database.metadata,
                transaction_per_migration=True,
                render_as_batch=connection.dialect.name == "sqlite",
                compare_type=True,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        reading_again(token)


migrate()
