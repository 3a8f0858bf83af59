"""What the drafting team prepares before anybody else sees it: comments are given to drafters, responses proposed, agreed, published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from consult.errors import Refused
from consult.extensions import db
from consult.journal.actions import record
from consult.kit import clock
from consult.kit.text import many_lines
from consult.people import queries as people
from consult.people.models import Person
from consult.review import grouping, queries, response_rules, working
from consult.review.models import Comment, Proposal, Response, Round
from consult.review.responding import Responding, alone, check_see, portions, respond_many, responses_to


@dataclass(frozen=True)
class Draft:
    """A response as somebody typed it. `seen`: the turns of the proposal and of the published response that were on the page (0: none);
    `same`: the comments said to say the same, as working.sign tells them, when they are to be answered along (None: they are not)."""

    to: Comment
    disposition: str
    text: str = ""
    see: Comment | None = None
    seen: tuple[int, int] = (0, 0)
    same: str | None = None


def propose(wanted: Draft, *, agreed: bool = False, by: Person, door: str, at: datetime | None = None) -> Proposal:
    """Prepare a response, or with `agreed` say that it can be published as it stands. Drafters prepare what they were given; officers and
    chairs anything."""
    at, to, text = at or clock.now(), wanted.to, many_lines(wanted.text)
    _check_team(by, to, agreed)
    response_rules.check_may_respond(True, alone([to.id])[to.id] is not None)
    proposal, stage = proposals_to([to.id]).get(to.id), "agreed" if agreed else "proposed"
    see_id = wanted.see.id if wanted.see else None
    if proposal and (proposal.disposition, proposal.text, proposal.see_id, proposal.stage) == (wanted.disposition, text, see_id, stage):
        return proposal
    _check_seen(wanted, proposal)
    if wanted.see:
        check_see(to, wanted.see)
    response_rules.check_response(wanted.disposition, text, 0, 0, see=see_id is not None)
    if proposal is None:
        proposal = Proposal(comment_id=to.id, turn=0)
        db.session.add(proposal)
    words_kept = agreed and (proposal.disposition, proposal.text, proposal.see_id) == (wanted.disposition, text, see_id)
    if not words_kept:
        proposal.disposition, proposal.text, proposal.see_id, proposal.by, proposal.at = wanted.disposition, text, see_id, by, at
    proposal.stage, proposal.turn = stage, proposal.turn + 1
    proposal.agreed_by_id, proposal.agreed_at = (by.id, at) if agreed else (None, None)
    record(f"response.{stage}", door=door, actor=by, subject=to, at=at, number=to.number, disposition=wanted.disposition, words=text)
    return proposal


def publish_drafts(on: Round, wanted: list[Draft], *, by: Person, door: str, at: datetime | None = None) -> list[Response | Refused]:
    """Publish responses, each also for the comments that say the same where `same` asks for it. For each, in their order, the response
    that stands now, or the reason why it was not given."""
    at = at or clock.now()
    people.require(by, "response.give", on.group_id)
    alone(each.to.id for each in wanted)
    prepared, followers = proposals_to(each.to.id for each in wanted), grouping.followers([each.to.id for each in wanted])
    refused, going = {}, []
    for each in wanted:
        try:
            _check_seen(each, prepared.get(each.to.id), responses=False)
            response_rules.check_same(each.same, working.sign(followers.get(each.to.id, ())))
            going.append(Responding(each.to, each.disposition, each.text, each.see, each.seen[1]))
        except Refused as reason:
            refused[each.to.id] = reason
    along = [
        _like(each, other) for each in wanted if each.same is not None and each.to.id not in refused for other in _open(followers, each)
    ]
    given = respond_many(on, [*going, *along], by=by, door=door, at=at)
    outcome = dict(zip([each.to.id for each in going], given, strict=False)) | refused
    done = [comment_id for comment_id, made in outcome.items() if isinstance(made, Response)]
    for some in portions(done):
        db.session.execute(delete(Proposal).where(Proposal.comment_id.in_(some)))
    return [outcome[each.to.id] for each in wanted]


def publish_agreed(on: Round, comments: Iterable[Comment], *, by: Person, door: str) -> list[Response | Refused]:
    """Publish what the team has agreed on for those comments, as it stands now, also for those that say the same."""
    comments = list(comments)
    alone(each.id for each in comments)
    prepared, standing = proposals_to(each.id for each in comments), responses_to([each.id for each in comments])
    followers = grouping.followers([each.id for each in comments])
    agreed = {id: each for id, each in prepared.items() if each.stage == "agreed"}
    wanted = {
        each.id: Draft(
            each, agreed[each.id].disposition, agreed[each.id].text, agreed[each.id].see,
            (agreed[each.id].turn, standing[each.id].turn if each.id in standing else 0), working.sign(followers.get(each.id, ())),
        )
        for each in comments
        if each.id in agreed
    }  # fmt: skip
    outcome = dict(zip(wanted, publish_drafts(on, list(wanted.values()), by=by, door=door), strict=True))
    return [outcome.get(each.id) or response_rules.not_agreed(each.number) for each in comments]


def _like(first: Draft, other: Comment) -> Responding:
    """“See comment 14”: what the first of the group is told holds for the others."""
    return Responding(other, first.disposition, "", first.see or first.to, 0)


def _open(followers: dict[int, list[Comment]], of: Draft) -> list[Comment]:
    """Those of a group that have neither a response nor one being prepared for them alone."""
    found = followers.get(of.to.id, [])
    taken = set(responses_to(each.id for each in found)) | set(proposals_to(each.id for each in found))
    return [each for each in found if each.id not in taken]


def proposals_to(comment_ids: Iterable[int]) -> dict[int, Proposal]:
    """What is being prepared for those comments, as it stands now, by the comment's id."""
    found = {}
    for some in portions(comment_ids):
        wanted = select(Proposal).where(Proposal.comment_id.in_(some)).execution_options(populate_existing=True)
        found.update({each.comment_id: each for each in db.session.scalars(wanted)})
    return found


