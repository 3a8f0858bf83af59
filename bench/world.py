"""What is measured on: groups, people, long drafts, rounds with many comments, made by the actions themselves."""

import random
from datetime import timedelta

from consult.drafts.models import Paragraph, Version
from consult.extensions import db
from consult.kit import clock
from consult.people import sessions
from consult.people.models import Group, Organization, Person
from consult.review import actions as review
from consult.review.models import Round
from tests import make

VOCABULARY = (
    "access adaptation agreed appropriate benefits biological capacity clearing cooperation countries data decision developing diversity "
    "environmental exchange experts facilitate financial framework governments guidance implementation incentives indigenous information "
    "institutions knowledge local measures mechanisms monitoring national needs open parties partners policies private programme public "
    "regional relevant research resources scientific sharing states sustainable systems technical technology terms training transfer use"
)
WORDS = VOCABULARY.split()
LINKS = ("of", "and the", "for", "in the", "through", "with a view to", "including", "by")
TYPES = ("general", "substantive", "technical", "editorial", "translation")
DISPOSITIONS = ("accepted", "accepted-in-part", "not-accepted", "noted")
chance = random.Random(2004)


def sentence(words: int) -> str:
    """So many words that read like a decision."""
    said = []
    while len(said) < words:
        said += [chance.choice(WORDS), chance.choice(LINKS)]
    text = " ".join(said[:-1])
    return text[0].upper() + text[1:] + "."


def prose(words: int) -> str:
    """A paragraph of sentences, so many words in all."""
    return " ".join(sentence(min(18, words - at)) for at in range(0, words, 18))


def text(paragraphs: int, a_section: int = 0) -> str:
    """A draft of so many numbered paragraphs, a heading before every `a_section` of them."""
    blocks, sections = [], 0
    for number in range(1, paragraphs + 1):
        if a_section and number % a_section == 1:
            sections += 1
            blocks.append(f"## {roman(sections)}. {sentence(4).rstrip('.').upper()}")
        blocks.append(f"{number}. {prose(chance.randint(40, 90))}")
    return "\n\n".join(blocks)


def roman(number: int) -> str:
    """XIV for 14."""
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        while number >= value:
            written, number = written + sign, number - value
    return written


def group(members: int = 12) -> tuple[Group, Person, list[Person]]:
    """A group with an officer and so many members of made-up organizations."""
    made = make.group("experts", name="Expert group on technology transfer", short="EGTT")
    officer = make.officer(made)
    people = []
    for number in range(members):
        home = Organization(name=f"Ministry of the Environment of Country {number}", kind="party")
        db.session.add(home)
        db.session.flush()
        people.append(make.member(made, make.person(f"Expert Number{number}", organization_id=home.id)))
    db.session.commit()
    return made, officer, people


def discussed(version: Version, officer: Person, people: list[Person], comments: int, words: int = 45) -> Round:
    """An open round on that version with so many comments: a quarter propose a wording, a third have a response, every tenth an answer."""
    now = clock.now()
    opened = review.open_round(
        version, title="Second draft", opens_at=now - timedelta(hours=20), closes_at=now + timedelta(days=20), by=officer, door="page",
        at=now - timedelta(hours=20),
    )  # fmt: skip
    places = [p for p in db.session.scalars(db.select(Paragraph).where(Paragraph.version_id == version.id)) if p.kind != "heading"]
    for number in range(comments):
        _say(opened, places[number * len(places) // comments], officer, people, number, words, now - timedelta(minutes=number))
    db.session.commit()
    return opened


def _say(opened: Round, where: Paragraph, officer: Person, people: list[Person], number: int, words: int, at) -> None:
    author, door = people[number % len(people)], ("page", "mail")[number % 2]
    proposed = where.text.replace(" the ", " all the ", 1) + " " + sentence(6) if number % 4 == 0 else ""
    made = review.comment(
        opened, paragraph=where, text=prose(words), type=TYPES[number % 5], proposed=proposed, by=author, door=door, at=at
    )  # fmt: skip
    if number % 3 == 0:
        review.respond(made, DISPOSITIONS[number % 4], sentence(14), turn=0, by=officer, door="page", at=at)
    if number % 10 == 0:
        review.answer(made, prose(20), by=people[(number + 1) % len(people)], door="mail", at=at)


def read(version: Version, person: Person) -> None:
    """The person has seen every comment already: nothing is left to be noted."""
    from consult.review.models import Comment

    review.saw(person.id, list(db.session.scalars(db.select(Comment.id))))
    db.session.commit()


def signed_in(app, person: Person) -> str:
    """The cookie of a browser where this person signed in."""
    secret = sessions.begin(person)
    db.session.commit()
    return f"{app.config['SIGN_IN_COOKIE']}={secret}"
