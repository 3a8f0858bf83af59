"""Two groups at work with a word planted in everything they would not show to each other, and one person of every kind."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from consult.alerts import actions as alerts
from consult.delegations import actions as delegations
from consult.exchange.models import Import, ImportRow
from consult.extensions import db
from consult.files import actions as files
from consult.inbox.models import Arrival
from consult.kit import clock
from consult.meetings import actions as meetings
from consult.outbox.models import Letter
from consult.papers import actions as papers
from consult.people.models import Address, Group, Membership, Person
from consult.polls import actions as polls
from consult.reach import actions as reach
from consult.review import actions as review
from consult.tasks import actions as tasks
from tests import make
from tests.inbox import letters as mails

ROLES = ("officer", "chair", "co-chair", "member", "observer", "alternate")


@dataclass
class Room:
    """One group with everything a group can have, and the words planted in it by who may read them."""

    group: Group
    people: dict[str, Person]
    draft: str
    round: int
    letter: int
    arrival: int
    membership: int
    paper: int
    poll: int
    phrase: int
    delegation: int = 0
    meeting: tuple[int, int, int] = (1, 1, 1)  # its number, that of its document, and of the file of that
    task: int = 0
    members_only: set[str] = field(default_factory=set)
    leads_only: set[str] = field(default_factory=set)
    officers_only: set[str] = field(default_factory=set)
    guests_too: set[str] = field(default_factory=set)
    nobody_else: set[str] = field(default_factory=set)


def build(name: str) -> Room:
    """A group of that name: published and unpublished version, comment, answer, response, letters, an arrival, files."""
    group = make.group(
        name, short=f"{name}shortcanary", name=f"{name}groupcanary", mandate=f"{name}mandatecanary", terms=f"{name}termscanary"
    )
    people = {role: make.member(group, make.person(f"{name} {role} person"), role) for role in ROLES}
    officer, member = people["officer"], people["member"]
    former = make.person(f"{name} former person")
    db.session.add(
        Membership(
            group_id=group.id, person_id=former.id, role="officer", starts_on=clock.now().date() - timedelta(9), ends_on=clock.now().date()
        )
    )
    draft = make.draft(group, f"{name}titlecanary", symbol=f"{name}/symbolcanary", by=officer)
    version = make.prepared(draft, f"1. {name}textcanary is long enough.\n\n2. The second one.", officer)
    version.file_id = files.keep(f"{name}contentcanary".encode(), f"{name}filecanary.txt").id
    make.drafts.publish(version, note=f"{name}notecanary", by=officer, door="page")
    opened = make.round(version, by=officer, title=f"{name}roundcanary", guidance=f"{name}guidancecanary")
    said = make.comment(
        opened, member, "1", f"{name}commentcanary", proposed=f"1. {name}proposedcanary", on_behalf_of=f"{name}behalfcanary"
    )
    review.answer(said, f"{name}answercanary", by=people["observer"], door="page")
    (question,) = polls.ask(opened, f"{name}questioncanary", by=officer, door="page")
    polls.reply(question, f"{name}replycanary", by=member, door="page")
    asked = polls.open_poll(
        opened, kind="silence", title=f"{name}pollcanary", wording=f"{name}wordingcanary", quorum=1,
        closes_at=clock.now() + timedelta(days=7), by=people["chair"], door="page",
    )  # fmt: skip
    review.respond(said, "noted", f"{name}responsecanary", turn=0, by=officer, door="page")
    make.commit()
    arrival = _arrival(name, group, officer)
    while alerts.spread(clock.now()):
        pass
    alerts.write_due(clock.now() + timedelta(days=8))
    _unpublished(name, draft, officer)
    _brought(name, opened, officer)
    seat, paper, phrase = _seat(group, member), _paper(name, version, officer), _prepared(name, said, officer)
    letter = _letter(name, group, officer)
    people["former"], people["delegate"] = former, make.person(f"{name} delegate person")
    room = Room(group, people, draft.slug, opened.id, letter, arrival, seat, paper, asked.id, phrase)
    room.leads_only = {f"{name}preparedcanary", f"{name}phrasecanary"}
    people |= _reviewers(name, opened, officer)
    room.meeting = _meeting(name, group, officer)
    room.delegation = _delegation(name, opened, people["delegate"], officer)
    quiet = make.member(group, make.person(f"{name} quiet person"))
    reach.answer(quiet, {"note": f"{name}meanscanary", "phone": "+1 234 567"}, by=officer, door="phone")
    room.task = tasks.raise_task("other", group_id=group.id, what=f"{name}taskcanary").id
    room.guests_too = {f"{name}{what}canary" for what in ("short", "group", "title", "/symbol", "text", "round", "guidance")}
    room.nobody_else = {f"{name}draftedcanary"}
    shared = (
        "short",
        "group",
        "mandate",
        "terms",
        "title",
        "/symbol",
        "text",
        "file",
        "content",
        "note",
        "round",
        "guidance",
        "comment",
        "proposed",
        "behalf",
        "answer",
        "response",
        "question",
        "reply",
        "poll",
        "wording",
        "paper",
        "meeting",
        "place",
        "item",
        "annex",
        "annexfile",
    )
    room.members_only = {f"{name}{what}canary" for what in shared} | {f"{name} {role} person" for role in ROLES}
    room.officers_only = {
        f"{name}{what}canary"
        for what in (
            "broughtfile",
            "broughtrow",
            "hiddentext",
            "hiddenfile",
            "hiddencontent",
            "hiddennote",
            "letter",
            "mailsubject",
            "mailbody",
            "mailfrom",
            "reason",
            "task",
            "means",
        )
    }
    make.commit()
    return room


def _prepared(name: str, said, officer: Person) -> int:
    """A response that the drafting team has not published, and a frequent answer."""
    review.propose(review.Draft(said, "noted", f"{name}preparedcanary", seen=(0, 1)), by=officer, door="page")
    return review.keep_phrase(said.round.version.draft.group, "Scope", "", f"{name}phrasecanary", by=officer, door="page").id


def _unpublished(name: str, draft, officer: Person) -> None:
    version = make.prepared(draft, f"1. {name}hiddentextcanary.\n\n2. The second one.", officer)
    version.note, version.source_name = f"{name}hiddennotecanary", f"{name}hiddenfilecanary.txt"
    version.file_id = files.keep(f"{name}hiddencontentcanary".encode(), f"{name}hiddenfilecanary.txt").id


def _reviewers(name: str, opened, officer: Person) -> dict[str, Person]:
    """From outside the group: one who reads and has commented, one who has not accepted yet, one who was shown out again."""
    people = {kind: make.person(f"{name} {kind} person") for kind in ("reviewer", "asked", "revoked")}
    for kind, person in people.items():
        which = review.invite_reviewer(opened, person, by=officer, door="page")
        if kind != "asked":
            review.accept_terms(which, by=person, door="page")
        if kind == "reviewer":
            make.comment(opened, person, "1", f"{name} from outside")
        if kind == "revoked":
            review.revoke_reviewer(which, by=officer, door="page")
    return people


def _delegation(name: str, opened, contact: Person, officer: Person) -> int:
    """A Party whose contact point sits in no group and has drafted something."""
    made = delegations.name_contact(opened, f"{name}party", contact, by=officer, door="page")
    delegations.contribute(made, paragraph=None, text=f"{name}draftedcanary", by=contact, door="page")
    return made.id


def _meeting(name: str, group: Group, officer: Person) -> tuple[int, int, int]:
    """A meeting that is announced, with a document, an item, and an answer whose reason only officers read."""
    starts = clock.now() + timedelta(days=30)
    made = meetings.plan(
        group, title=f"{name}meetingcanary", code=f"{name}/1", kind="in-person", place=f"{name}placecanary", starts_at=starts,
        ends_at=starts + timedelta(hours=8), by=officer, door="page",
    )  # fmt: skip
    meetings.write_agenda(made, f"1. {name}itemcanary", by=officer, door="page")
    meetings.announce(made, by=officer, door="page")
    meetings.answer(made, "apologies", f"{name}reasoncanary", by=officer, door="page")
    kept = files.keep(f"{name}annexcanary".encode(), f"{name}annexfilecanary.txt")
    document = meetings.add_document(made, symbol=f"{name}/1/1", title="Annex", files=[("en", kept)], by=officer, door="page")
    return made.id, document.id, kept.id


def _brought(name: str, opened, officer: Person) -> None:
    """A file of comments that an officer is still looking through."""
    file = files.keep(b"comment", f"{name}broughtfilecanary.csv")
    which = Import(round=opened, file=file, by=officer, door="page", at=clock.now(), state="preview", total=1, options={})
    db.session.add(which)
    db.session.flush()
    db.session.add(ImportRow(import_id=which.id, number=2, said={"comment": f"{name}broughtrowcanary", "type": "general"}, how="whole"))


def _arrival(name: str, group: Group, officer: Person) -> int:
    raw = mails.mail(
        f"{name}@{mails.DOMAIN}",
        f"{name}mailbodycanary",
        sender=f"Eve <{name}mailfromcanary@out.example>",
        subject=f"{name}mailsubjectcanary",
    )
    arrival = mails.arrives(raw, f"{name}@{mails.DOMAIN}", f"{name}mailfromcanary@out.example")
    row = db.session.get(Arrival, arrival.id)
    row.group_id, row.state = group.id, "held"
    make.commit()
    return row.id


def _letter(name: str, group: Group, officer: Person) -> int:
    row = db.session.scalar(db.select(Letter).where(Letter.group_id == group.id, Letter.kind == "opening").limit(1))
    row.text += f"\n{name}lettercanary"
    return row.id


def _paper(name: str, version, officer: Person) -> int:
    """A document as if a worker had made it, with a word in it that only its readers may see."""
    asked = papers.ask(version, "pdf", by=officer, door="page")
    asked.state, asked.made_at = "done", clock.now()
    asked.file_id = files.keep(f"{name}papercanary".encode(), f"{name}.pdf").id
    return asked.id


def _seat(group: Group, person: Person) -> int:
    return db.session.scalar(db.select(Membership.id).where(Membership.group_id == group.id, Membership.person_id == person.id))


def values(room: Room) -> list[dict]:
    """What can stand in the addresses of this group, in the variants that matter: a published version, and one that is not."""
    fixed = {
        "group": room.group.slug, "draft": room.draft, "round": room.round, "letter": room.letter, "arrival": room.arrival,
        "membership": room.membership, "paper": room.paper, "comment": 1, "poll": room.poll, "delegation": room.delegation,
        "task": room.task,
        "contribution": 1, "invitation": 1, "older": 1, "verb": "merge", "form": "csv", "purpose": "sign-in", "token": "0" * 32,
        "address": room.people["member"].addresses[0].id, "person": room.people["member"].id, "name": "1700000000.M1P1.host",
        "digest": hashlib.sha256(room.group.slug.encode()).hexdigest(), "filename": "style/consult.css",
        "template": "csv", "row": 2, "absence": 1, "phrase": room.phrase, "answer": "accept", "reply": 1,
        "meeting": room.meeting[0], "document": room.meeting[1], "file": room.meeting[2],
    }  # fmt: skip
    variants = [{"number": 1, "mark": "1"}, {"number": 2, "mark": "1"}, {"number": 1, "mark": "whole", "form": "json"}]
    return [fixed | each for each in variants]


def addresses(app, room: Room) -> list[tuple[object, str, dict]]:
    """Every route there is with real values in it: the rule, the address, the values. An argument nobody knows is a mistake here."""
    found = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            for chosen in values(room):
                unknown = rule.arguments - set(chosen)
                assert not unknown, f"{rule.rule}: tests/security/world.py must learn what {unknown} can be"
                built = rule.build({name: chosen[name] for name in rule.arguments})[1]
                found[rule.endpoint, built] = (rule, built, chosen)
    return list(found.values())


def addresses_with(app, **known: object) -> list[str]:
    """Every route that can be asked with GET, with these values in it and the rest as in any group."""
    group = Group(slug=str(known["group"]))
    member = Person(id=1)
    member.addresses = [Address(id=1)]
    room = Room(
        group, {"member": member}, str(known["draft"]), int(str(known["round"])), 1, 1, 1, 1, 1, 1, delegation=int(str(known["delegation"]))
    )
    return [url for rule, url, _ in addresses(app, room) if "GET" in rule.methods]


def dump() -> dict[str, list]:
    """Every row of every table, to see whether anything changed."""
    db.session.rollback()
    return {table.name: sorted(map(repr, db.session.execute(db.select(table)).all())) for table in db.metadata.sorted_tables}


def changed(before: dict[str, list], but: tuple[str, ...] = ()) -> list[str]:
    """What is not as it was, apart from these tables."""
    after = dump()
    return [f"{name}: {set(after[name]) ^ set(rows)}" for name, rows in before.items() if name not in but and after[name] != rows]
