"""A whole round for one member who has only e-mail: every octet sent to them, by kind of letter, against what could be sent.

A draft of 22 pages and 160 paragraphs, 300 comments by 25 experts in 28 days, weekly digests, then a revision of a fifth of it. The same
round is reckoned as a mailing list would have carried it, every post forwarded with what it answers quoted, and as the least it can take:
what is new in it, compressed as hard as xz can."""

import lzma
import re
import textwrap
from collections import Counter
from datetime import UTC, datetime, timedelta

import time_machine

from bench import prose, world
from bench.figures import Figure, note, tell
from bench.house import house
from consult.alerts import actions as alerts
from consult.alerts.withholding import withheld
from consult.drafts import queries as drafts
from consult.drafts.models import Version
from consult.extensions import db, transaction
from consult.journal.models import Untold
from consult.kit import clock
from consult.outbox import sending
from consult.outbox.models import Letter
from consult.people.models import Group, Person
from consult.review import actions as review
from consult.review.models import Comment, Round
from tests import make

PARAGRAPHS, COMMENTS, EXPERTS, DAYS = 160, 300, 25, 28
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MOST, MOST_PACKED = 260, 130
NAMES = (
    "Amina Bao Carla Dmitri Elena Farid Grace Hiro Ines Jamal Keiko Lars Mei "
    "Nadia Oumar Paula Qasim Rosa Samir Tala Umar Vera Wanda Xin Yara"
)
PARTIES = (
    "Algeria, Brazil, Cameroon, Costa Rica, Ecuador, Ethiopia, European Union, Fiji, Germany, Ghana, India, Islamic Republic of Iran, "
    "Jamaica, Japan, Kenya, Malawi, Mexico, Nepal, New Zealand, Norway, Russian Federation, Samoa, Thailand, Viet Nam, Zambia"
)
KINDS = {"opening": "draft", "digest": "digests", "version": "changes", "changes": "changes"}


def measure() -> list[Figure]:
    """The same round twice: in plain letters, and with long texts as packed files."""
    plain, packed = _round(), _round(packing="gz")
    _table(plain, packed)
    return [
        tell(Figure("the whole round by mail, plain text on the wire", plain["all"], "kB", most=MOST, bar=f"≤ {MOST} kB")),
        tell(Figure("the same with long texts as packed files", packed["all"], "kB", most=MOST_PACKED, bar=f"≤ {MOST_PACKED} kB")),
        tell(Figure("digests against the new words in them", plain["digests"], "kB", plain["words"], most=1.4, bar="≤ 1.4 × (142 / 103)")),
    ]


def _round(**chosen) -> dict[str, float]:
    """Kilobytes by kind of letter, the compared ways beside them."""
    with house() as (_, _), time_machine.travel(START, tick=False) as now:
        group, officer, experts = world.group(EXPERTS)
        reader = make.member(group, make.person("Maya Rao", means="mail", rhythm="weekly", **chosen))
        for each, name, party in zip(experts, NAMES.split(), PARTIES.split(","), strict=True):
            each.name, each.organization.name = f"{name} {each.name.split()[0]}", party.strip()
        for each in [officer, *experts]:
            each.rhythm = "none"
        db.session.execute(db.delete(Untold))
        articles = [f"{number}. {text}" for number, text in enumerate(prose.articles(PARAGRAPHS), 1)]
        version = make.published(make.draft(group), "\n\n".join(articles), by=officer)
        opened = review.open_round(
            version, title="First round", opens_at=clock.now(), closes_at=clock.now() + timedelta(days=DAYS), by=officer, door="page"
        )
        db.session.commit()
        _days(now, opened, experts)
        revised = make.published(version.draft, "\n\n".join(_revised(articles)), by=officer)
        db.session.commit()
        for _ in range(8):
            now.shift(timedelta(days=1))
            _turn()
        return _counted(reader, opened, revised)


