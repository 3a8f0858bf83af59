"""The guiding questions of a round: answering them, reading what everybody answered, writing them, and the officers' table."""

import csv
import io

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consult.kit import clock
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.polls import actions, queries
from consult.polls.forms import QuestionsForm, answers_form
from consult.polls.models import Question
from consult.polls.pages import pages
from consult.review import queries as review
from consult.review.exporting import harmless
from consult.review.models import Round
from consult.web.forms import told

ADDRESS = "/g/<group>/r/<int:round>/questions"
COLUMNS = ("question", "text", "person", "organization", "on_behalf_of", "answer", "door", "received_at", "verified")


def _may_answer(of: Round) -> bool:
    person = me()
    opened = review.state(of) == "open" and review.invited(of.id, person.id)
    return opened or people.may(person, "comment.manage", g.group.id)


@pages.route(ADDRESS, methods=["GET", "POST"])
@needs("draft.read")
def questions(group: str, round: int):
    """Each question with one's own answer, to write or change, and with what everybody has answered."""
    of, person = review.get_round(g.group.id, round), me()
    asked, own = queries.questions(of.id), queries.own_answers(of.id, me().id)
    written = {f"q{each.position}": own[each.id].text for each in asked if each.id in own}
    behalf = next((each.on_behalf_of for each in own.values() if each.on_behalf_of), "")
    form = answers_form(asked, data=written | {"on_behalf_of": behalf})
    if form.validate_on_submit():
        count = 0
        with told(form):
            count = _enter(form, asked)
        if not form.errors:
            said = (
                ngettext("Your answer is entered.", "Your %(num)s answers are entered.", count)
                if count
                else gettext("Nothing was changed.")
            )
            flash(said)
            return redirect(request.path, 303)
    page = render_template(
        "polls/questions.html",
        round=of, version=of.version, draft=of.version.draft, state=review.state(of), questions=asked, answers=queries.answers(of.id),
        form=form, own=own, may_answer=_may_answer(of), writes=people.may(person, "questions.manage", g.group.id), person=person,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _enter(form, asked: list[Question]) -> int:
    """Each answer that was written or changed; one that was emptied is taken back. Returns how many."""
    count, own, behalf = 0, queries.own_answers(asked[0].round_id, me().id) if asked else {}, form.on_behalf_of.data or ""
    for question in asked:
        known, text = own.get(question.id), (form[f"q{question.position}"].data or "").replace("\r\n", "\n").strip()
        if known and not text:
            actions.take_back(known, by=me(), door="page")
        elif text and not (known and (known.text, known.on_behalf_of) == (text, behalf)):
            actions.reply(question, text, on_behalf_of=behalf, by=me(), door="page")
        else:
            continue
        count += 1
    return count


@pages.route(f"{ADDRESS}/edit", methods=["GET", "POST"])
@needs("questions.manage")
def write_questions(group: str, round: int):
    """Write the questions, or change them until somebody has answered."""
    of = review.get_round(g.group.id, round)
    standing = queries.questions(of.id)
    form = QuestionsForm(data={"questions": "\n\n".join(each.text for each in standing)})
    if form.validate_on_submit():
        with told(form):
            actions.ask(of, form.questions.data or "", by=me(), door="page")
        if not form.errors:
            flash(gettext("The questions are written. Everybody asked gets them by letter."))
            return redirect(url_for("polls.questions", group=group, round=round), 303)
    page = render_template("polls/write_questions.html", round=of, form=form, answered=queries.any_answer(of.id), state=review.state(of))
    return page, 422 if form.is_submitted() else 200


@pages.get(f"{ADDRESS}/table")
@needs("questions.manage")
def table(group: str, round: int):
    """Who has answered what: a line a person, a column a question."""
    of = review.get_round(g.group.id, round)
    asked, given = queries.questions(of.id), queries.answers(of.id)
    by_person = {(each.person_id, question): each for question, rows in given.items() for each in rows}
    rows = queries.asked_of(of.id)
    known = {person.id for person in rows}
    rows += {each.person_id: each.person for each in by_person.values() if each.person_id not in known}.values()
    return render_template(
        "polls/table.html",
        round=of,
        questions=asked,
        people=rows,
        given=by_person,
        counts={each.id: len(given.get(each.id, ())) for each in asked},
    )


@pages.get(f"{ADDRESS}.csv")
@needs("questions.manage")
def export(group: str, round: int):
    """Every answer as a line of a file (RFC 4180), with nothing in it that a spreadsheet takes for a formula."""
    of = review.get_round(g.group.id, round)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in queries.table(of.id):
        said = (f"Q{row.position}", row.question, row.name, row.organization or "", row.on_behalf_of, row.text, row.door)
        writer.writerow([*map(harmless, said), row.received_at.isoformat(timespec="seconds"), "yes" if row.verified else "no"])
    answer = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="round-{of.id}-answers-{clock.now():%Y%m%d}.csv"'
    return answer
