"""One member who never opens a page, from invitation to compilation: over real SMTP and LMTP, and every octet of it counted."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest

from consult.drafts import queries as drafts
from consult.extensions import db, transaction
from consult.kit import clock
from consult.meetings import actions as meetings
from consult.outbox import ledger
from consult.papers import actions as papers
from consult.people import actions as acting
from consult.people import queries as people
from consult.people.models import Group, Person
from consult.polls import actions as polls
from consult.review import actions as review
from consult.review import queries as reviews
from consult.review.models import Comment
from tests import make
from tests.inbox import clients
from tests.journeys.consulting import until
from tests.journeys.inside import inside
from tests.journeys.posting import Mailbox, flat, text_of
from tests.office.paper import cut, end, ins, note, notes, p, package, r, start
from tests.outbox import sink

SEINI = "seini@island.example"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAID = (
    "Paragraph {n} asks the Parties to share what their laboratories have learnt about terms of transfer, to say which of it they would "
    "do again, and to tell the secretariat by letter how much of the equipment of item {n} still works after two rainy seasons."
)
ARTICLES = [f"{n}. " + SAID.format(n=n) + f" Number {n} is reviewed every {n + 1} years." for n in range(1, 41)]
REPORT = ["1. The meeting was opened at 10 a.m. by the chair.", "2. It agreed that equipment must be repaired before more is sent."]


@pytest.fixture
def post():
    """A mail server in the outer world."""
    with sink.running() as server:
        yield server


def test_a_member_with_only_e_mail_takes_part_in_everything(consult, post, capsys):
    consult.environment["CONSULT_SMTP_URL"] = f"smtp://127.0.0.1:{post.port}"
    with inside(consult):
        founded()
    consult.start()
    seini = Mailbox(consult, post, "Seini Taufa", SEINI)
    says_what_her_line_bears(consult, seini)
    gets_the_draft_in_parts_and_fetches_a_lost_one(consult, seini)
    comments_in_every_shape(consult, seini)
    corrects_and_is_corrected(consult, seini)
    votes(consult, seini)
    apologises_and_comments_on_the_report(consult, seini)
    gets_version_2_as_changes(consult, seini)
    reads_the_compilation(consult, seini)
    asks_how_she_stands_and_stops(consult, seini)
    every_octet_is_in_the_ledger(consult, seini, capsys)


@contextmanager
def secretariat(consult):
    """What the officer does meanwhile: (the officer, the group)."""
    with inside(consult), transaction():
        group = db.session.scalars(db.select(Group)).one()
        yield db.session.scalars(db.select(Person).where(Person.staff)).one(), group


def founded() -> None:
    """A group with an officer, two experts with pages, and Seini."""
    group = make.group("technology", name="Expert group on technology transfer", short="EGTT")
    olga = make.officer(group)
    olga.staff = True
    make.published(make.draft(group, "Options paper"), "\n\n".join(ARTICLES))
    for name in ("Bhim Gurung", "Lucía Fernández"):
        make.member(group, make.person(name, rhythm="none"))
    make.commit()
    chosen = {"means": "mail", "rhythm": "at-once", "zone": "Pacific/Tongatapu"}
    seini = acting.add_person("Seini Taufa", SEINI, by=olga, door="page", **chosen)
    acting.add_member(group, seini, "member", by=olga, door="page")
    make.commit()


def says_what_her_line_bears(consult, seini: Mailbox) -> None:
    """The welcome says how; the secretariat asks; a few words answer."""
    seini.letter("Expert group on technology transfer", "HELP")
    with secretariat(consult) as (olga, group):
        from consult.reach import actions as reach

        reach.ask(group, [people.find_by_address(SEINI)], by=olga, door="page")
    seini.answer(seini.letter("telephone"), "1: few kB\n2: shared computer\n3: 8 kB\nPHONE: +676 12345\n")
    seini.letter("what we understood", "+676 12345")


def gets_the_draft_in_parts_and_fetches_a_lost_one(consult, seini: Mailbox) -> None:
    """The round opens; she will comment; the second part never reached her computer."""
    with secretariat(consult) as (olga, group):
        version = drafts.latest(drafts.drafts(group.id)[0])
        closes = clock.now() + timedelta(days=21)
        review.open_round(version, title="First round", opens_at=clock.now(), closes_at=closes, by=olga, door="page")
    parts = until(lambda: (found := seini.letters("Part ")) and len(found) >= 3 and found, "three parts", consult.said)
    assert all(len(raw) <= 8_000 for _, to, raw in seini.sink.taken if to == SEINI)
    texts = "\n".join(text_of(part) for part in parts)
    assert all(f"[{n}] " in texts for n in range(1, 41))
    seini.answer(parts[0], "ACCEPT")
    seini.letter("You will comment")
    number = re.search(r"PART 2 OF \d+|PART 2", flat(parts[0]) + flat(parts[1]))
    before = len(seini.letters("Part 2 of 3"))
    seini.answer(parts[0], number[0] if number else "PART 2", lmtp=True)
    again = seini.letter("Part 2 of 3", count=before + 1)
    assert re.findall(r"^\[\d+\] Paragraph", text_of(again), re.M) == re.findall(r"^\[\d+\] Paragraph", text_of(parts[1]), re.M)


def comments_in_every_shape(consult, seini: Mailbox) -> None:
    """Between our lines, with marks alone, and in the returned Word file."""
    first = next(letter for letter in seini.letters("Part 1 of") if "\n[3] " in text_of(letter))
    sent = text_of(first).replace("\r\n", "\n")
    lines = sent.split("\n")
    below = [
        next(at for at in range(lines.index(line), len(lines)) if not lines[at + 1].strip())
        for line in lines
        if line.startswith(("[3] ", "[5] "))
    ]
    inserts = list(zip(below, ["Our island has no laboratory.", "SUB: Two rainy seasons are one year here."], strict=True))
    seini.answer(first, clients.thunderbird(sent, inserts, ""))
    receipt = seini.letter("Received: 2 comments")
    assert "[3]" in text_of(receipt) and "[5]" in text_of(receipt)
    seini.answer(first, "[12] ED: say which letter.\n[14-15] Both are about the same.\nPROPOSED: One paragraph for both.\n", lmtp=True)
    assert "[12]" in text_of(seini.letter("Received: 2 comments", count=2))
    seini.answer(first, "Please find attached our comments.\n\nSeini", files=[("options.docx", WORD, annotated())])
    seini.letter("Received", "[20]", "[21]")
    with secretariat(consult) as (olga, group):
        said = {(c.paragraph.mark, c.type, c.text, c.proposed, c.door) for c in db.session.scalars(db.select(Comment))}
    assert ("3", "general", "Our island has no laboratory.", "", "mail") in said
    assert ("5", "substantive", "Two rainy seasons are one year here.", "", "mail") in said
    assert {mark for mark, *_ in said} == {"3", "5", "12", "14", "20", "21"}


def annotated() -> bytes:
    """The draft as a Word file, with a comment in paragraph 20 and a tracked change in paragraph 21."""
    lines = [p(r(line)) for line in ARTICLES]
    before, after = ARTICLES[19].split("laboratories", 1)
    lines[19] = p(r(before), start(1), r("laboratories"), end(1), r(after))
    before, after = ARTICLES[20].split("would", 1)
    lines[20] = p(r(before), cut("would"), ins("could"), r(after))
    return package("".join(lines), comments=notes(note(1, "Hospitals as well.")))


def corrects_and_is_corrected(consult, seini: Mailbox) -> None:
    """She mends one comment; another named a paragraph that is not there, and the receipt says how to mend that."""
    asked = seini.command("CORRECT 1: Our island has one laboratory, and it is closed.")
    assert "YES" in text_of(asked) and "Our island has one laboratory" in text_of(asked)  # anybody could write her name into a From line
    seini.answer(asked, "YES")
    first = next(letter for letter in seini.letters("Part 1 of") if "\n[3] " in text_of(letter))
    seini.answer(first, "[99] Add the word hospital.")
    receipt = seini.letter("Received", "Add the word hospital.")
    wrong = re.search(r"MOVE \d+ TO", text_of(receipt))
    with secretariat(consult) as (olga, group):
        newest = db.session.scalars(db.select(Comment).order_by(Comment.id.desc())).first()
        assert newest.paragraph is None and newest.text.endswith("Add the word hospital.")
        number = newest.number
    seini.answer(receipt, f"{wrong[0] if wrong else f'MOVE {number} TO'} 9")
    until(lambda: place_of(consult, number) == "9", "the comment to move to paragraph 9", consult.said)
    with secretariat(consult):
        assert db.session.scalars(db.select(Comment).where(Comment.number == 1)).one().text.endswith("it is closed.")


def place_of(consult, number: int) -> str | None:
    """Where a comment stands now."""
    with secretariat(consult):
        made = db.session.scalars(db.select(Comment).where(Comment.number == number)).one()
        return made.paragraph.mark if made.paragraph else None


def votes(consult, seini: Mailbox) -> None:
    """A straw poll, answered in two words."""
    with secretariat(consult) as (olga, group):
        asked = reviews.rounds_of_group(group.id)[0]
        paragraph = drafts.by_mark(asked.version_id, "9")
        closes = clock.now() + timedelta(days=7)
        polls.open_poll(asked, kind="straw", title="Keep paragraph 9?", closes_at=closes, paragraph=paragraph, by=olga, door="page")
    seini.answer(seini.letter("Keep paragraph 9?"), "Can live with\n", lmtp=True)
    seini.letter("Your voice: can live with it")


def apologises_and_comments_on_the_report(consult, seini: Mailbox) -> None:
    """She cannot come; the report asks her in words of its own; she comments on it."""
    with secretariat(consult) as (olga, group):
        held = clock.now() + timedelta(days=10)
        which = meetings.plan(
            group, title="First meeting", code="EGTT-1", kind="in-person", place="Montreal", starts_at=held,
            ends_at=held + timedelta(hours=8), zone="America/Toronto", by=olga, door="page",
        )  # fmt: skip
        meetings.announce(which, by=olga, door="page")
    seini.answer(seini.letter("First meeting", "APOLOGIES"), "APOLOGIES\nThe boat leaves on Monday.\n")
    seini.letter("First meeting", "The boat leaves on Monday.")
    with secretariat(consult) as (olga, group):
        from consult.meetings.models import Meeting

        which = db.session.scalars(db.select(Meeting)).one()
        which.starts_at, which.ends_at = clock.now() - timedelta(days=1, hours=8), clock.now() - timedelta(days=1)
        meetings.come_due(clock.now())
        report = make.draft(group, "Report of the first meeting")
        make.published(report, "\n\n".join(REPORT))
        meetings.circulate_report(which, report, closes_at=clock.now() + timedelta(days=14), by=olga, door="page")
    letter = seini.letter("Report of the first meeting", "[2] It agreed")
    seini.answer(letter, "[2] We have sent such equipment back twice.")
    seini.letter("Received: 1 comment on “Report of the first meeting”")


def gets_version_2_as_changes(consult, seini: Mailbox) -> None:
    """Two paragraphs changed: she gets these and not the others."""
    with secretariat(consult) as (olga, group):
        draft = next(each for each in drafts.drafts(group.id) if each.title == "Options paper")
        changed = [text.replace("two rainy seasons", "one year") if n in (4, 11) else text for n, text in enumerate(ARTICLES)]
        make.published(draft, "\n\n".join(changed), by=olga)
    letter = seini.letter("Options paper", "{+one year+}")
    assert "{+one year+}" in flat(letter) and "[20] Paragraph" not in text_of(letter)
    assert len(text_of(letter)) < 6_000


def reads_the_compilation(consult, seini: Mailbox) -> None:
    """Every comment is answered, the round closed, the compilation published: she reads what became of hers."""
    with secretariat(consult) as (olga, group):
        asked = next(each for each in reviews.rounds_of_group(group.id) if each.title == "First round")
        for made in reviews.comments(asked):
            review.respond(db.session.get_one(Comment, made.id), "accepted", "Taken up.", turn=0, by=olga, door="page")
        review.close(asked, by=olga, door="page")
    with secretariat(consult) as (olga, group):
        asked = next(each for each in reviews.rounds_of_group(group.id) if each.title == "First round")
        papers.publish_compilation(asked, by=olga, door="page")
    seini.letter("compilation", "First round")


def asks_how_she_stands_and_stops(consult, seini: Mailbox) -> None:
    """STATUS names what waits and what it has cost; after STOP no news comes."""
    status = seini.command("STATUS")
    assert "Report of the first meeting" in text_of(status) and "kB" in text_of(status)
    stopped = seini.command("STOP")
    assert "DIGEST at-once" in text_of(stopped)
    with secretariat(consult):
        assert people.find_by_address(SEINI).rhythm == "none"


def every_octet_is_in_the_ledger(consult, seini: Mailbox, capsys) -> None:
    """What she was told in STATUS is what went over the wire."""

    def told() -> tuple[int, int]:
        with secretariat(consult):
            found = ledger.month(people.find_by_address(SEINI).id, clock.now())
            return found.sent, found.received

    until(lambda: told() == (seini.received, seini.sent), "the ledger to agree with the wire", lambda: f"{told()}, {seini.received}")
    with capsys.disabled():
        print(f"\n  by mail alone: {seini.received} octets in {len(seini.letters())} letters, {seini.sent} back in {seini.written}")
