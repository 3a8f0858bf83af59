"""Everything by mail.

People learn to say what their line bears: a budget a month, whether files may travel along, whether long texts come packed, in which form
digests come, and at which hours nothing comes. Letters remember how often they went over the wire, which parts belong together, which
files travel along, and the entries of a digest. Mails that came keep what their date says, what an officer said they are, and who settled
them. Addresses keep a score of failures that fades, letters that came back remember from which address they moved on, rounds say until
when mail is taken that was written in time, and comments when such a mail was written. Officers get tasks: what only a person can do.
Groups meet: meetings have an agenda, documents, and everybody's answer and presence. Members say by which means they can take part.

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
    "letter": ("times", "wire", "part", "parts", "moved_from"),
    "round": ("late_mail", "late_days"),
    "arrival": (
        "sort",
        "unplaced",
    ),
}
DESK_WAYS = {
    "ix_arrival_queue": ["group_id", "state", "id"],
    "ix_arrival_key": ["key_id", "state"],
    "ix_arrival_person": ["person_id", "state"],
    "ix_arrival_received": ["received_at", "id"],
}
DESK_QUEUES = (("ix_arrival_unplaced", "unplaced", "unplaced > 0"), ("ix_arrival_sort", "sort", "sort <> ''"))


def upgrade() -> None:
    _people()
    _outbox()
    _inbox()
    _trust()
    _tasks()
    _reach()
    _desk()
    _meetings()
    _commands()
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
        batch_op.add_column(sa.Column("wire", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("pieces", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("packed", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("parts", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_foreign_key(batch_op.f("fk_letter_series_id_letter"), "letter", ["series_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_letter_series_id"), ["series_id"], unique=False)
        batch_op.drop_index(batch_op.f("ix_letter_person_id"))
        batch_op.create_index("ix_letter_ledger", ["person_id", "sent_at", "created_at", "group_id", "wire", "times"], unique=False)
    op.execute("UPDATE letter SET times = 1, wire = octets WHERE state IN ('sent', 'bounced')")
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
        batch_op.drop_index("ix_arrival_person_id")
        for name, columns in DESK_WAYS.items():
            batch_op.create_index(name, columns, unique=False)
        for name, column, only in DESK_QUEUES:
            batch_op.create_index(name, [column], unique=False, sqlite_where=sa.text(only), postgresql_where=sa.text(only))


def _trust() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_from", sa.String(length=320), nullable=False, server_default=""))
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("late_mail", sa.String(length=10), nullable=False, server_default="dated"))
        batch_op.add_column(sa.Column("late_days", sa.Integer(), nullable=False, server_default="7"))
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("written_at", sa.DateTime(timezone=True), nullable=True))


def _untrust() -> None:
    for table, columns in (("comment", ("written_at",)), ("round", ("late_days", "late_mail")), ("letter", ("moved_from",))):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_column(column)


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


def _meetings() -> None:
    """Meetings with agenda, documents, and who comes."""
    meeting = (
        ("id", sa.Integer(), False), ("group_id", sa.Integer(), False), ("title", sa.String(length=300), False),
        ("code", sa.String(length=60), False), ("kind", sa.String(length=20), False), ("place", sa.String(length=300), False),
        ("link", sa.String(length=500), False), ("starts_at", sa.DateTime(timezone=True), False),
        ("ends_at", sa.DateTime(timezone=True), False), ("zone", sa.String(length=60), False), ("host", sa.String(length=200), False),
        ("languages", sa.String(length=40), False), ("note", sa.Text(), False), ("state", sa.String(length=12), False),
        ("reason", sa.String(length=500), False), ("uid", sa.String(length=32), False), ("sequence", sa.Integer(), False),
        ("by_id", sa.Integer(), False), ("created_at", sa.DateTime(timezone=True), False),
        ("announced_at", sa.DateTime(timezone=True), True), ("reminded_at", sa.DateTime(timezone=True), True),
        ("adopted_at", sa.DateTime(timezone=True), True),
    )  # fmt: skip
    op.create_table(
        "meeting",
        *(sa.Column(name, kind, nullable=null) for name, kind, null in meeting),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_meeting_by_id_person")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_meeting_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("group_id", "code", name=op.f("uq_meeting_group_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
    )
    op.create_index("ix_meeting_state", "meeting", ["state", "starts_at"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("presenter", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index("ix_agenda_item_meeting", "agenda_item", ["meeting_id", "position"], unique=False)
    _documents()
    _attendances()


def _documents() -> None:
    op.create_table(
        "meeting_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("nature", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_meeting_document_by_id_person")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_meeting_document_draft_id_draft")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_document_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_document_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["meeting_document.id"], name=op.f("fk_meeting_document_supersedes_id_meeting_document")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_meeting_document_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_document")),
        sa.UniqueConstraint("meeting_id", "symbol", name=op.f("uq_meeting_document_meeting_id")),
    )
    op.create_index(op.f("ix_meeting_document_draft_id"), "meeting_document", ["draft_id"], unique=False)
    op.create_index("ix_meeting_document_symbol", "meeting_document", ["symbol"], unique=False)
    op.create_table(
        "document_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["meeting_document.id"], name=op.f("fk_document_file_document_id_meeting_document")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_document_file_file_id_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
    )
    op.create_index(op.f("ix_document_file_document_id"), "document_file", ["document_id"], unique=False)


def _attendances() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("alternate", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("funded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_attendance_entered_by_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_attendance_meeting_id")),
    )
    op.create_index("ix_attendance_person", "attendance", ["person_id"], unique=False)


def _reach() -> None:
    op.create_table(
        "means",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("connection", sa.String(length=10), nullable=False),
        sa.Column("device", sa.String(length=10), nullable=False),
        sa.Column("limit_bytes", sa.Integer(), nullable=True),
        sa.Column("budget_bytes", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=80), nullable=False),
        sa.Column("fax", sa.String(length=80), nullable=False),
        sa.Column("post", sa.String(length=500), nullable=False),
        sa.Column("ways", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_means_entered_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_means_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_means")),
    )
    op.create_table(
        "means_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tasked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_means_ask_group_id_group")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_means_ask_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_means_ask")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_means_ask_group_id")),
    )
    with op.batch_alter_table("means", schema=None) as batch_op:
        batch_op.create_index("ix_means_person", ["person_id", "id"], unique=False)
    with op.batch_alter_table("means_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_means_ask_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_means_ask_person_id"), ["person_id"], unique=False)


def _commands() -> None:
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("octets", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("arrival_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrival.id"], name=op.f("fk_wish_arrival_id_arrival")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wish_person_id_person")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_wish_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index("ix_wish_person", ["person_id", "done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_wish_arrival_id"), ["arrival_id"], unique=False)
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_watch_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("person_id", "subject_type", "subject_id", name=op.f("uq_watch_person_id")),
    )


def downgrade() -> None:
    _untrust()
    op.drop_table("watch")
    op.drop_table("wish")
    op.drop_table("means_ask")
    op.drop_table("means")
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        for name in (*DESK_WAYS, *(name for name, _, _ in DESK_QUEUES)):
            batch_op.drop_index(name)
        batch_op.create_index("ix_arrival_person_id", ["person_id"], unique=False)
        batch_op.drop_column("unplaced")
    for table in ("attendance", "document_file", "meeting_document", "agenda_item", "meeting"):
        op.drop_table(table)
    op.drop_table("task")
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_arrival_settled_by_id_person"), type_="foreignkey")
        for column in ("settled_by_id", "settled_at", "dated_at", "sort"):
            batch_op.drop_column(column)
    op.drop_table("letter_file")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_ledger")
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)
        batch_op.drop_index(batch_op.f("ix_letter_series_id"))
        batch_op.drop_constraint(batch_op.f("fk_letter_series_id_letter"), type_="foreignkey")
        for column in ("parts", "part", "series_id", "packed", "pieces", "wire", "times"):
            batch_op.drop_column(column)
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_column("scored_at")
        batch_op.drop_column("score")
    with op.batch_alter_table("person", schema=None) as batch_op:
        for column in ("quiet_to", "quiet_from", "digest_form", "packing", "attachments", "budget_bytes"):
            batch_op.drop_column(column)
