"""The parity table is complete and true: every verb of whoever takes part has its page and its letter, and each letter is acted upon."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from consult.delegations import actions as delegations
from consult.drafts import queries as drafts
from consult.extensions import db
from consult.inbox import lines, parity
from consult.inbox.commands import table as commands
from consult.journal.models import Event
from consult.kit import clock
from consult.meetings import actions as meetings
from consult.people import actions as people_actions
from consult.people import queries as people
from consult.people.actions import organization_called
from consult.polls import actions as polls
from consult.reach import actions as reach
from consult.review import actions as review
from consult.review.models import Invitation
from tests import make
from tests.inbox import letters

ROOT = Path(__file__).resolve().parents[2] / "consult"
CONSULT = f"consult@{letters.DOMAIN}"
DOORLESS = ("check_", "require_", "may_")
PROVED = {  # what brings a file along, and what needs a sender nobody vouches for, has tests of its own
    "exchange.begin": "tests/inbox/test_desk_returned.py",
    "offline.take": "tests/offline/test_offline_answers.py",
    "inbox.confirm": "tests/inbox/test_confirming.py",
    "inbox.deny": "tests/inbox/test_confirming.py",
    "inbox.revoke": "tests/inbox/test_keys.py",
}


def verbs() -> set[str]:
    """Every verb of every room: what says who does it and through which door, wherever it stands."""
    found = set()
    for path in ROOT.glob("*/*.py"):
        called = passed_on(path.parent)
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", *DOORLESS)):
                given = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
                if {"by", "door"} <= given or "by" in given and (path.name == "actions.py" or node.name in called):
                    found.add(f"{path.parent.name}.{node.name}")
    return found


def passed_on(room: Path) -> set[str]:
    """What a room's actions.py takes from its other files, to be called through it."""
    actions = room / "actions.py"
    nodes = ast.walk(ast.parse(actions.read_text())) if actions.exists() else ()
    taken = [node for node in nodes if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"consult.{room.name}")]
    return {name.name for node in taken for name in node.names}


def test_every_verb_has_a_page_and_a_letter_or_a_reason():
    told = parity.covered() | set(parity.OFFICERS)
    assert sorted(verbs() - told) == [], "say in consult/inbox/parity.py on which page and by which letter this can be done"
    assert sorted(told - verbs()) == [] and not parity.covered() & set(parity.OFFICERS)
    assert all(parity.OFFICERS.values())


def test_every_page_of_the_table_is_there_and_every_command_is_known(app):
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert sorted({page for row in parity.TABLE for page in row.pages} - there) == []
    forms = [row.form for row in parity.TABLE if row.letter == "consult" and row.form != "📎"]
    for form in [*forms, *(form for form, _ in (*parity.READ, *parity.OFFICES))]:
        asked = lines.command(form.replace("SEARCH", "SEARCH mango"))
        assert asked is not None and (asked.verb in commands.VERBS or asked.verb in ("YES", "NO")), form


class World:
    """A group in which everything can be done: rounds, a poll, a meeting, a set, a review from outside; nobody doubts who writes."""

    def __init__(self) -> None:
        letters.vouched()
        self.table = letters.laid()
        group, officer = self.table.group, self.table.officer
        self.people = {"Ada": self.table.ada, "Ben": self.table.ben, "Olga": officer}
        self.people["Carol"] = make.member(group, make.person("Carol"), "chair")
        self.people["Dan"] = make.member(group, make.person("Dan"))
        self.people["Gil"] = make.person("Gil")
        self.table.ben.organization = organization_called("Ghana", kind="party")
        self.ada = [make.comment(self.table.round, self.table.ada, str(mark), f"Remark {mark}.") for mark in (1, 2, 3)]
        self.answer = review.answer(self.ada[0], "Thanks.", by=self.table.ben, door="page")
        self._lead(group, officer)
        self._sets(group, officer)
        make.commit()
        self.number = 0

    def _lead(self, group, officer) -> None:
        until = clock.now() + timedelta(days=9)
        (self.question,) = polls.ask(self.table.round, "What is missing?", by=officer, door="page")
        self.poll = polls.open_poll(self.table.round, kind="straw", title="Fine?", closes_at=until, by=officer, door="page")
        starts = clock.now() + timedelta(days=20)
        self.meeting = meetings.plan(
            group, title="First", code="M/1", kind="in-person", place="Montreal", starts_at=starts, ends_at=starts + timedelta(hours=8),
            zone="UTC", host="", languages="en", note="", by=officer, door="page",
        )  # fmt: skip
        meetings.announce(self.meeting, by=officer, door="page")
        reach.ask(group, [self.table.ada], by=officer, door="page")
        self.outside = review.invite_reviewer(self.table.round, self.people["Gil"], by=officer, door="page")
        make.published(drafts.draft(group.id, "report-on-technology-transfer"), letters.TEXT.replace("number 4.", "number four."))

    def _sets(self, group, officer) -> None:
        self.other = make.round(make.published(make.draft(group, "Second"), letters.TEXT), title="Second")
        self.of = delegations.name_contact(self.other, "Kenya", self.people["Dan"], by=officer, door="page")
        delegations.add_reviewer(self.of, self.people["Gil"], by=self.people["Dan"], door="page")
        for text in ("One.", "Two.", "Three."):
            where = drafts.by_mark(self.other.version_id, "5")
            delegations.contribute(self.of, paragraph=where, text=text, by=self.people["Gil"], door="page")
        self.closed = make.round(make.published(make.draft(group, "Third"), letters.TEXT), title="Third")
        self.odd = make.comment(self.closed, self.table.ada, "1", "Already answered.")

    def address(self, who: str, purpose: str, subject_id: int) -> str:
        """Where that person answers such a letter."""
        group = None if purpose == "delegation" else self.table.group
        key = letters.outbox.new_key(self.people[who], purpose, subject_id, group_id=group.id if group else None)
        letters.outbox.post(kind="round", person=self.people[who], subject="x", text="Please answer.", keys=[key])
        make.commit()
        return letters.outbox.address_of(key)

    def send(self, who: str, body: str, to: str = CONSULT):
        """That person writes; a YES follows where one is asked for. The arrival, and how many things happened by mail or were sent."""
        before = self._so_far()
        self.number += 1
        person = self.people[who]
        raw = letters.mail(to, body, sender=f"{person.name} <{person.address}>", subject="", name=f"p{self.number}")
        arrival = letters.arrives(raw, to, person.address)
        last = letters.letters_after(0)[-1]
        if "answer this letter with the word YES" in last.text:
            return self.send(who, "YES", last.reply_to)
        return arrival, self._so_far() - before

    def _so_far(self) -> int:
        """Things that happened by mail, and further letters that were sent."""
        happened = db.session.scalar(db.select(db.func.count(Event.id)).where(Event.door == "mail"))
        return happened + sum(each.kind not in ("commands", "refusal", "held", "receipt") for each in letters.letters_after(0))


