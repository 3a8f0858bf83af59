"""Everything by mail.

People learn to say what their line bears: a budget a month, whether files may travel along, whether long texts come packed, in which form
digests come, and at which hours nothing comes. Letters remember how often they went over the wire, which parts belong together, which
files travel along, and the entries of a digest. Mails that came keep what their date says, what an officer said they are, and who settled
them. Addresses keep a score of failures that fades. Officers get tasks: what only a person can do.

Everything that is new begins empty, so what stands in the database keeps its meaning; letters that were sent count as sent once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
# New columns of tables that hold rows: filled when they are added, afterwards the application says what goes into them.
FILLED = {
    "person": ("budget_bytes", "attachments", "packing", "digest_form"),
    "address": ("score",),
    "letter": ("times", "part", "parts"),
    "arrival": (
        "sort",
        "unplaced",
    ),
}
DESK_QUEUES = (
    ("ix_arrival_unplaced", ["group_id", "id"], "unplaced > 0"),
    ("ix_arrival_sort", ["group_id", "sort", "id"], "sort <> ''"),
)


def upgrade() -> None:
    _people()
    _outbox()
    _inbox()
    _tasks()
    _desk()
    for table, columns in FILLED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def _people() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("budget_bytes", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("attachments", sa.String(length=10), nullable=False, server_default="links"))
        batch_op.add_column(sa.Column("packing", sa.String(length=5), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("digest_form", sa.String(length=10), nullable=False, server_default="plain"))
        batch_op.add_column(sa.Column("quiet_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quiet_to", sa.Integer(), nullable=True))
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(sa.Column("score", sa.Double(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True))


def _outbox() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("times", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("pieces", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("parts", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_foreign_key(batch_op.f("fk_letter_series_id_letter"), "letter", ["series_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_letter_series_id"), ["series_id"], unique=False)
    op.execute("UPDATE letter SET times = 1 WHERE state IN ('sent', 'bounced')")
    op.create_table(
        "letter_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_letter_file_file_id_file")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_file_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_file")),
    )
    with op.batch_alter_table("letter_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_file_letter_id"), ["letter_id"], unique=False)


def _inbox() -> None:
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sort", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("dated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("settled_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_arrival_settled_by_id_person"), "person", ["settled_by_id"], ["id"])


def _desk() -> None:
    """The queues of the desk: what could not be placed, what was sorted, and quick ways to each of them."""
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unplaced", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index("ix_arrival_queue", ["group_id", "state", "id"], unique=False)
        batch_op.create_index("ix_arrival_key", ["key_id"], unique=False)
        for name, columns, only in DESK_QUEUES:
            batch_op.create_index(name, columns, unique=False, sqlite_where=sa.text(only), postgresql_where=sa.text(only))


def _tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("once", sa.String(length=200), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("subject_type", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_task_done_by_id_person")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_task_group_id_group")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("once", name=op.f("uq_task_once")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_group", ["group_id", "done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        for name in ("ix_arrival_sort", "ix_arrival_unplaced", "ix_arrival_key", "ix_arrival_queue"):
            batch_op.drop_index(name)
        batch_op.drop_column("unplaced")
    op.drop_table("task")
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_arrival_settled_by_id_person"), type_="foreignkey")
        for column in ("settled_by_id", "settled_at", "dated_at", "sort"):
            batch_op.drop_column(column)
    op.drop_table("letter_file")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_series_id"))
        batch_op.drop_constraint(batch_op.f("fk_letter_series_id_letter"), type_="foreignkey")
        for column in ("parts", "part", "series_id", "pieces", "times"):
            batch_op.drop_column(column)
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_column("scored_at")
        batch_op.drop_column("score")
    with op.batch_alter_table("person", schema=None) as batch_op:
        for column in ("quiet_to", "quiet_from", "digest_form", "packing", "attachments", "budget_bytes"):
            batch_op.drop_column(column)