def _days(now, opened, experts: list[Person]) -> None:
    """Four weeks; the comments of each day, and in the evening what the worker does."""
    places = list(drafts.pieces(opened.version_id))
    rows = [db.session.get(Version, opened.version_id).paragraphs[at] for at in range(len(places))]
    said = prose.remarks(COMMENTS)
    _turn()
    for day in range(DAYS):
        for number in range(day * COMMENTS // DAYS, (day + 1) * COMMENTS // DAYS):
            now.shift(timedelta(minutes=7))
            where = rows[number * 97 % len(rows)]
            proposed = _reworded(where.text) if number % 6 == 0 else ""
            by, kind = experts[number * 13 % EXPERTS], world.TYPES[number % 5]
            with transaction():
                review.comment(opened, paragraph=where, text=said[number], type=kind, proposed=proposed, by=by, door="page", at=clock.now())
        now.move_to(START + timedelta(days=day + 1))
        _turn()
    now.shift(timedelta(hours=1))
    with transaction():
        review.close_due(clock.now())
    _turn()


def _turn() -> None:
    """What the worker does about letters."""
    with transaction():
        review.remind_due(clock.now())
    alerts.spread(clock.now())
    alerts.write_due(clock.now())
    sending.send_due(clock.now(), withheld=withheld)


def _reworded(text: str) -> str:
    """A proposal as experts make them: a word exchanged, a few added at the end."""
    words = re.sub(r"\b(must|may|shall|will)\b", "should", text, count=1)
    return words.rstrip(".") + ", in accordance with national circumstances and priorities."


def _revised(articles: list[str]) -> list[str]:
    """The next version: every fifth paragraph is said a little differently, one is new."""
    revised = [_reworded(text) if number % 5 == 0 else text for number, text in enumerate(articles)]
    return [*revised, f"{PARAGRAPHS + 1}. {prose.remarks(1, 400)[0]}"]


def _counted(reader: Person, opened: Round, revised: Version) -> dict[str, float]:
    counted: Counter[str] = Counter()
    version = opened.version
    letters = list(db.session.scalars(db.select(Letter).where(Letter.person_id == reader.id).order_by(Letter.id)))
    assert letters and all(letter.state == "sent" for letter in letters), "not every letter left"
    for letter in letters:
        kind = "version" if letter.created_at > opened.closes_at + timedelta(hours=1) else letter.kind
        counted[KINDS.get(kind, "others")] += letter.octets
        note(f"{letter.created_at:%d %b} {letter.kind:<10}{letter.octets:>8,}  {letter.subject}")
    counted["letters"] = len(letters)
    counted["all"] = sum(letter.octets for letter in letters)
    comments = list(db.session.scalars(db.select(Comment).order_by(Comment.id)))
    texts = [paragraph.text for paragraph in version.paragraphs]
    told = drafts.diff_text(version, revised)
    counted["words"] = sum(len(said.encode()) for said in map(_words, comments))
    least = [_least(part) for part in ("\n".join(texts), "\n".join(map(_words, comments)), told)]
    note("compressed: draft {:,}, comments {:,}, changes {:,}".format(*least))
    counted["least"] = sum(least)
    counted["forwarded"] = _forwarded(version.draft.group, comments, texts, [paragraph.text for paragraph in revised.paragraphs])
    return {name: count if name == "letters" else count / 1000 for name, count in counted.items()}


def _words(comment: Comment) -> str:
    """What is new in a comment: its words, and those that a proposal puts in."""
    put_in = re.findall(r"\{\+(.*?)\+\}", _difference(comment)) if comment.proposed else []
    return "\n".join([comment.text, *put_in])


def _difference(comment: Comment) -> str:
    from consult.drafts.wording import as_text, difference

    return as_text(difference(comment.paragraph.text, comment.proposed))


def _least(text: str) -> int:
    return len(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _forwarded(group: Group, comments: list[Comment], texts: list[str], revised: list[str]) -> int:
    """The bodies alone, where a list forwards every post: both texts, and each comment above what it answers, quoted."""
    posts = ["\n\n".join(textwrap.fill(text, 72) for text in whole) for whole in (texts, revised)]
    for comment in comments:
        proposed = f"\n\nProposed wording:\n{textwrap.fill(comment.proposed, 72)}" if comment.proposed else ""
        quoted = textwrap.fill(comment.paragraph.text, 70, initial_indent="> ", subsequent_indent="> ")
        introduced = f"On {comment.received_at:%a, %d %b %Y at %H:%M}, {group.short} secretariat wrote:"
        posts.append(f"{textwrap.fill(comment.text, 72)}{proposed}\n\n{introduced}\n{quoted}\n\n-- \n{comment.author.name}\n")
    return sum(len(post.replace("\n", "\r\n").encode()) for post in posts)


def _table(plain: dict[str, float], packed: dict[str, float]) -> None:
    print(f"  {'kB':<34}{'plain':>9}{'packed':>9}")
    for kind in ("draft", "digests", "changes", "others", "all"):
        print(f"  {kind:<34}{plain.get(kind, 0):>9.1f}{packed.get(kind, 0):>9.1f}")
    print(f"  {'letters':<34}{plain['letters']:>9.0f}{packed['letters']:>9.0f}")
    print(f"  {'every post forwarded with quotes':<34}{plain['forwarded']:>9.1f}   (bodies alone)")
    print(f"  {'what is new, compressed (xz)':<34}{plain['least']:>9.1f}", flush=True)
