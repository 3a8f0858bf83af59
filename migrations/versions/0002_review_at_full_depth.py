"""Review rounds at full depth.

New: files of comments on their way in, documents made by the worker, delegations with what they prepare, guiding questions and
polls, responses that are still being drafted, frequent answers, sponsors of a comment, credits of adopted wordings, who opened a
version, and days of absence. Drafts learn whether they are issued, rounds which schedule their reminders follow, invitations how they
were answered, comments where their author saw them and whether they may be published. What stands in the database keeps its meaning:
every text is "for comments only" until an officer issues it, every invitation counts as invited, and every comment may be published
under its author's name.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
# New columns of tables that hold rows: filled when they are added, afterwards the application says what goes into them.
FILLED = {
    "comment": ("reason", "location", "reference", "capacity", "language", "consent"),
    "draft": ("label",),
    "invitation": ("reminders", "state", "reason", "external"),
    "round": ("bundle", "reminders", "reminders_left", "terms"),
}


def upgrade() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("disposition", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_phrase_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phrase_group_id"), ["group_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index("ix_absence_person", ["person_id", "ends_on"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_opening_person_id_person")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_opening_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("version_id", "person_id", "door", name=op.f("uq_opening_version_id")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index("ix_opening_person", ["person_id"], unique=False)

    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["person.id"], name=op.f("fk_delegation_contact_id_person")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_delegation_deputy_id_person")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_delegation_organization_id_organization")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_delegation_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("round_id", "organization_id", name=op.f("uq_delegation_round_id")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_deputy_id"), ["deputy_id"], unique=False)

    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=20), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_import_by_id_person")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_import_file_id_file")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_import_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_import_state", ["state", "id"], unique=False)

    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_paper_asked_by_id_person")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_paper_file_id_file")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_paper_round_id_round")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_paper_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("key", name=op.f("uq_paper_key")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_paper_state", ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_version_id"), ["version_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_question_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_question_round_id")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=100), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_contribution_author_id_person")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_contribution_comment_id_comment")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_contribution_delegation_id_delegation")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["contribution.id"], name=op.f("fk_contribution_merged_into_id_contribution")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_contribution_paragraph_id_paragraph")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_contribution_verified_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("once", name=op.f("uq_contribution_once")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index("ix_contribution_delegation", ["delegation_id", "state"], unique=False)

    op.create_table(
        "credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_credit_by_id_person")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_credit_comment_id_comment")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_credit_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sa.UniqueConstraint("version_id", "comment_id", name=op.f("uq_credit_version_id")),
    )
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "delegate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_delegate_delegation_id_delegation")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delegate_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate")),
        sa.UniqueConstraint("delegation_id", "person_id", name=op.f("uq_delegate_delegation_id")),
    )
    with op.batch_alter_table("delegate", schema=None) as batch_op:
        batch_op.create_index("ix_delegate_person", ["person_id"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("certainty", sa.Double(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("html", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_import_row_comment_id_comment")),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_import_row_import_id_import")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_import_row_paragraph_id_paragraph")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_import_row_import_id")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index("ix_import_row_state", ["import_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_row_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_poll_by_id_person")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_poll_comment_id_comment")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_poll_paragraph_id_paragraph")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_poll_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index("ix_poll_round", ["round_id", "id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("disposition", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("see_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["person.id"], name=op.f("fk_proposal_agreed_by_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_proposal_by_id_person")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_proposal_comment_id_comment")),
        sa.ForeignKeyConstraint(["see_id"], ["comment.id"], name=op.f("fk_proposal_see_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_proposal_comment_id")),
    )
    op.create_table(
        "question_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_question_answer_person_id_person")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_answer_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_answer")),
        sa.UniqueConstraint("question_id", "person_id", name=op.f("uq_question_answer_question_id")),
    )
    with op.batch_alter_table("question_answer", schema=None) as batch_op:
        batch_op.create_index("ix_question_answer_person", ["person_id"], unique=False)

    op.create_table(
        "sponsor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_sponsor_comment_id_comment")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_sponsor_organization_id_organization")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sponsor_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor")),
        sa.UniqueConstraint("comment_id", "organization_id", name=op.f("uq_sponsor_comment_id")),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("door", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_vote_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_vote_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("poll_id", "person_id", name=op.f("uq_vote_poll_id")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index("ix_vote_person", ["person_id"], unique=False)

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("location", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reference", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("capacity", sa.String(length=20), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("language", sa.String(length=5), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("consent", sa.String(length=10), nullable=False, server_default="named"))
        batch_op.add_column(sa.Column("cluster_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("drafter_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_comment_cluster", ["cluster_id"], unique=False)
        batch_op.create_index("ix_comment_drafter", ["drafter_id", "round_id"], unique=False)
        batch_op.create_index("ix_comment_reading", ["paragraph_id", "round_id", "number"], unique=False)
        batch_op.drop_index("ix_comment_paragraph")
        batch_op.create_foreign_key(batch_op.f("fk_comment_cluster_id_comment"), "comment", ["cluster_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_comment_drafter_id_person"), "person", ["drafter_id"], ["id"])

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("label", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("state", sa.String(length=10), nullable=False, server_default="invited"))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("external", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("terms_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("silent_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("origins", sa.JSON(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_paragraph_file_id_file"), "file", ["file_id"], ["id"])

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("see_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_response_see_id"), ["see_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_response_see_id_comment"), "comment", ["see_id"], ["id"])

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bundle", sa.String(length=32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reminders", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("reminders_left", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("terms", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("compiled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_round_bundle"), ["bundle"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_reminders_left"), ["reminders_left"], unique=False)

    for table, columns in FILLED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_reminders_left"))
        batch_op.drop_index(batch_op.f("ix_round_bundle"))
        batch_op.drop_column("compiled_at")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("terms")
        batch_op.drop_column("reminders_left")
        batch_op.drop_column("reminders")
        batch_op.drop_column("bundle")

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_response_see_id_comment"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_response_see_id"))
        batch_op.drop_column("see_id")

    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_paragraph_file_id_file"), type_="foreignkey")
        batch_op.drop_column("origins")
        batch_op.drop_column("file_id")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("silent_at")
        batch_op.drop_column("terms_at")
        batch_op.drop_column("external")
        batch_op.drop_column("reason")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("state")
        batch_op.drop_column("reminders")

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_column("issued_at")
        batch_op.drop_column("label")

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_comment_drafter_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_comment_cluster_id_comment"), type_="foreignkey")
        batch_op.create_index("ix_comment_paragraph", ["paragraph_id"], unique=False)
        batch_op.drop_index("ix_comment_reading")
        batch_op.drop_index("ix_comment_drafter")
        batch_op.drop_index("ix_comment_cluster")
        batch_op.drop_column("drafter_id")
        batch_op.drop_column("cluster_id")
        batch_op.drop_column("consent")
        batch_op.drop_column("language")
        batch_op.drop_column("capacity")
        batch_op.drop_column("reference")
        batch_op.drop_column("location")
        batch_op.drop_column("reason")

    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index("ix_vote_person")

    op.drop_table("vote")
    op.drop_table("sponsor")
    with op.batch_alter_table("question_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_question_answer_person")

    op.drop_table("question_answer")
    op.drop_table("proposal")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.drop_index("ix_poll_round")

    op.drop_table("poll")
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_row_comment_id"))
        batch_op.drop_index("ix_import_row_state")

    op.drop_table("import_row")
    with op.batch_alter_table("delegate", schema=None) as batch_op:
        batch_op.drop_index("ix_delegate_person")

    op.drop_table("delegate")
    with op.batch_alter_table("credit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_comment_id"))

    op.drop_table("credit")
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_index("ix_contribution_delegation")

    op.drop_table("contribution")
    op.drop_table("question")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_version_id"))
        batch_op.drop_index("ix_paper_state")
        batch_op.drop_index(batch_op.f("ix_paper_round_id"))

    op.drop_table("paper")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index("ix_import_state")
        batch_op.drop_index(batch_op.f("ix_import_round_id"))

    op.drop_table("import")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_deputy_id"))
        batch_op.drop_index(batch_op.f("ix_delegation_contact_id"))

    op.drop_table("delegation")
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index("ix_opening_person")

    op.drop_table("opening")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index("ix_absence_person")

    op.drop_table("absence")
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phrase_group_id"))

    op.drop_table("phrase")
