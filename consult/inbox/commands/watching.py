"""FOLLOW and UNFOLLOW: news of one round, draft or comment at once, or never."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.alerts import watching
from consult.drafts.models import Draft
from consult.errors import NotFound, Refused
from consult.extensions import db
from consult.inbox.commands import naming
from consult.inbox.commands.asked import Asked
from consult.inbox.lines import Command
from consult.inbox.models import Arrival
from consult.kit import clock
from consult.kit.words import N_
from consult.people.models import Person
from consult.review.models import Comment, Round

WHAT = N_("Say what you mean: a round (R3), a comment (R3/57) or a draft by its name. For example: %(line)s")


@dataclass(frozen=True)
class Thing:
    """A round, draft or comment: its kind and number, how it is named in a command, what it is called."""

    kind: str
    id: int
    name: str
    title: str


def follow(asked: Asked) -> str:
    """FOLLOW: news of it at once, whatever the rhythm."""
    thing = _thing(asked)
    watching.watch(thing.kind, thing.id, True, **asked.act)
    return gettext(
        "You follow %(title)s: its news come at once. To end that, send: %(line)s", title=thing.title, line=f"UNFOLLOW {thing.name}"
    )


def unfollow(asked: Asked) -> str:
    """UNFOLLOW: no more news of it; requests and deadlines still come."""
    thing = _thing(asked)
    watching.watch(thing.kind, thing.id, False, **asked.act)
    return gettext(
        "You get no more news of %(title)s; requests for comments and deadlines still come. To follow it again, send: %(line)s",
        title=thing.title, line=f"FOLLOW {thing.name}",
    )  # fmt: skip


def thing_named(words: str, person: Person) -> Thing:
    """What words on a page name, as a command would."""
    arrival = Arrival(received_at=clock.now(), round_id=None)
    return _thing(Asked(Command("FOLLOW", words.strip(), words.strip()), person, arrival))


def known_thing(kind: str, number: int, person: Person) -> Thing | None:
    """The thing of that kind and number, if it is there."""
    found = db.session.get({"round": Round, "comment": Comment, "draft": Draft}[kind], number)
    return _as_thing(found, person) if found is not None else None


def _thing(asked: Asked) -> Thing:
    words = naming.plain(asked.argument).strip()
    if not words:
        return _answered(asked)
    if words.lstrip("#cC").isdecimal() or "/" in words and naming.ROUND.search(words.replace("/", " ")):
        return _as_thing(naming.comment(asked, words), asked.person)
    if naming.ROUND.search(words):
        return _as_thing(naming.need_round(asked), asked.person)
    found = naming.drafts(asked.person, words)
    if len(found) > 1:
        naming.choose(words, [f"{asked.command.verb} {each.group.slug}/{each.slug}" for each in found])
    if not found:
        raise Refused(naming.NO_DRAFT, name=words[:80])
    return _as_thing(found[0], asked.person)


def _answered(asked: Asked) -> Thing:
    """What the letter is about that is answered with the bare word."""
    key = asked.key
    found = db.session.get(Comment, key.subject_id) if key and key.purpose == "comment" else naming.round_of(asked, "")
    if found is None:
        raise Refused(WHAT, line=f"{asked.command.verb} R3")
    if isinstance(found, Comment) and found.round_id not in {each.id for each in naming.rounds(asked.person)}:
        raise NotFound()
    return _as_thing(found, asked.person)


def _as_thing(found, person: Person) -> Thing:
    if isinstance(found, Comment):
        title = gettext("comment %(number)s of “%(title)s”", number=found.number, title=found.round.title)
        return Thing("comment", found.id, f"R{found.round_id}/{found.number}", title)
    if isinstance(found, Round):
        return Thing("round", found.id, f"R{found.id}", f"“{found.title}”")
    return Thing("draft", found.id, naming.name_of(found, person), f"“{found.title}”")
