"""Letters back to whoever wrote: what was understood, refused or kept waiting. One for one mail, none to machines or strangers."""

from dataclasses import dataclass, field
from datetime import timedelta

from flask import current_app, render_template
from flask_babel import force_locale, gettext, ngettext

from consult.errors import Refused
from consult.inbox import guessing, kindness, parity, queries, rules
from consult.inbox.judging import NO_COMMAND
from consult.inbox.message import Read
from consult.inbox.models import Arrival
from consult.inbox.results import Result
from consult.kit.text import one_line
from consult.outbox import actions as outbox
from consult.outbox.models import Letter, ReplyKey
from consult.people.models import Group, Person
from consult.people.rules import COMMANDS
from consult.review.models import Answer, Comment, Round
from consult.review.rules import TYPES
from consult.web.filters import instant_words
from consult.web.forms import translated

WISH_LASTS = timedelta(days=30)
MOST_ENTRIES = 60
"""Comments that a receipt lists; of more it gives the number."""


@dataclass(frozen=True)
class Entry:
    """One comment as a receipt names it."""

    number: int
    mark: str
    type: str
    words: str
    proposed: bool
    group: str
    round_id: int


@dataclass(frozen=True)
class Back:
    """A letter back: to whom, about which mail."""

    arrival: Arrival
    person: Person
    group_name: str = ""
    keys: list[ReplyKey] = field(default_factory=list)

    def post(self, kind: str, subject: str, template: str, *, once: str, **values: object) -> Letter | None:
        """Write it in the person's language and put it into the outbox; None when it was written already."""
        text = render_template(f"mail/inbox/{template}.txt", person=self.person, arrival=self.arrival, **values)
        return outbox.post(
            kind=kind, person=self.person, subject=subject, text=text, group_id=self.arrival.group_id, group_name=self.group_name,
            once=once, keys=self.keys, reply_to_key=0 if self.keys else None, automatic="auto-replied", headers=threading(self.arrival),
        )  # fmt: skip


def threading(arrival: Arrival) -> dict[str, str]:
    """What makes a mail program show the letter under the mail it answers (RFC 5322 3.6.4); nothing for an odd identifier."""
    identifier = arrival.message_id.strip("<>")
    if (
        not identifier.isascii()
        or not (3 <= len(identifier) <= 200)
        or any(sign in identifier for sign in ' <>"\\')
        or "@" not in identifier
    ):
        return {}
    return {"In-Reply-To": f"<{identifier}>", "References": f"<{identifier}>"}


def receipt(arrival: Arrival, person: Person, result: Result, on: Round, group: Group, mail: Read, once: str = "") -> Letter | None:
    """Tell in one short letter which comments a mail became, on which paragraphs, what was left out, and how to undo it."""
    if not person.receipts and not result.failures:
        return None
    key = outbox.new_key(person, "receipt", arrival.id, group_id=on.group_id)
    entries = [entry_of(comment, group.slug) for comment in result.comments[:MOST_ENTRIES]]
    failures = [_returned(remark, refused, person) for remark, refused in result.failures]
    with force_locale(person.language):
        return Back(arrival, person, group.name, [key]).post(
            "receipt", _received(result, on), "receipt", once=once or f"receipt:{arrival.digest}", round=on,
            entries=entries, unknown=result.unknown,
            failures=[(remark, told(refused), text, cut) for remark, refused, text, cut in failures], verified=arrival.verified,
            answer=result.answer_to, guessed=result.guessed, mended=result.mended, by_mail=person.means == "mail",
            group=group, newer=queries.newer(on.version_id), cut=mail.cut, files=len(mail.attachments) - result.files, type_names=TYPES,
            more=len(result.comments) - len(entries),
            known=[comment.number for comment in result.known], twice=[comment.number for comment in result.twice],
            notes=[told(note) for note in result.notes], thread=[answer.comment.number for answer in result.thread],
            late=[made.written_at and instant_words(made.written_at, person.zone) for made in result.comments if made.late][:1],
            questions=[(f"Q{each.question.position}", rules.first_words(each.text)) for each in result.questions],
        )  # fmt: skip


def _received(result: Result, on: Round) -> str:
    if result.answer_to is not None:
        return gettext("Received: your answer to comment %(number)s of “%(title)s”", number=result.answer_to.number, title=on.title)
    count, questions = len(result.comments), len(result.questions)
    if questions and not count:
        return ngettext("Received: %(num)d answer on “%(title)s”", "Received: %(num)d answers on “%(title)s”", questions, title=on.title)
    if not count and result.twice:
        return gettext("Received: your letter on “%(title)s”", title=on.title)
    if not count and (result.thread or result.known):
        return gettext("Received: your file on “%(title)s”", title=on.title)
    return ngettext("Received: %(num)d comment on “%(title)s”", "Received: %(num)d comments on “%(title)s”", count, title=on.title)