def _check_team(by: Person, to: Comment, agreed: bool) -> None:
    group_id = to.round.group_id
    people.require(by, "response.propose", group_id)
    leads = people.may(by, "response.give", group_id)
    if agreed:
        people.require(by, "response.give", group_id)
    response_rules.check_may_propose(leads, to.drafter_id == by.id)


def _check_seen(wanted: Draft, proposal: Proposal | None, responses: bool = True) -> None:
    response_rules.check_seen(wanted.seen[0], proposal.turn if proposal else 0)
    if responses:
        given = responses_to([wanted.to.id]).get(wanted.to.id)
        response_rules.check_response("noted", "", wanted.seen[1], given.turn if given else 0)


def assign(on: Round, comment_ids: Iterable[int], drafter: Person | None, *, by: Person, door: str) -> int:
    """Give comments, with those that say the same, to somebody who drafts the responses (None: to nobody). Returns how many."""
    people.require(by, "response.give", on.group_id)
    response_rules.check_drafter(drafter.name if drafter else "", drafter is None or people.may(drafter, "response.propose", on.group_id))
    count = 0
    for some in portions(comment_ids):
        chosen = update(Comment).where(Comment.round_id == on.id, Comment.id.in_(some) | Comment.cluster_id.in_(some))
        given = chosen.where(Comment.withdrawn_at.is_(None)).values(drafter_id=drafter.id if drafter else None)
        count += db.session.execute(given.execution_options(synchronize_session="fetch")).rowcount
    record("comments.assigned", door=door, actor=by, subject=on, count=count, name=drafter.name if drafter else "", title=on.title)
    return count


def finish_answering(which: Round, *, by: Person, door: str, at: datetime | None = None) -> None:
    """The round is over and answered: every standing comment has its published response."""
    at = at or clock.now()
    people.require(by, "response.give", which.group_id)
    db.session.refresh(which, ["answered_at", "closed_at", "comments_made"], with_for_update={"of": Round})
    left, first = working.without_response(which.id)
    response_rules.check_answered(queries.state(which, at), which.answered_at is not None, left, first)
    which.answered_at = at
    record("round.answered", door=door, actor=by, group_id=which.group_id, subject=which, at=at, title=which.title)


def propose_each(wanted: list[Draft], *, agreed: bool = False, by: Person, door: str) -> list[Proposal | Refused]:
    """Prepare many responses. For each, in their order, what is prepared now, or the reason why it was not taken."""
    outcome: list[Proposal | Refused] = []
    for each in wanted:
        try:
            outcome.append(propose(each, agreed=agreed, by=by, door=door))
        except Refused as reason:
            outcome.append(reason)
    return outcome
