"""Polls: opening one, giving one's voice, reading what came of it, closing it."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.drafts import queries as drafts
from consult.drafts.models import Paragraph
from consult.drafts.wording import difference
from consult.kit import clock
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.polls import actions, queries, rules
from consult.polls.forms import PollForm, VoteForm
from consult.polls.models import Poll
from consult.polls.pages import pages
from consult.review import queries as review
from consult.review.models import Comment, Round
from consult.web.forms import told
from consult.web.transaction import afterwards

ADDRESS = "/g/<group>/r/<int:round>/polls"
ONE = f"{ADDRESS}/<int:poll>"


def _find(round: int, poll: int) -> Poll:
    return queries.get_poll(review.get_round(g.group.id, round).id, poll)


def _here(of: Poll) -> str:
    return url_for("polls.poll", group=g.group.slug, round=of.round_id, poll=of.id)


def _about(on: Round) -> tuple[Paragraph | None, Comment | None]:
    """What the address says the poll is about: ?comment= its number, or ?paragraph= its mark."""
    number, mark = request.args.get("comment", 0, type=int), request.args.get("paragraph", "")
    comment = review.get_comment(on.id, number) if number else None
    if comment is not None:
        return comment.paragraph, comment
    return (drafts.by_mark(on.version_id, mark) if mark else None), None


@pages.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("poll.manage")
def open_poll(group: str, round: int):
    """Ask the group about a paragraph, or about a wording for it."""
    on = review.get_round(g.group.id, round)
    paragraph, comment = _about(on)
    voices = sum(rules.standing({seat.role}) == "counts" for seat in people.members(g.group.id))
    usual = {"zone": me().zone, "quorum": voices // 2 + 1, "kind": "consensus", "wording": comment.proposed if comment else ""}
    form = PollForm(data=usual | {"title": _title(paragraph, comment)}).fit(voices)
    if form.validate_on_submit():
        made = None
        with told(form):
            made = _open(form, on, paragraph, comment)
        if made:
            flash(gettext("The question is open, and everybody with a voice gets it by letter."))
            return redirect(_here(made), 303)
    page = render_template(
        "polls/open.html", form=form, round=on, version=on.version, draft=on.version.draft, where=paragraph, comment=comment
    )
    return page, 422 if form.is_submitted() else 200


def _title(paragraph: Paragraph | None, comment: Comment | None) -> str:
    if comment is not None:
        return gettext("The wording proposed in comment %(number)s", number=comment.number)
    return gettext("Do we agree on paragraph [%(mark)s]?", mark=paragraph.mark) if paragraph else gettext("Do we agree on the whole draft?")


def _open(form: PollForm, on: Round, paragraph: Paragraph | None, comment: Comment | None) -> Poll:
    return actions.open_poll(
        on, kind=form.kind.data, title=form.title.data or "", closes_at=clock.instant(form.closes.data, form.zone.data or "UTC"),
        quorum=form.quorum.data or 0, paragraph=paragraph, comment=comment, wording=form.wording.data or "", by=me(), door="page",
    )  # fmt: skip


@pages.get(ONE)
@needs("draft.read")
def poll(group: str, round: int, poll: int):
    """What is asked, one's own voice, and, for those who may see it, how the voices stand."""
    return _page(_find(round, poll))


def _page(of: Poll, *, status: int = 200, vote: VoteForm | None = None):
    person, own = me(), queries.own_vote(of.id, me().id)
    state, leads, standing = queries.state(of), people.may(person, "poll.manage", g.group.id), queries.standing(person, g.group.id)
    if state == "open" and standing and not queries.has_opened(of.id, person.id):
        afterwards(lambda: actions.opened(of, by=person, door="page"))
    sees = leads or state == "closed"
    form = vote or VoteForm(formdata=None, data={"choice": own.choice, "reason": own.reason} if own else None)
    counted = queries.tally(of) if sees else None
    page = render_template(
        "polls/poll.html",
        poll=of, round=of.round, version=of.round.version, draft=of.round.version.draft, state=state, own=own, standing=standing,
        form=form.fit(), tally=counted, votes=queries.votes(of) if sees else [], standings=queries.standings(of) if sees else {},
        means=rules.MEANS[of.kind], choices=rules.CHOICES, leads=leads, person=person, difference=difference,
        may_close=leads and not of.closed_at and (of.kind != "silence" or state == "closed" or counted.counted["object"]),
    )  # fmt: skip
    return page, status


@pages.post(f"{ONE}/vote")
@needs("draft.read")
def vote(group: str, round: int, poll: int):
    """Give one's voice, or change it."""
    of, form = _find(round, poll), VoteForm().fit()
    if form.validate_on_submit():
        with told(form):
            actions.vote(of, form.choice.data, form.reason.data or "", by=me(), door="page")
        if not form.errors:
            flash(gettext("Your voice is entered: %(choice)s.", choice=gettext(rules.CHOICES[form.choice.data])))
            return redirect(_here(of), 303)
    return _page(of, status=422, vote=form)


@pages.post(f"{ONE}/unvote")
@needs("draft.read")
def unvote(group: str, round: int, poll: int):
    """Take one's voice back."""
    of = _find(round, poll)
    actions.unvote(of, by=me(), door="page")
    flash(gettext("Your voice is taken back."))
    return redirect(_here(of), 303)


@pages.post(f"{ONE}/close")
@needs("poll.manage")
def close(group: str, round: int, poll: int):
    """End it now and tell everybody what came of it."""
    of = _find(round, poll)
    actions.close(of, by=me(), door="page")
    flash(gettext("The poll is closed, and everybody with a voice is told what came of it."))
    return redirect(_here(of), 303)
