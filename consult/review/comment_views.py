"""One comment: its thread, its response, and what its author and the officers can do with it."""

import secrets

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.drafts import queries as drafts
from consult.drafts.wording import difference
from consult.errors import NotFound
from consult.people import queries as people
from consult.people.guard import is_guest, me, needs
from consult.review import actions, adopting, panels, queries, rules
from consult.review.answering import proposals_to
from consult.review.consenting_views import consent_form
from consult.review.forms import AnswerForm, MoveForm, ResponseForm, named
from consult.review.guest_views import own_comment, place_of, said_better
from consult.review.models import Comment
from consult.review.pages import pages
from consult.review.views import shown
from consult.web.forms import choices, told
from consult.web.transaction import afterwards

ADDRESS = "/g/<group>/r/<int:round>/c/<int:number>"


def _find(round_id: int, number: int) -> Comment:
    return queries.get_comment(queries.get_round(g.group.id, round_id).id, number)


def _page(found: Comment, *, status: int = 200, **forms) -> tuple[str, int]:
    """The comment with all its forms; those in which something was typed come back filled in."""
    person, response = me(), found.response
    if queries.unread(person.id, [found.id]):
        afterwards(lambda: actions.saw(person.id, [found.id]))
    given = forms.get("response") or ResponseForm(formdata=None, turn=response.turn if response else 0)
    given.disposition.choices = _dispositions(response is not None)
    if response and not forms.get("response"):
        given.disposition.data, given.response.data = response.disposition, response.text
    answer = forms.get("answer") or AnswerForm(formdata=None, once=secrets.token_hex(8))
    move = forms.get("move") or MoveForm(formdata=None, mark=found.paragraph.mark if found.paragraph else "")
    page = render_template(
        "review/comment.html",
        comment=found, row=queries.comments_by_ids([found.id])[0], round=found.round, state=queries.state(found.round), joins=_joins(found),
        response=given, answer=answer, move=move, difference=difference,
        version=found.round.version, draft=found.round.version.draft, placements=queries.placements(found.id),
        may_change=_may_change(found), consent=consent_form(found), places=rules.PLACES, credited=adopting.credited_in(found.id),
        beside=panels.shown_on("comment", found, person), prepared=bool(proposals_to([found.id])), **shown(),
    )  # fmt: skip
    return page, status


def _dispositions(given: bool) -> list:
    """What can become of a comment. While nothing has been said none is chosen, so that nobody accepts by pressing too soon."""
    return named(rules.DISPOSITIONS) if given else [*choices([("", "–")]), *named(rules.DISPOSITIONS)]


def _may_change(found: Comment) -> bool:
    person = me()
    officer = people.may(person, "comment.manage", g.group.id)
    return found.withdrawn_at is None and (officer or person.id == found.author_id and queries.state(found.round) == "open")


def _joins(found: Comment) -> str:
    """`join` or `leave` where the reader's Party or organization can do that with this comment; else nothing."""
    person = me()
    if found.withdrawn_at or queries.state(found.round) != "open" or not person.organization_id:
        return ""
    if queries.has_joined(found.id, person.organization_id):
        return "leave"
    own = person.organization_id == found.author.organization_id
    return "" if own or not queries.invited(found.round_id, person.id) else "join"


def _here(found: Comment, anchor: str = "") -> str:
    return url_for("review.comment", group=g.group.slug, round=found.round_id, number=found.number, _anchor=anchor or None)


@pages.get(ADDRESS)
@needs("round.read")
def comment(group: str, round: int, number: int):
    """A comment with everything said about it; guests read their own where they read the text."""
    return redirect(place_of(own_comment(round, number)), 303) if is_guest() else _page(_find(round, number))


@pages.route(f"{ADDRESS}/edit", methods=["GET", "POST"])
@needs("draft.read")
def edit(group: str, round: int, number: int):
    """Say it better; what was said before is kept."""
    found = _find(round, number)
    form, done = said_better(found)
    if done:
        flash(gettext("The comment is changed. What it said before can be read below it."))
        return redirect(_here(found), 303)
    draft = found.round.version.draft
    page = render_template("review/edit.html", comment=found, round=found.round, draft=draft, form=form, **shown())
    return page, 422 if form.is_submitted() else 200