def later(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def samples(world: World) -> list[tuple]:
    """(verb, who, what they answer, what they write), in an order in which each can be done."""
    on, other, third = world.table.round.id, world.other.id, world.closed.id
    first = world.ada[0]
    return [
        ("review.comment", "Ada", ("round", on), "[4] A remark by mail."),
        ("review.edit", "Ada", None, f"CORRECT R{on}/1: In other words."),
        ("review.move", "Ada", None, f"MOVE R{on}/1 TO 13"),
        ("review.consent", "Ada", None, f"CONSENT R{on}/1 anonymous"),
        ("review.withdraw", "Ada", None, f"WITHDRAW R{on}/2"),
        ("review.answer", "Ben", ("comment", first.id), "I see it otherwise."),
        ("review.withdraw_answer", "Ben", ("receipt", "review.answer"), "UNDO"),
        ("review.join", "Ben", ("comment", first.id), "JOIN"),
        ("review.leave", "Ben", ("comment", first.id), "LEAVE"),
        ("review.answer_invitation", "Ben", ("round", on), "ACCEPT"),
        ("review.decline_terms", "Gil", ("terms", world.outside.id), "DECLINE\n\nNo time."),
        ("review.accept_terms", "Gil", ("terms", world.outside.id), "ACCEPT"),
        ("polls.reply", "Ada", ("round", on), "[Q1] The annex."),
        ("polls.take_back", "Ada", ("receipt", "polls.reply"), "UNDO"),
        ("polls.vote", "Ada", ("poll", world.poll.id), "AGREE"),
        ("polls.unvote", "Ada", ("poll", world.poll.id), "UNDO"),
        ("meetings.answer", "Ada", ("meeting", world.meeting.id), "ATTEND"),
        ("meetings.take_back", "Ada", ("meeting", world.meeting.id), "UNDO"),
        ("reach.answer", "Ada", ("means", world.table.group.id), "1: few kB a day\n5: +255 22 211 1111"),
        ("drafts.ask_for_changes", "Ada", None, "DIFF report-on-technology-transfer 1 2"),
        ("papers.ask", "Ada", None, f"GET R{on}"),
        ("alerts.watch", "Ada", None, f"FOLLOW R{on}"),
        ("people.change_preferences", "Ada", None, "DIGEST weekly monday 7"),
        ("people.be_away", "Ada", None, f"AWAY {later(3)} {later(5)}"),
        ("people.be_back", "Ada", None, "AWAY"),
        ("people.add_address", "Ada", None, "ADDRESS ADD ada.second@env.example"),
        ("people.put_address_first", "Ada", None, "ADDRESS FIRST ada.second@env.example"),
        ("people.remove_address", "Ada", None, "ADDRESS REMOVE ada.second@env.example"),
        ("delegations.contribute", "Dan", ("round", other), "[6] For Kenya."),
        ("delegations.edit", "Dan", ("delegation", world.of.id), "CORRECT 1: Better said."),
        ("delegations.verify", "Dan", ("delegation", world.of.id), "VERIFY 1"),
        ("delegations.withdraw", "Dan", ("delegation", world.of.id), "WITHDRAW 2"),
        ("delegations.restore", "Dan", ("delegation", world.of.id), "RESTORE 2"),
        ("delegations.merge", "Dan", ("delegation", world.of.id), "MERGE 2 3"),
        ("delegations.submit", "Dan", ("delegation", world.of.id), "SUBMIT"),
        ("delegations.add_reviewer", "Dan", None, "REVIEWER ADD Ruth Otieno ruth@env.example"),
        ("delegations.remove_reviewer", "Dan", None, "REVIEWER REMOVE ruth@env.example"),
        ("delegations.name_deputy", "Dan", None, "REVIEWER DEPUTY Ruth Otieno ruth@env.example"),
        ("delegations.set_deadline", "Dan", None, f"REVIEWER UNTIL {later(4)}"),
        ("review.assign", "Carol", None, f"ASSIGN R{on}/1 TO ben@env.example"),
        ("review.propose", "Ben", None, f"PROPOSE R{on}/1 NOTED: We saw it."),
        ("review.publish_agreed", "Carol", None, f"RESPOND R{on} AGREED"),
        ("review.respond", "Carol", None, f"RESPOND R{on}/3 ACCEPTED: It is done."),
        ("review.schedule", "Carol", None, f"REMIND R{on} 7, 2"),
        ("review.remind", "Carol", None, f"REMIND R{other}"),
        ("review.extend", "Carol", None, f"EXTEND R{on} {later(60)} many asked for it"),
        ("polls.open_poll", "Carol", None, f"POLL R{on} 12 straw {later(9)}: Keep it?"),
        ("polls.close", "Carol", None, f"POLL P{world.poll.id} CLOSE"),
        ("review.close", "Carol", None, f"CLOSE R{third}"),
        ("review.finish_answering", "Carol", None, f"RESPOND R{third}/1 NOTED: Seen.\nRESPOND R{third} DONE"),
    ]  # fmt: skip


UNTOLD = {  # what the journal does not keep
    "people.be_back": lambda world: not people.absences(world.table.ada.id, clock.now().date()),
    "review.schedule": lambda world: world.table.round.reminders == [7, 2],
}


def prepared(world: World, verb: str) -> None:
    """What must stand before some of the letters can do anything."""
    if verb == "people.put_address_first":
        people_actions.add_address(world.table.ada, "ada.second@env.example", by=world.table.ada, door="page")
    if verb == "review.accept_terms":
        db.session.get(Invitation, world.outside.id).state = "invited"
    if verb == "review.publish_agreed":
        of = review.Draft(world.ada[0], "noted", "We saw it.", seen=(1, 0))
        review.propose(of, agreed=True, by=world.people["Carol"], door="page")
    make.commit()


def test_each_letter_of_the_table_is_acted_upon(app):
    world, became, failed = World(), {}, []
    for verb, who, answers, body in samples(world):
        prepared(world, verb)
        purpose, subject = answers or ("", None)
        to = world.address(who, purpose, became[subject] if purpose == "receipt" else subject) if purpose else CONSULT
        arrival, happened = world.send(who, body, to)
        became[verb] = arrival.id
        if arrival.state != "taken" or not (UNTOLD[verb](world) if verb in UNTOLD else happened):
            failed.append((verb, arrival.state, arrival.reason, letters.letters_after(0)[-1].text[:300]))
    assert [each[0] for each in failed] == [], failed
    rows = [row for row in parity.TABLE if not set(row.verbs) & set(became)]
    assert [row.verbs[0] for row in rows if row.verbs[0] not in PROVED] == []
    assert all((ROOT.parent / proof).exists() for proof in PROVED.values())


def test_the_manual_names_every_command():
    manual = (ROOT.parent / "docs" / "mail.md").read_text()
    assert [verb for verb in commands.VERBS if f"`{verb}" not in manual and verb != "RETYPE"] == []


def test_the_help_page_and_the_letter_show_it(app, client):
    client.get("/help/parity")
    assert "CORRECT 57" in client.text and "RELEASE 812" in client.text
    world = World()
    world.send("Ada", "HELP")
    text = letters.letters_after(0)[-1].text
    assert "CORRECT 57: …" in text and "EXTEND" not in text and "RELEASE" not in text and len(text.encode()) < 8_000
    world.send("Carol", "HELP\nHELP GET")
    text = letters.letters_after(0)[-1].text
    assert "EXTEND R3" in text and "obtenir" in text and "GET R3/57" in text


@pytest.mark.parametrize("verb", sorted(set(commands.VERBS) - {"RETYPE"}))
def test_every_command_has_words_in_six_languages(verb):
    from consult.inbox.words import VERBS

    row = VERBS[verb]
    assert any("\u0400" <= sign <= "\u04ff" for sign in row), "Russian"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in row), "Chinese"
    assert any("\u0600" <= sign <= "\u06ff" for sign in row), "Arabic"
    assert len([word for word in row.split("|") if word.isascii() or any("\u00c0" <= sign <= "\u017f" for sign in word)]) >= 2