def _returned(remark, refused: Refused, person: Person) -> tuple:
    """A remark that was not entered, with as much of its text as the person's letters hold."""
    text = f"{remark.text}\nPROPOSED: {remark.proposed}" if remark.proposed else remark.text
    return remark, refused, *rules.shortened(text, _room(person))


def _room(person: Person) -> int:
    """How many characters of a person's own text go back to them: less for whoever wants small letters."""
    return min(rules.LONGEST_RETURNED, person.limit_bytes // 4) if person.limit_bytes else rules.LONGEST_RETURNED


def entry_of(comment, slug: str) -> Entry:
    """A comment as a receipt names it."""
    words = rules.first_words(comment.text or comment.proposed)
    mark = comment.paragraph.mark if comment.paragraph else ""
    return Entry(comment.number, mark, comment.type, words, bool(comment.proposed), slug, comment.round_id)


def undone(arrival: Arrival, person: Person, result: Result, group: Group) -> Letter | None:
    """Tell that what an earlier mail became was taken back."""
    with force_locale(person.language):
        comments = [said for said in result.comments if isinstance(said, Comment)]
        answers = [(said.comment, rules.first_words(said.text)) for said in result.comments if isinstance(said, Answer)]
        taken = [str(comment.number) for comment in [*comments, *(comment for comment, _ in answers)]]
        numbers = ", ".join([*dict.fromkeys(taken), *(f"Q{a.question.position}" for a in result.questions)])
        return Back(arrival, person, group.name).post(
            "receipt", gettext("Taken back: %(numbers)s", numbers=numbers), "undone", once=f"receipt:{arrival.digest}",
            entries=[entry_of(comment, group.slug) for comment in comments], answers=answers,
            failures=[told(refused) for _, refused in result.failures],
            questions=[f"Q{each.question.position}" for each in result.questions],
        )  # fmt: skip


def refusal(arrival: Arrival, person: Person, kind: str, refused: Refused, own_text: str) -> Letter | None:
    """Give the person the reason and their own text back."""
    with force_locale(person.language):
        subject = gettext("Not entered: %(subject)s", subject=_subject(arrival))
        return _unused(arrival, person, "refusal", kind, subject, refused, rules.shortened(own_text, _room(person)))


def held(arrival: Arrival, person: Person, kind: str, reason: Refused, own_text: str) -> Letter | None:
    """Tell the person that their mail is kept and waits for an officer."""
    with force_locale(person.language):
        subject = gettext("Kept for the secretariat: %(subject)s", subject=_subject(arrival))
        return _unused(arrival, person, "held", f"held-{kind}", subject, reason, rules.shortened(own_text, 1500))


def _unused(
    arrival: Arrival, person: Person, letter: str, kind: str, subject: str, reason: Refused, own: tuple[str, bool]
) -> Letter | None:
    """Every mail that could not be used has its letter, ten a person and day; whose participation has ended, one of a kind and day."""
    text, cut = own
    posted = 0
    if person.ended_at is None:
        once, posted = f"refusal:{arrival.digest}", kindness.returned_today(person)
    else:
        once = rules.refusal_once(arrival.sender, kind, arrival.received_at.date())
    if posted >= rules.MOST_RETURNED:
        return None
    return _answered_at_desk(Back(arrival, person).post(
        letter, subject, letter, once=once, reason=told(reason), own=text, cut=cut, last=posted + 1 == rules.MOST_RETURNED,
        officers=kindness.officers_of(person, arrival.group_id), desk=kindness.desk_address(), domain=current_app.config["MAIL_DOMAIN"],
        offers_help=reason.reason == NO_COMMAND, reading=parity.READ, settings=COMMANDS[3:],
    ))  # fmt: skip


def _answered_at_desk(letter: Letter | None) -> Letter | None:
    """An answer to this letter goes to the desk."""
    if letter is not None:
        letter.reply_to = kindness.desk_address()
    return letter


def commands(arrival: Arrival, person: Person, result: Result, key: ReplyKey | None = None, once: str = "") -> Letter | None:
    """Answer all the commands of a mail in one letter; where something waits for a YES, an answer to this letter is one.

    `key`: what a YES confirms besides; `once`: what makes it a further letter about the same mail."""
    keys = [outbox.new_key(person, "wish", result.wishes[0].id, expires_at=arrival.received_at + WISH_LASTS)] if result.wishes else []
    keys = [key] if key else keys
    unread = [(line, guessing.meant(line)) for line in result.unread[:50]]
    with force_locale(person.language):
        return Back(arrival, person, keys=keys).post(
            "commands", gettext("Answer to: %(subject)s", subject=_subject(arrival)), "commands", once=f"commands:{arrival.digest}{once}",
            blocks=result.answers, unread=unread, left=result.left, domain=current_app.config["MAIL_DOMAIN"], verified=arrival.verified,
        )  # fmt: skip


def told(refused: Refused) -> str:
    """A reason in the language that is set, its values filled in."""
    return translated(refused)


def _subject(arrival: Arrival) -> str:
    return one_line(rules.redacted(arrival.subject), 80) or gettext("your letter")
