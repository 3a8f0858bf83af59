"""What polls show on the pages of review and on the first page: questions to answer, polls and their state, the way to open one."""

from collections.abc import Mapping

from flask import render_template, url_for
from markupsafe import Markup

from consult.drafts.models import Paragraph, Version
from consult.people.models import Person
from consult.people.queries import may
from consult.polls import actions, queries
from consult.polls.models import Poll
from consult.review import queries as review
from consult.review.models import Comment, Round


def _states(found: list[Poll]) -> list[tuple[Poll, str]]:
    return [(each, queries.state(each)) for each in found]


def of_round(of: Round, reader: Person) -> Markup:
    """The guiding questions and the polls of a round, on its page."""
    asked, polls = queries.questions(of.id), queries.polls_of_round(of.id)
    leads, writes = may(reader, "poll.manage", of.group_id), may(reader, "questions.manage", of.group_id)
    if not (asked or polls or leads or writes):
        return Markup("")
    may_answer = bool(asked) and review.state(of) == "open" and review.invited(of.id, reader.id)
    answered = len(queries.own_answers(of.id, reader.id)) if asked else 0
    said = {"asked": asked, "answered": answered, "may": may_answer, "polls": _states(polls), "leads": leads, "writes": writes}
    return Markup(render_template("polls/_round.html", of=of, **said))


def of_text(of: Round, reader: Person) -> Markup:
    """How many guiding questions the round asks, above its text."""
    count = queries.how_many_questions(of.id)
    return Markup(render_template("polls/_asked.html", of=of, count=count)) if count else Markup("")


def of_paragraph(version: Version, where: Paragraph | None, asked: Round | None, reader: Person) -> Markup:
    """The polls on a paragraph, and for those who may the way to open one."""
    if where is None or asked is None:
        return Markup("")
    group = version.draft.group_id
    found = queries.polls_on(queries.rounds_on(version.id), paragraph_id=where.id)
    way = may(reader, "poll.manage", group) and asked.opened_at is not None
    return _panel(found, url_for("polls.open_poll", group=version.draft.group.slug, round=asked.id, paragraph=where.mark) if way else "")


def of_comment(comment: Comment, reader: Person) -> Markup:
    """The polls on the wording that a comment proposes, and for those who may the way to open one."""
    if not comment.proposed:
        return Markup("")
    on = comment.round
    found = queries.polls_on([on.id], comment_id=comment.id)
    way = may(reader, "poll.manage", on.group_id) and on.opened_at is not None
    return _panel(found, url_for("polls.open_poll", group=on.version.draft.group.slug, round=on.id, comment=comment.number) if way else "")


def _panel(found: list[Poll], way: str) -> Markup:
    return Markup(render_template("polls/_polls.html", polls=_states(found), way=way)) if found or way else Markup("")


def on_opening(typed: Mapping[str, str]) -> Markup:
    """The field for guiding questions in the form that opens a round."""
    return Markup(render_template("polls/_opening.html", questions=typed.get("questions", "")))


def along_with_opening(made: Round, typed: Mapping[str, str], by: Person) -> None:
    """The guiding questions typed there; they travel in the letter that opens the round."""
    if typed.get("questions", "").strip():
        actions.ask(made, typed["questions"], by=by, door="page", at=made.opened_at)


def waiting_for(person: Person) -> Markup:
    """The polls that wait for this person's voice, on their first page."""
    found = queries.waiting_for(person)
    return Markup(render_template("polls/_waiting.html", polls=_states(found))) if found else Markup("")
