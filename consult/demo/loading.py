"""The example group, built with the actions themselves: people from five regions, a draft in its second version, an open round.

Comments came through both doors.
Notification numbers, dates and symbols are those of 2004 and 2005; the people and their words are made up.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

from flask import current_app

from consult.demo import cast, gathering, letters
from consult.drafts import actions as drafts
from consult.drafts import queries as draft_queries
from consult.drafts.cutting import cut
from consult.extensions import db, transaction
from consult.journal.models import Untold
from consult.kit import clock
from consult.people import actions as people
from consult.people.models import Organization, Person
from consult.polls import actions as polls
from consult.review import actions as review
from consult.review.models import Round

PASSWORD = "example group 2005"
TEXTS = Path(__file__).parent / "texts"


def load() -> None:
    """Fill an empty database with the example. Nothing of it goes out by real mail unless a mail server is configured."""
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    with transaction():
        persons = _persons()
        group, committee = _groups(persons)
        draft = _first_version(group, persons, now - timedelta(days=60))
        _first_round(draft, persons, now - timedelta(days=58))
        _committee_draft(committee, persons, now - timedelta(days=20))
        met = gathering.first_meeting(group, persons, now - timedelta(days=12))
        db.session.execute(db.delete(Untold))
        gathering.report(met, persons, now - timedelta(days=7))
        _second_version(draft, persons, now - timedelta(days=6))
        _second_round(draft, persons, now - timedelta(days=5))
        gathering.next_meeting(group, draft, persons, now - timedelta(days=3))
    letters.deliver_and_answer(cast.BY_MAIL, "Seini Taufa")


def ways_to_sign_in() -> list[str]:
    """The four ways to look around, each a line."""
    url = current_app.config["URL"]
    named = {name: address for name, address, *_ in cast.PEOPLE} | {cast.OFFICER["name"]: cast.OFFICER["address"]}
    ways = {"officer": cast.OFFICER["name"], "chair": "Kwame Asante-Mensah", "expert on the page": "Lucía Fernández Rojas"}
    lines = [f"{role:<24}{url}/sign-in   {named[name]}   password: {PASSWORD}" for role, name in ways.items()]
    post = f"{url}/post   choose Seini Taufa, read her letters and answer one"
    return [*lines, f"{'expert with only e-mail':<24}{post}"]


def _persons() -> dict[str, Person]:
    officer = people.add_first_staff(**cast.OFFICER)
    people.set_password(officer, PASSWORD)
    made = {officer.name: officer}
    for name, address, organization, kind, iso, region, flags, _, language, zone, more in cast.PEOPLE:
        home = Organization(name=organization, kind=kind, iso=iso, region=region, **dict.fromkeys(flags.split(), True))
        db.session.add(home)
        db.session.flush()
        made[name] = people.add_person(name, address, language=language, zone=zone, organization=home, by=officer, door="command", **more)
        people.set_password(made[name], PASSWORD)
    return made


def _groups(persons: dict[str, Person]):
    officer = persons[cast.OFFICER["name"]]
    group = people.form_group(
        "technology-transfer", "Expert group on technology transfer and scientific and technological cooperation", short="EGTT",
        kind="expert group", mandate="Decision VII/29, paragraph 7; composition announced in notification 2004-102",
        terms="To prepare proposals on options for measures and mechanisms that ease access to, and adaptation of, technologies, and to "
        "explore cooperation with other processes; by electronic means, and at a meeting held jointly with the advisory committee.",
        by=officer, door="command",
    )  # fmt: skip
    committee = people.form_group(
        "advisory-committee", "Informal advisory committee of the clearing-house mechanism", short="IAC", kind="advisory committee",
        mandate="Decision VII/29, paragraph 6; first discussed in Bangkok on 6 February 2005", by=officer, door="command",
    )  # fmt: skip
    for of in (group, committee):
        people.add_member(of, officer, "officer", by=officer, door="command", starts_on=date(2004, 11, 15))
    for name, *_, role, _language, _zone, _more in cast.PEOPLE:
        people.add_member(group, persons[name], role, by=officer, door="command", starts_on=date(2004, 11, 15))
    for name in cast.COMMITTEE:
        people.add_member(committee, persons[name], "member", by=officer, door="command", starts_on=date(2005, 2, 1))
    return group, committee


def _text(name: str) -> list:
    return cut((TEXTS / name).read_text(encoding="utf-8"))


def _first_version(group, persons: dict[str, Person], at: datetime):
    officer = persons[cast.OFFICER["name"]]
    title = "Options for measures and mechanisms that ease access to, and adaptation of, technologies"
    draft = drafts.begin(group, title, language="en", symbol="UNEP/CBD/COP/8/19/Add.2", by=officer, door="command", at=at)
    version = drafts.prepare(draft, _text("options-1.en.txt"), source_name="options-1.txt", by=officer, door="command", at=at)
    review.publish(version, note="First draft, from the replies to the questionnaire.", by=officer, door="command", at=at)
    return draft


def _first_round(draft, persons: dict[str, Person], at: datetime) -> None:
    officer = persons[cast.OFFICER["name"]]
    version = draft_queries.latest(draft)
    opened = review.open_round(
        version, title="First draft of the options paper", guidance="Please look above all at section III.", zone="America/Toronto",
        opens_at=at, closes_at=at + timedelta(days=28), by=officer, door="command", at=at,
    )  # fmt: skip
    said = []
    for day, (name, mark, type, text, proposed, door, behalf, *_) in enumerate(cast.FIRST_ROUND, start=2):
        when = at + timedelta(days=3 * day)
        made = review.comment(
            opened,
            paragraph=_at(version, mark),
            text=text,
            type=type,
            proposed=proposed,
            on_behalf_of=behalf,
            by=persons[name],
            door=door,
            at=when,
        )
        said.append(made)
    review.close(opened, by=officer, door="command", at=at + timedelta(days=28))
    for comment, (*_, disposition, response) in zip(said, cast.FIRST_ROUND, strict=True):
        review.respond(comment, disposition, response, turn=0, by=officer, door="command", at=at + timedelta(days=40))


def _second_version(draft, persons: dict[str, Person], at: datetime) -> None:
    officer = persons[cast.OFFICER["name"]]
    version = drafts.prepare(draft, _text("options-2.en.txt"), source_name="options-2.txt", by=officer, door="command", at=at)
    note = "Takes up the comments of the first round; new paragraph 10 and section IV."
    review.publish(version, note=note, by=officer, door="command", at=at)


def _second_round(draft, persons: dict[str, Person], at: datetime) -> Round:
    officer = persons[cast.OFFICER["name"]]
    version = draft_queries.latest(draft)
    opened = review.open_round(
        version, title="Second draft of the options paper", zone="America/Toronto", opens_at=at, closes_at=at + timedelta(days=26),
        guidance="New are paragraph 10 and section IV. Is the list of conditions in paragraph 12 complete?",
        by=officer, door="command", at=at,
    )  # fmt: skip
    polls.ask(opened, cast.QUESTIONS, by=officer, door="command", at=at)
    said = None
    for day, (name, mark, type, text, proposed, door, behalf) in enumerate(cast.SECOND_ROUND, start=1):
        said = review.comment(
            opened, paragraph=_at(version, mark), text=text, type=type, proposed=proposed, on_behalf_of=behalf, by=persons[name], door=door,
            at=at + timedelta(days=day),
        )  # fmt: skip
        if mark == "14":
            review.answer(said, cast.ANSWER[1], by=persons[cast.ANSWER[0]], door="page", at=at + timedelta(days=day, hours=5))
    mark, title, wording = cast.POLL
    polls.open_poll(
        opened, kind="straw", title=title, paragraph=_at(version, mark), wording=wording, closes_at=at + timedelta(days=19), by=officer,
        door="command", at=at + timedelta(days=4),
    )  # fmt: skip
    return opened


def _committee_draft(committee, persons: dict[str, Person], at: datetime) -> None:
    officer = persons[cast.OFFICER["name"]]
    title = "Rôle du centre d'échange dans le transfert de technologie"
    draft = drafts.begin(committee, title, language="fr", symbol="UNEP/CBD/COP/8/19/Add.1", by=officer, door="command", at=at)
    version = drafts.prepare(draft, _text("orientations.fr.txt"), source_name="orientations.txt", by=officer, door="command", at=at)
    review.publish(version, by=officer, door="command", at=at)


def _at(version, mark: str):
    return draft_queries.by_mark(version.id, mark) if mark else None
