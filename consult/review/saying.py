"""Saying something in a round: one remark from a page, or all the remarks of a mail in one go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from consult.drafts.models import Paragraph
from consult.errors import Refused
from consult.extensions import db, stored_all
from consult.journal.actions import record_each
from consult.kit import clock
from consult.kit.text import many_lines, one_line
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.review import carrying, guests, lateness, queries, rules
from consult.review.models import Comment, Round
from consult.web.markup import safe_html

WORDS_KEPT_AROUND = 32
# Asked with every comment, so it is put together once.
NUMBERS = (
    update(Round.__table__)
    .where(Round.__table__.c.id == bindparam("round"))
    .values(comments_made=Round.__table__.c.comments_made + bindparam("count"))
    .returning(Round.__table__.c.comments_made)
)


@dataclass(frozen=True)
class Saying:
    """One remark before it is a comment: about a paragraph (None: the whole draft) or words quoted from it. `once` names the submission."""

    paragraph: Paragraph | None
    text: str
    type: str = "general"
    proposed: str = ""
    quote: str = ""
    on_behalf_of: str = ""
    once: str | None = None
    consent: str = "named"


def comment(
    on: Round,
    *,
    paragraph: Paragraph | None,
    text: str,
    type: str = "general",
    proposed: str = "",
    quote: str = "",
    on_behalf_of: str = "",
    consent: str = "named",
    author: Person | None = None,
    once: str | None = None,
    verified: bool = True,
    by: Person,
    door: str,
    at: datetime | None = None,
    received_at: datetime | None = None,
) -> Comment:
    """Say something about a paragraph, about words quoted from it, or about the whole draft. The same `once` twice is one comment.

    `received_at`: when it came, if an officer enters now what came earlier by fax, phone or paper; by that it is late or in time.
    """
    said = Saying(paragraph, text, type, proposed, quote, on_behalf_of, once, consent)
    (made,) = comment_all(on, [said], author=author, verified=verified, by=by, door=door, at=at, received_at=received_at)
    if isinstance(made, Refused):
        raise made
    return made


def comment_all(
    on: Round, said: list[Saying], *, author: Person | None = None, verified: bool = True, by: Person, door: str,
    at: datetime | None = None, received_at: datetime | None = None, told: bool = True,
) -> list[Comment | Refused]:  # fmt: skip
    """Say several things at once. For each, in their order, the comment it became, or the reason why it became none.

    `told`: the journal tells each of them; without it the caller writes down one event about them all.
    """
    at, author = at or clock.now(), author or by
    received = received_at or at
    rules.check_received(received, at)
    known = queries.known_by_once([each.once for each in said if each.once])
    refusal = _or_refusal(check_may, on, author, by, at)
    outcome = [known.get(each.once) or refusal or _or_refusal(_written, on, each) for each in said]
    new = [made for made in outcome if isinstance(made, Comment) and made.id is None]
    marks = lateness.marks(on, received)
    for number, made in enumerate(new, last_number(on, len(new)) - len(new) + 1):
        made.number, made.author_id, made.entered_by_id = number, author.id, by.id if by.id != author.id else None
        made.door, made.verified, made.received_at = door, verified, received
        made.late, made.written_at = marks["late"], marks["written_at"]
    kept = stored_all(new, "number", author=author)
    carrying.catch_up(on, {made.id for made in kept})
    if told:
        told_of = [
            (made, {"number": made.number, "mark": made.paragraph.mark if made.paragraph else "", "round_id": on.id}) for made in kept
        ]
        record_each("comment.made", told_of, door=door, actor=author, group_id=on.group_id, at=at)
    return [queries.find_by_once(made.once) if made in new and made not in kept else made for made in outcome]


def _or_refusal(work: Callable, *given: object) -> object:
    """What the work gives, or the refusal it ended with."""
    try:
        return work(*given)
    except Refused as refused:
        return refused


def check_may(on: Round, author: Person, by: Person, at: datetime) -> None:
    """Whether this author may comment there now, and `by` enter it for them."""
    guests.require_reading(by, on)
    manages = people.may(by, "comment.manage", on.group_id)
    if author.id != by.id and not manages:
        people.require(by, "comment.manage", on.group_id)
    state = queries.state(on, at)
    state = "open" if state == "closed" and lateness.takes(on, at) else state
    rules.check_may_comment(state, queries.invited(on.id, author.id), manages)


def _written(on: Round, said: Saying) -> Comment:
    """The comment that the words make, by whomever and whenever they are said."""
    made = Comment(**checked(on, said))
    set_committed_value(made, "paragraph", said.paragraph)
    return made


def checked(on: Round, said: Saying, html: str = "") -> dict:
    """The columns of the comment that the words make, once the rules let them pass; `html`: the words made safe, if they are already."""
    paragraph, text, proposed = said.paragraph, many_lines(said.text), wording(said.proposed, said.paragraph)
    rules.check_words(text, proposed)
    rules.check_type(said.type, on.types)
    if paragraph is not None and paragraph.version_id != on.version_id:
        raise Refused(
            N_("This paragraph belongs to another version than the round asks about. Open the round's version and comment there.")
        )
    before, quote, after = _quoted(paragraph, said.quote)
    return {
        "round_id": on.id, "once": said.once, "paragraph_id": paragraph.id if paragraph else None, "type": said.type, "text": text,
        "html": html or safe_html(text), "proposed": proposed, "quote": quote, "quote_before": before, "quote_after": after,
        "on_behalf_of": one_line(said.on_behalf_of, 200), "consent": rules.check_consent(said.consent),
    }  # fmt: skip


def wording(proposed: str, paragraph: Paragraph | None) -> str:
    """A proposed wording as it is kept: without the number that is printed before the paragraph anyway."""
    proposed = many_lines(proposed)
    return rules.tidied_wording(proposed, paragraph.printed, paragraph.text) if paragraph is not None else proposed


def _quoted(paragraph: Paragraph | None, quote: str) -> tuple[str, str, str]:
    """The words before, the exact words, the words after (W3C TextQuoteSelector); words that are not there are refused."""
    quote = quote.strip()
    if not quote:
        return "", "", ""
    start = paragraph.text.find(quote) if paragraph is not None else -1
    if start < 0:
        raise Refused(N_("The quoted words do not stand in this paragraph. Copy them exactly, or leave the quotation empty."))
    end = start + len(quote)
    return paragraph.text[max(0, start - WORDS_KEPT_AROUND) : start], quote, paragraph.text[end : end + WORDS_KEPT_AROUND]


def last_number(on: Round, count: int) -> int:
    """The last of so many new numbers of the round, each given once however many people comment at the same moment."""
    if count:
        last = db.session.connection().scalar(NUMBERS, {"round": on.id, "count": count})
        set_committed_value(on, "comments_made", last)
        if on.answered_at is not None:  # what comes late has no response yet
            on.answered_at = None
    return on.comments_made
