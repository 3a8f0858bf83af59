"""CORRECT, WITHDRAW, MOVE, CONSENT and `57 ED:`: what authors do with comments of their own, each named by its number."""

import re

from flask_babel import gettext

from consult.drafts import queries as drafts
from consult.errors import Refused
from consult.inbox import courtesies, rules
from consult.inbox.commands import naming
from consult.inbox.commands.asked import Asked
from consult.inbox.lines import MANY, ONE, TO
from consult.inbox.reading import sanitised
from consult.inbox.unwrapping import unwrapped
from consult.inbox.words import CONSENT_OF, spelled
from consult.kit.words import N_
from consult.review import actions as review
from consult.review.grammar import NAMES, kind_of, understood
from consult.review.marks import normal
from consult.review.models import Comment
from consult.review.rules import CONSENTS, TYPES

NO_TEXT = N_("Write the new text behind the colon or below the line. For example: %(line)s")
NO_WAY = N_("Say how it stands in the compilation: %(words)s. For example: %(line)s")
NO_MARK = N_("The text of the round has no paragraph %(mark)s.")
WHOLE = frozenset(("whole", "all", "0", "general", "tout", "todo", "весь", "все", "全文", "الكل"))
MOVED = re.compile(rf"({ONE})\s*{TO}\s*(.+)", re.IGNORECASE)
CONSENTED = re.compile(rf"({MANY})\s+(\D.*)", re.IGNORECASE)


def correct(asked: Asked) -> str:
    """CORRECT 57: a comment of one's own in other words; a new type or wording replaces the old one where one is written."""
    which = _own(asked, asked.argument.replace("：", ":").partition(":")[0])
    type, text, proposed = understood(courtesies.unsigned(f"\n{asked.text}", asked.person.name).strip())
    if not text and not proposed:
        raise Refused(NO_TEXT, line=f"CORRECT {which.number}: …")
    words = sanitised(unwrapped(text)) if text else which.text
    review.edit(which, text=words, type=type or which.type, proposed=sanitised(proposed) or which.proposed, **asked.act)
    return f"{_says(which)}\n{repair(which, 'CORRECT', 'WITHDRAW')}"


def retype(asked: Asked) -> str:
    """`57 ED:`: of what kind a comment is."""
    name, sign = asked.argument.rstrip(":： ").rsplit(None, 1)
    which = _own(asked, name)
    review.edit(which, text=which.text, type=NAMES[kind_of(f"{sign}:")[0]], proposed=which.proposed, **asked.act)
    return _says(which)


def withdraw(asked: Asked) -> str:
    """WITHDRAW 57: a comment of one's own is taken back."""
    taken = []
    for name in re.findall(ONE, naming.plain(asked.argument), re.IGNORECASE):
        which = _own(asked, name)
        review.withdraw(which, **asked.act)
        taken.append(f"{which.number} ({rules.first_words(which.text or which.proposed, 40)})")
    return gettext("Taken back: %(numbers)s", numbers="; ".join(taken))


def move(asked: Asked) -> str:
    """MOVE 57 TO 13: a comment of one's own on another paragraph."""
    found = MOVED.fullmatch(naming.plain(asked.argument).strip())
    which, mark = _own(asked, found[1]), found[2].strip(" []§¶.")
    was = which.paragraph.mark if which.paragraph else ""
    review.move(which, None if spelled(mark) in WHOLE else _paragraph(which, mark), **asked.act)
    back = gettext("To put it back, send: %(line)s", line=f"MOVE {which.number} TO {was or '0'}")
    return f"{_says(which)}\n   {back}"


def _paragraph(which: Comment, mark: str):
    version_id = which.round.version_id
    known = {normal(row.mark): row.mark for row in drafts.paragraphs(version_id) if row.mark}
    if normal(mark) not in known:
        raise Refused(NO_MARK, mark=mark)
    return drafts.by_mark(version_id, known[normal(mark)])


def consent(asked: Asked) -> str:
    """CONSENT 57 anonymous: how comments of one's own stand in the published compilation."""
    found = CONSENTED.fullmatch(naming.plain(asked.argument).strip())
    way = CONSENT_OF.get(spelled(found[2])) if found else None
    if way is None:
        raise Refused(NO_WAY, words="named, anonymous, withheld", line="CONSENT 57 anonymous")
    numbers = []
    for name in re.findall(ONE, found[1], re.IGNORECASE):
        which = _own(asked, name)
        review.consent(which, way, **asked.act)
        numbers.append(str(which.number))
    return gettext("In the compilation comment %(number)s stands so: %(way)s.", number=", ".join(numbers), way=gettext(CONSENTS[way]))


def _own(asked: Asked, name: str) -> Comment:
    return naming.comment(asked, name, own=True)


def _says(which: Comment) -> str:
    """What a comment says now, and where."""
    place = f"[{which.paragraph.mark}]" if which.paragraph else gettext("the whole text")
    told = gettext("Comment %(number)s, %(place)s, %(type)s, says now:", number=which.number, place=place, type=gettext(TYPES[which.type]))
    lines = [told, which.text, f"PROPOSED: {which.proposed}" if which.proposed else ""]
    return "\n   ".join(line for line in lines if line)


def repair(which: Comment, *verbs: str) -> str:
    """Lines to copy that change it again."""
    endings = {"CORRECT": ": …", "MOVE": " TO …", "WITHDRAW": ""}
    return "\n".join(f"   {verb} {which.number}{endings[verb]}" for verb in verbs)
