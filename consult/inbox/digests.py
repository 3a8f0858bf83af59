"""An answer to a digest as a whole: each remark goes where it names a comment or paragraph or stands below one; the rest comes back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flask_babel import force_locale, gettext, ngettext
from sqlalchemy import or_, select

from consult.delegations import queries as delegations
from consult.errors import Refused
from consult.extensions import db
from consult.inbox import courtesies, queries, receipts, rules, words
from consult.inbox.models import Arrival
from consult.inbox.numbers import numbered
from consult.inbox.own import own_words
from consult.inbox.reading import Remark, sanitised, sent_marks
from consult.inbox.results import Result
from consult.inbox.subtraction import QUOTE, unquoted
from consult.inbox.unwrapping import unwrapped
from consult.kit.words import N_
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review import marks
from consult.review import queries as review_queries
from consult.review.models import Comment, Round

MOST_NAMED = 40
WHICH = N_(
    "It answers a whole digest, and nobody can say which comment it is about. Send it again and begin each remark with the number of the "
    "comment, for example %(example)s I agree. In the digest stood: %(numbers)s."
)
NO_COMMENT = N_(
    "It answers a digest without comments, and names no paragraph of a round that is open. Write to the officers, or answer the letter "
    "with the text."
)
NOT_IN_IT = N_("There is no comment %(number)s in this digest. In it stood: %(numbers)s.")
NO_ROUND = N_(
    "Paragraph [%(mark)s] cannot be found: no round, or more than one, is open. Answer the letter that brought you the text, or begin with "
    "the number of a comment."
)
NO_PARAGRAPH = N_("The text of “%(title)s” has no paragraph [%(mark)s].")
FOR_THE_SET = N_(
    "You draft for a Party or organization in this round. So that it is not published by mistake, what you say on paragraphs is only taken "
    "from answers to the letter that brought you the text."
)
GONE = N_("Comment %(number)s is not there any more.")


@dataclass
class Book:
    """What a digest held: its comments by the number they were shown under, on which lines each stands, and the one round to comment in."""

    comments: dict[str, int] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)  # line of the letter: the number shown there
    marks: dict[int, str] = field(default_factory=dict)  # line of the letter: the paragraph named there, above comments of that round
    round: Round | None = None
    places: dict[str, int] = field(default_factory=dict)  # the paragraphs of that round's text

    @property
    def numbers(self) -> str:
        """The numbers that can be used, as a list."""
        known = list(self.comments)
        return ", ".join(known[:MOST_NAMED]) + (" …" if len(known) > MOST_NAMED else "")


@dataclass
class _Said:
    """Words while they are gathered: below which number or mark."""

    number: str = ""
    mark: str = ""
    lines: list[str] = field(default_factory=list)


def carry_out(reply, enter: Callable[..., Result]) -> Result:
    """Answer each comment that is named, comment on each paragraph that is; raises Refused when nothing could be placed.

    `enter` reads the remarks of a mail and says them in a round."""
    book = _book(reply)
    said = _without_courtesies(_gathered(reply, book), reply.person.name, bool(reply.mail.brought))
    if len(book.comments) == 1:
        said = [replace(each, number=each.number or ("" if each.mark else next(iter(book.comments)))) for each in said]
    result = Result("taken")
    for number, each in enumerate(said, 1):
        if not each.mark:
            _answered(each, number, book, reply, result)
    _commented([each for each in said if each.mark], book, reply, enter, result)
    if not result.understood:
        raise result.failures[0][1] if result.failures else _nowhere(book)
    rounds = {comment.round_id for comment in result.comments} | {answer.comment.round_id for answer in result.thread}
    reply.arrival.round_id = rounds.pop() if len(rounds) == 1 else None
    result.receipt = lambda *about: _receipt(result, *about)
    return result


def names_a_comment(own: str) -> bool:
    """Whether a line says something to a comment by its number: `Comment 57: I agree` is then no command."""
    found = ((line, numbered(line)) for line in own.split("\n"))
    return any(told and line[told.end :].strip() for line, told in found)


def _book(reply) -> Book:
    """Everything that the digest held, in all its parts; lines only of the part that is answered."""
    letter = reply.key.letter
    book = Book()
    if letter is None:
        return book
    parts = {part.id: [piece for piece in part.pieces or [] if piece.get("comment")] for part in _series(letter)}
    pieces = [piece for part in parts.values() for piece in part]
    book.comments = {piece["number"]: piece["comment"] for piece in pieces}
    for piece in parts[letter.id]:
        book.lines |= dict.fromkeys(range(*piece["lines"]), piece["number"])
    book.round = _the_round(reply.person, letter.group_id, {piece["round"] for piece in pieces})
    if book.round is not None:
        book.places = queries.marks(book.round.version_id)
        book.marks = _heads(letter.text, [piece for piece in parts[letter.id] if piece["round"] == book.round.id])
    return book


def _heads(text: str, pieces: list[dict]) -> dict[int, str]:
    """The lines right above comments that name their paragraph."""
    lines, named = text.split("\n"), sent_marks(text)
    found = {}
    for piece in pieces:
        at = piece["lines"][0] - 2
        while at >= 0 and lines[at].strip() and named[at]:
            found[at], at = named[at], at - 1
    return found


def _series(letter: Letter) -> list[Letter]:
    first = letter.series_id or letter.id
    return list(db.session.scalars(select(Letter).where(or_(Letter.id == first, Letter.series_id == first)).order_by(Letter.id)))


def _the_round(person: Person, group_id: int | None, about: set[int]) -> Round | None:
    """The one open round that a paragraph can mean: among those of the digest, else of the group."""
    waiting = [each for each in review_queries.open_rounds_of(person.id) if each.group_id == group_id]
    near = [each for each in waiting if each.id in about] or waiting
    return near[0] if len(near) == 1 else None


def _gathered(reply, book: Book) -> list[_Said]:
    """The person's own words, in order, each with what it names or stands below."""
    found = []
    texts = [file.said for file in reply.mail.brought if isinstance(file.said, str)]  # the packed text of the digest, written into
    for span in [span for text in (reply.mail.text, *texts) for span in own_words(text, reply.sent)]:
        after = span.after
        shown = book.lines.get(after, "") if after is not None else ""
        mark = "" if after is None or shown else book.marks.get(after, "")
        found.append(_Said(shown, mark if mark in book.places else ""))
        for line in span.text.split("\n"):
            _put(line, found, book)
    return [each for each in found if "".join(each.lines).strip()]


