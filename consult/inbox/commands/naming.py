"""What people name by mail: a draft, a round (`R3`), a comment (`57`, `R3/57`); only what they may read. In doubt choices are shown."""

import re
import unicodedata

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from consult.drafts.models import Draft, Version
from consult.errors import Refused
from consult.extensions import db
from consult.inbox.commands.asked import Asked
from consult.kit.words import N_
from consult.people import guests
from consult.people import queries as people
from consult.people.models import Person
from consult.review.models import Comment, Round

ROUND = re.compile(r"(?<!\w)R\s?(\d{1,6})(?!\w)", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.])[C#]?(\d{1,6})(?![\w.])", re.IGNORECASE)
MOST_CHOICES = 12
NO_ROUND = N_("There is no round %(name)s that you can read. LIST shows the rounds of your groups.")
WHICH_ROUND = N_("Say which round you mean. LIST shows the rounds of your groups. For example: %(line)s")
NO_COMMENT = N_("There is no comment %(name)s that you can read.")
NO_OWN_COMMENT = N_("There is no comment %(name)s of yours.")
NO_DRAFT = N_("Nothing here is called “%(name)s”. LIST shows what there is to read, SEARCH finds words in it.")
SEVERAL = N_("“%(name)s” can mean several things. Send one of these lines:\n%(lines)s")


def groups(person: Person) -> list[int]:
    """The numbers of the groups whose drafts and comments the person may read."""
    return [group.id for group in people.groups_where(person, "draft.read")]


def guest_rounds(person: Person) -> list[int]:
    """The numbers of the rounds into which the person is let from outside."""
    return [round_id for _, _, round_id in guests.let_in([person.id])]


def rounds(person: Person) -> list[Round]:
    """Every round the person may read in, the newest first."""
    mine = or_(Round.group_id.in_(groups(person)), Round.id.in_(guest_rounds(person)))
    wanted = select(Round).where(mine).options(joinedload(Round.version).joinedload(Version.draft)).order_by(Round.id.desc())
    return list(db.session.scalars(wanted))


def round_of(asked: Asked, words: str | None = None) -> Round | None:
    """The round that the words name (`R3`), else the one that the answered letter is about; None when neither says one."""
    found = ROUND.search(plain(asked.argument if words is None else words))
    number = int(found[1]) if found else asked.arrival.round_id
    if number is None:
        return None
    known = next((each for each in rounds(asked.person) if each.id == number), None)
    if known is None and found:
        raise Refused(NO_ROUND, name=f"R{number}")
    return known


def need_round(asked: Asked, words: str | None = None) -> Round:
    """The same, refused when no round is named."""
    found = round_of(asked, words)
    if found is None:
        raise Refused(WHICH_ROUND, line=f"{asked.command.verb} R3")
    return found


def comment(asked: Asked, words: str, *, own: bool = False) -> Comment:
    """The comment of that number: in the round named, in that of the letter answered, or wherever there is one the person may read."""
    words = plain(words)
    inside, bare = round_of(asked, words), ROUND.sub(" ", words).replace("/", " ")
    number = NUMBER.search(bare)
    if number is None:
        raise Refused(NO_OWN_COMMENT if own else NO_COMMENT, name=words.strip()[:40])
    found = _comments(asked.person, int(number[1]), own)
    narrowed = [each for each in found if inside is not None and each.round_id == inside.id]
    found = narrowed or ([] if ROUND.search(words) else found)
    if not found:
        raise Refused(NO_OWN_COMMENT if own else NO_COMMENT, name=number[1])
    if len(found) > 1:
        rest = asked.argument.replace(number[0], "{}", 1)
        lines = [f"{asked.command.verb} {rest.format(f'R{each.round_id}/{each.number}') if '{}' in rest else rest}" for each in found]
        choose(number[0], lines)
    return found[0]


def _comments(person: Person, number: int, own: bool) -> list[Comment]:
    wanted = select(Comment).join(Round).where(Comment.number == number).order_by(Comment.id.desc()).limit(MOST_CHOICES)
    mine = Comment.author_id == person.id
    read = or_(Round.group_id.in_(groups(person)), Comment.round_id.in_(guest_rounds(person)) & mine)
    return list(db.session.scalars(wanted.where(read, mine) if own else wanted.where(read)))


def choose(name: str, lines: list[str]) -> None:
    """Several things bear that name: the lines to choose from, each ready to be sent."""
    raise Refused(SEVERAL, name=name, lines="\n".join(f"   {line}" for line in lines[:MOST_CHOICES]))


def drafts(person: Person, name: str) -> list[Draft]:
    """The drafts of the person's groups that are called so: short name, `group/name`, symbol, or the beginning of one that no other has."""
    wanted = _key(name)
    if not wanted:
        return []
    known = list(db.session.scalars(select(Draft).where(Draft.group_id.in_(groups(person))).options(joinedload(Draft.group))))
    exact = [each for each in known if wanted in (_key(each.slug), _key(each.symbol), _key(f"{each.group.slug}/{each.slug}"))]
    return exact or [each for each in known if len(wanted) >= 3 and (_key(each.slug).startswith(wanted) or wanted in _key(each.title))]


def name_of(draft: Draft, person: Person) -> str:
    """How a draft is named in a command of this person: its short name, with its group's where another has the same."""
    same = select(Draft.id).where(Draft.slug == draft.slug, Draft.id != draft.id, Draft.group_id.in_(groups(person)))
    return f"{draft.group.slug}/{draft.slug}" if db.session.scalar(same.limit(1)) else draft.slug


def plain(words: str) -> str:
    """Words with digits and signs as a keyboard of any of the six languages writes them, made one."""
    made = unicodedata.normalize("NFKC", words)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in made)


def _key(name: str) -> str:
    return " ".join(plain(name).casefold().split()).strip(" .“”\"'")
