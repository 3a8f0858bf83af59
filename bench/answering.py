"""A round of 51,387 comments on 2,000 paragraphs answered as one of 500 is: the working view, and grouping what says the same."""

import gzip
import random
import time

from sqlalchemy import insert

from bench import world
from bench.figures import Figure, by_turns, note, tell
from bench.house import POSTGRES, Browser, house, web
from consult.drafts.models import Paragraph, Version
from consult.extensions import db
from consult.kit import clock
from consult.people.models import Person
from consult.review import grouping, working
from consult.review.models import Comment, Response, Round
from tests import make

PARAGRAPHS, MANY, FEW = 2_000, 51_387, 500
CAMPAIGNS = 40  # texts that many people send word for word or nearly so
SECONDS, LARGEST = 60, 25.0
chance = random.Random(51_387)


def measure() -> list[Figure]:
    """The same pages of a large and of a small round by turns, through gunicorn, on both databases."""
    found = _on("SQLite", "")
    if POSTGRES:
        return found + _on("PostgreSQL", POSTGRES)
    note("PostgreSQL left out: CONSULT_TEST_DATABASE names no server")
    return found


def _on(name: str, database: str) -> list[Figure]:
    with house(database) as (app, env):
        group, officer, people = world.group(60)
        large, small = (_round(group, officer, people, count) for count in (MANY, FEW))
        if database:
            db.session.execute(db.text("analyze"))
            db.session.commit()
        cookie = world.signed_in(app, officer)
        found = [_grouped(name, large, officer)]
        with web(env) as served:
            found += _pages(name, Browser(*served, cookie=cookie), group.slug, large, small)
        return found


def _round(group, officer: Person, people: list[Person], count: int) -> Round:
    """A closed round of so many comments, a third of them answered, a fifth sent by campaigns."""
    version = make.published(make.draft(group, f"Draft of {count}"), world.text(PARAGRAPHS, 40), by=officer)
    opened = make.round(version, by=officer)
    now, campaigns = clock.now(), [world.prose(60) for _ in range(CAMPAIGNS)]
    places = _places(version)
    rows = []
    for number in range(1, count + 1):
        text, place = world.prose(45), chance.choice(places)
        if number % 5 == 0:
            which = chance.randrange(CAMPAIGNS)
            text, place = _altered(campaigns[which]) if number % 2 else campaigns[which], places[which * 7]
        proposed = world.sentence(20) if number % 4 == 0 else ""
        rows.append(
            {
                "round_id": opened.id, "number": number, "paragraph_id": place, "author_id": chance.choice(people).id, "text": text,
                "html": f"<p>{text}</p>", "proposed": proposed if number % 5 else "", "type": world.TYPES[number % 5], "door": "page",
                "received_at": now,
            }
        )  # fmt: skip
    for start in range(0, count, 2_000):
        db.session.execute(insert(Comment), rows[start : start + 2_000])
    opened.comments_made = count
    ids = list(db.session.scalars(db.select(Comment.id).where(Comment.round_id == opened.id, Comment.number % 3 == 0)))
    answers = [{"comment_id": each, "disposition": "noted", "text": world.sentence(14), "by_id": officer.id, "at": now} for each in ids]
    db.session.execute(insert(Response), answers)
    opened.closed_at = now
    db.session.commit()
    return opened


def _places(version: Version) -> list[int]:
    wanted = db.select(Paragraph.id).where(Paragraph.version_id == version.id, Paragraph.kind != "heading").order_by(Paragraph.position)
    return list(db.session.scalars(wanted))


def _altered(text: str) -> str:
    """The same with one word of its own, as campaigns ask for."""
    words = text.split()
    words[chance.randrange(len(words))] = chance.choice(("Kenya", "Chile", "Samoa"))
    return " ".join(words)


def _grouped(name: str, large: Round, officer: Person) -> Figure:
    """What the worker does when an officer asks for it."""
    grouping.group_same(large, by=officer, door="page")
    db.session.commit()
    start = time.perf_counter()
    grouping.group_due(clock.now())
    took = time.perf_counter() - start
    joined = db.session.scalar(db.select(db.func.count()).select_from(Comment).where(Comment.cluster_id.is_not(None)))
    note(f"{joined} comments joined to one before them")
    return tell(Figure(f"{name}: grouping {MANY:,} comments", took, "s", most=SECONDS, bar=f"≤ {SECONDS} s"))


def _pages(name: str, browser: Browser, slug: str, large: Round, small: Round) -> list[Figure]:
    """The first page, one in the middle, the last, and the open comments only."""
    found = []
    for what in ("first page", "middle", "last page", "without response", "progress"):
        ours, theirs = (_address(slug, of, what) for of in (large, small))
        assert browser.get(ours).status == browser.get(theirs).status == 200
        a, b = by_turns(40, lambda at=ours: browser.get(at), lambda at=theirs: browser.get(at))
        bar = {"most": 1.3, "bar": f"≤ 1.3 × the round of {FEW}"} if what != "progress" else {}
        found.append(tell(Figure(f"{name}: answering {MANY:,} comments, {what}, p50", a, "ms", b, **bar)))
    size = len(gzip.compress(browser.get(_address(slug, large, "middle")).body, 6)) / 1000
    return [*found, tell(Figure(f"{name}: the working view, compressed", size, "kB", most=LARGEST, bar=f"≤ {LARGEST:.0f} kB"))]


def _address(slug: str, of: Round, what: str) -> str:
    here = f"/g/{slug}/r/{of.id}/answering"
    wanted = working.Wanted(of.id, of.version_id)
    last = working.page(wanted, (10**6, 0)).before
    asked = {"first page": "", "without response": "?state=open", "progress": "/progress"}
    asked |= {"middle": f"?from={PARAGRAPHS // 2}.0", "last page": f"?from={last[0]}.{last[1]}"}
    return here + asked[what]


if __name__ == "__main__":
    measure()