def _put(line: str, found: list[_Said], book: Book) -> None:
    """One more line; where it begins by naming a comment or paragraph, words for that begin with it."""
    quoted = QUOTE.match(line) is not None
    words_of_it = unquoted(line) if quoted else line
    said, end = _named(words_of_it, book)
    if said is not None:
        found.append(said)
        line = "" if quoted else words_of_it[end:]
    elif quoted and not "".join(found[-1].lines).strip():
        return  # a quote that was re-wrapped beyond recognition, above the answer to it
    found[-1].lines.append(line)


def _named(line: str, book: Book) -> tuple[_Said | None, int]:
    named = marks.named(line)
    if named:
        known = marks.known_marks(book.places)
        placed = marks.placed(named, known, list(known))
        if placed:
            return _Said(mark=placed[0], lines=[f"[{', '.join(placed[1:])}] " if len(placed) > 1 else ""]), named.end
        if len(named.numbers) == 1 and named.numbers[0] in book.comments:
            return _Said(number=named.numbers[0]), named.end
        return _Said(mark=named.numbers[0]), named.end
    told = numbered(line)
    if told and (told.sure or told.label in book.comments):
        return _Said(number=told.label), told.end
    return None, 0


def _without_courtesies(said: list[_Said], name: str, brings: bool) -> list[_Said]:
    """Without a greeting above, the person's own name below, and the word that a file is attached."""
    remarks = [
        Remark(each.mark or None, "\n".join(each.lines).strip(), marks=(each.number or each.mark,) if each.number or each.mark else ())
        for each in said
    ]
    covering = [brings and courtesies.is_covering(each) for each in remarks]
    said, remarks = ([each for each, covers in zip(row, covering, strict=True) if not covers] for row in (said, remarks))
    kept = courtesies.without_courtesies(remarks, name)
    greeted = len(remarks) > 1 and bool(kept) and kept[0] is not remarks[0]
    return [_Said(was.number, was.mark, [each.text]) for was, each in zip(said[greeted:], kept, strict=False) if each.text]


