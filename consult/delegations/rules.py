"""Pure: who may do what with the comments that a Party or organization prepares, and why not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.errors import Refused
from consult.kit.words import N_

MOST_REVIEWERS = 3  # own reviewers of one delegation, as in the Online Commenting System of Codex and IPPC
STATES: dict[str, str] = {
    "pending": N_("pending"),
    "verified": N_("verified"),
    "submitted": N_("submitted"),
    "withdrawn": N_("withdrawn"),
}
PARTS: dict[str, str] = {
    "contact": N_("contact point"),
    "deputy": N_("deputy of the contact point"),
    "reviewer": N_("own reviewer"),
}
UNSENT = ("pending", "verified")
LEADS = ("contact", "deputy")


@dataclass(frozen=True)
class Moment:
    """What the clock says of a delegation: the state of its round, whether its own deadline is over, whether its set is submitted."""

    round_state: str
    over: bool
    submitted: bool


def moment(round_state: str, closes_at: datetime | None, submitted_at: datetime | None, now: datetime) -> Moment:
    """How a delegation stands at that moment."""
    return Moment(round_state, closes_at is not None and now > closes_at, submitted_at is not None)


def check_round_open(now: Moment) -> None:
    """Nothing is prepared for a round that has ended; what was left stays and can be read."""
    if now.round_state == "closed":
        raise Refused(
            N_("The round is closed, so nothing more can be prepared for it. What was entered before is kept. Write to the secretariat.")
        )


def check_may_draft(part: str, now: Moment) -> None:
    """Own reviewers draft until the national deadline and until the set is submitted; contact point and deputy until the round closes."""
    if not part:
        raise Refused(N_("Only the contact point, its deputy and its own reviewers draft these comments."))
    check_round_open(now)
    if part == "reviewer" and now.submitted:
        raise Refused(
            N_("The contact point has submitted the comments already. Write to the contact point: until the round closes it can add.")
        )
    if part == "reviewer" and now.over:
        raise Refused(
            N_("The deadline that your contact point set is over. Write to the contact point: until the round closes it can add.")
        )


def check_may_lead(part: str, now: Moment) -> None:
    """Contact point and deputy verify, merge, correct and withdraw."""
    if part not in LEADS:
        raise Refused(N_("Only the contact point and its deputy do this."))
    check_round_open(now)


def check_may_change(part: str, now: Moment, own: bool, state: str) -> None:
    """Contact point and deputy change what is not submitted yet; reviewers their own, as long as nobody has verified it."""
    if state == "submitted":
        raise Refused(N_("This is submitted: it stands as a comment in the round, and the contact point changes it there."))
    check_may_draft(part, now)
    if part in LEADS:
        return
    if not own:
        raise Refused(N_("Only the contact point and its deputy change what somebody else wrote."))
    if state == "verified":
        raise Refused(N_("The contact point has verified this; write to the contact point if it should change."))


def check_states(states: Collection[str], wanted: Collection[str]) -> None:
    """What is verified was pending, what is withdrawn was not submitted, and something was chosen."""
    if not states:
        raise Refused(N_("Choose at least one comment."))
    if not set(states) <= set(wanted):
        raise Refused(N_("Not every comment you chose can be treated so; the states are shown beside them. Nothing was changed."))


def check_may_submit(part: str, now: Moment, contact: str) -> None:
    """Only the contact point speaks for the Party or organization."""
    if part != "contact":
        raise Refused(N_("Only the contact point, %(name)s, submits."), name=contact)
    if now.round_state == "planned":
        raise Refused(N_("The round has not opened yet; the comments can be submitted once it is open."))
    check_round_open(now)


def check_something_verified(verified: int, pending: int) -> None:
    """Nothing goes out that nobody has verified."""
    if not verified and pending:
        raise Refused(N_("Nothing is verified yet. Verify the comments that are to be submitted, then submit."))
    if not verified:
        raise Refused(N_("There is nothing to submit."))


def check_merge(paragraphs: Sequence[int | None], states: Sequence[str]) -> None:
    """Several become one: at least two, none submitted or withdrawn, all on the same paragraph."""
    if len(paragraphs) < 2:
        raise Refused(N_("Choose at least two comments to merge."))
    if not set(states) <= set(UNSENT):
        raise Refused(N_("Only comments that are pending or verified can be merged."))
    if len(set(paragraphs)) > 1:
        raise Refused(N_("They stand on different paragraphs. Merge only comments on the same one."))


def check_deadline(closes_at: datetime, round_closes_at: datetime, now: datetime) -> None:
    """The own deadline leaves time before the round's."""
    if closes_at <= now:
        raise Refused(N_("The deadline lies in the past. Choose a later one."))
    if closes_at >= round_closes_at:
        raise Refused(N_("Your own deadline must be earlier than the round's, so that time is left to verify and submit."))


def check_room(count: int) -> None:
    """A delegation has only so many own reviewers."""
    if count >= MOST_REVIEWERS:
        raise Refused(N_("A Party or organization has at most %(most)s own reviewers. Take one off first."), most=MOST_REVIEWERS)


def merged(texts: Sequence[str], proposed: Sequence[str], words: str) -> tuple[str, str]:
    """The text and the wording that several comments make together; a second, different wording is kept in the text below `words`."""
    kept = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    wordings = list(dict.fromkeys(each.strip() for each in proposed if each.strip()))
    return "\n\n".join(kept + [f"{words}\n{other}" for other in wordings[1:]]), wordings[0] if wordings else ""