@pages.post(f"{ADDRESS}/withdraw")
@needs("draft.read")
def withdraw(group: str, round: int, number: int):
    """Take a comment back."""
    found = _find(round, number)
    actions.withdraw(found, by=me(), door="page")
    flash(gettext("Comment %(number)s is withdrawn.", number=number))
    return redirect(_here(found), 303)


@pages.post(f"{ADDRESS}/join")
@needs("comment.make")
def join(group: str, round: int, number: int):
    """The reader's Party or organization makes this comment too."""
    found = _find(round, number)
    actions.join(found, by=me(), door="page")
    flash(gettext("%(organization)s has joined comment %(number)s.", organization=me().organization.name, number=number))
    return redirect(_here(found), 303)


@pages.post(f"{ADDRESS}/leave")
@needs("comment.make")
def leave(group: str, round: int, number: int):
    """The reader's Party or organization no longer makes this comment."""
    found = _find(round, number)
    actions.leave(found, by=me(), door="page")
    flash(gettext("%(organization)s has left comment %(number)s.", organization=me().organization.name, number=number))
    return redirect(_here(found), 303)


@pages.post(f"{ADDRESS}/answer")
@needs("draft.read")
def answer(group: str, round: int, number: int):
    """Answer in the thread."""
    found, form = _find(round, number), AnswerForm()
    if form.validate_on_submit():
        with told(form):
            actions.answer(found, form.answer.data, once=f"page:{me().id}:{form.once.data}"[:100], by=me(), door="page")
        if not form.errors:
            flash(gettext("Your answer is entered."))
            return redirect(_here(found, "answers"), 303)
    return _page(found, status=422, answer=form)


@pages.post(f"{ADDRESS}/answers/<int:reply>/withdraw")
@needs("draft.read")
def withdraw_answer(group: str, round: int, number: int, reply: int):
    """Take an answer of one's own back."""
    found = _find(round, number)
    said = next((each for each in found.answers if each.id == reply), None)
    if said is None:
        raise NotFound()
    actions.withdraw_answer(said, by=me(), door="page")
    flash(gettext("Your answer is taken back."))
    return redirect(_here(found, "answers"), 303)


@pages.post(f"{ADDRESS}/respond")
@needs("response.give")
def respond(group: str, round: int, number: int):
    """Give a disposition and words; the next comment without a response is offered."""
    found, form = _find(round, number), ResponseForm()
    form.disposition.choices = _dispositions(False)
    if form.validate_on_submit():
        with told(form):
            actions.respond(found, form.disposition.data, form.response.data or "", turn=form.turn.data or 0, by=me(), door="page")
        if not form.errors:
            flash(gettext("The response to comment %(number)s is given.", number=number))
            following = queries.next_without_response(found.round_id, number) if request.form.get("next") else None
            return redirect(_here(following or found), 303)
    form.turn.data = found.response.turn if found.response else 0
    return _page(found, status=422, response=form)


@pages.post(f"{ADDRESS}/move")
@needs("draft.read")
def move(group: str, round: int, number: int):
    """Put a comment on the paragraph it belongs to: officers any, also on a later version; authors their own while the round is open."""
    found, form = _find(round, number), MoveForm()
    if form.validate_on_submit():
        with told(form):
            on = _version_asked(found)
            where = drafts.by_mark(on.id, form.mark.data.strip().strip("[]")) if (form.mark.data or "").strip() else None
            if people.may(me(), "comment.manage", g.group.id):
                actions.place_by_hand(found, on, where, by=me(), door="page")
            else:
                actions.move(found, where, by=me(), door="page")
        if not form.errors:
            flash(gettext("Comment %(number)s is on its new place.", number=number))
            return redirect(_here(found), 303)
    return _page(found, status=422, move=form)


def _version_asked(found: Comment):
    number = request.form.get("version", type=int)
    own = found.round.version
    return drafts.published(own.draft, number) if number and number != own.number else own