def _answered(said: _Said, number: int, book: Book, reply, result: Result) -> None:
    """One answer in the thread of a comment, or the one word that joins it."""
    text, arrival = "\n".join(said.lines).strip(), reply.arrival
    try:
        to = _comment(said, book)
        mark = to.paragraph.mark if to.paragraph else ""
        asked, below = words.standing(text)
        if asked:
            (review.join if asked == "JOIN" else review.leave)(to, by=reply.person, door="mail", at=arrival.received_at)
            result.understood.append({"type": asked.lower(), "id": to.id, "mark": mark})
            text = courtesies.unsigned(f"\n{below}", reply.person.name).strip()
        if text:
            about = {"verified": arrival.verified, "by": reply.person, "door": "mail", "at": arrival.received_at}
            made = review.answer(to, sanitised(unwrapped(text)), once=f"mail:{arrival.digest}:a{number}", **about)
            result.thread.append(made)
            result.understood.append({"type": "answer", "id": made.id, "mark": mark})
    except Refused as refused:
        result.failures.append((Remark(None, f"#{said.number}: {text}" if said.number else text), refused))


def _comment(said: _Said, book: Book) -> Comment:
    if not said.number:
        raise _nowhere(book)
    comment_id = book.comments.get(said.number)
    if comment_id is None and book.round is not None and said.number.isdecimal():
        wanted = select(Comment.id).where(Comment.round_id == book.round.id, Comment.number == int(said.number))
        comment_id = db.session.scalar(wanted.where(Comment.withdrawn_at.is_(None)))
    if comment_id is None:
        raise Refused(NOT_IN_IT, number=said.number, numbers=book.numbers) if book.comments else Refused(NO_COMMENT)
    found = db.session.get(Comment, comment_id)
    if found is None:
        raise Refused(GONE, number=said.number)
    return found


def _nowhere(book: Book) -> Refused:
    if not book.comments:
        return Refused(NO_COMMENT)
    return Refused(WHICH, example=f"#{next(iter(book.comments))}:", numbers=book.numbers)


def _commented(said: list[_Said], book: Book, reply, enter: Callable[..., Result], result: Result) -> None:
    """The remarks on paragraphs, and the files that came along, as an answer to the round itself."""
    brought = tuple(file for file in reply.mail.brought if not isinstance(file.said, str))
    if not said and not brought:
        return
    try:
        if book.round is None:
            raise Refused(NO_ROUND, mark=said[0].mark) if said else Refused(NO_COMMENT)
        if delegations.of_person(reply.person.id, book.round.id) is not None:
            raise Refused(FOR_THE_SET)
        for each in [each for each in said if each.mark not in book.places]:
            result.failures.append((_remark(each), Refused(NO_PARAGRAPH, title=book.round.title, mark=each.mark)))
            said.remove(each)
        if not said and not brought:
            return
        mail = replace(reply.mail, text="\n\n".join(f"[{each.mark}] " + "\n".join(each.lines).strip() for each in said), brought=brought)
        about = {"author": reply.person, "by": reply.person, "verified": reply.arrival.verified, "at": reply.arrival.received_at}
        entered = enter(book.round, mail, None, once=f"mail:{reply.arrival.digest}", **about)
    except Refused as refused:
        result.failures += [(_remark(each), refused) for each in said] or [(Remark(None, ""), refused)]
        return
    for name in ("comments", "understood", "failures", "unknown", "known", "thread", "questions"):
        getattr(result, name).extend(getattr(entered, name))
    result.files += entered.files


def _remark(said: _Said) -> Remark:
    return Remark(said.mark, "\n".join(said.lines).strip())


def _receipt(result: Result, arrival: Arrival, person: Person) -> None:
    """What each remark became; UNDO takes all of it back."""
    if not person.receipts and not result.failures:
        return
    group = db.session.get_one(Group, arrival.group_id)
    key = outbox.new_key(person, "receipt", arrival.id, group_id=group.id)
    answers = [(answer.comment, rules.first_words(answer.text)) for answer in result.thread]
    joined = [(each["type"], db.session.get_one(Comment, each["id"])) for each in result.understood if each["type"] in ("join", "leave")]
    with force_locale(person.language):
        failures = [(remark, receipts.told(refused), *rules.shortened(remark.text)) for remark, refused in result.failures]
        count = len(result.comments) + len(answers) + len(joined)
        subject = ngettext("Received: %(num)d remark on the digest", "Received: %(num)d remarks on the digest", count)
        if not count:
            subject = gettext("Received: your answer to the digest")
        receipts.Back(arrival, person, group.name, [key]).post(
            "receipt", subject, "digest", once=f"receipt:{arrival.digest}", group=group, answers=answers, joined=joined,
            entries=[receipts.entry_of(comment, group.slug) for comment in result.comments[: receipts.MOST_ENTRIES]],
            failures=failures, verified=arrival.verified,
        )  # fmt: skip
