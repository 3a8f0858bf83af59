"""HELP, and HELP with a word: what can be asked for by whom, and how one command is written in six languages."""

from flask import current_app, render_template
from flask_babel import gettext
from sqlalchemy import select

from consult.delegations import queries as delegations
from consult.errors import Refused
from consult.extensions import db
from consult.inbox import lines, parity
from consult.inbox.commands.asked import Asked
from consult.inbox.words import VERBS, spelled
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.models import Person
from consult.people.rules import COMMANDS
from consult.review.models import Comment

NO_WORD = N_("There is no command %(word)s. HELP alone lists them.")
LONG: dict[str, str] = {
    "GET": N_(
        "A draft by its short name, its symbol or words of its title; v2 for a version; 12-18 or [12] for paragraphs. GET R3: the text of "
        "a round. GET R3 compilation: its comments and responses. GET R3/57: one comment with its thread. GET 2: what stood under that "
        "number in the last LIST or SEARCH. What is large is announced first."
    ),
    "DIFF": N_("What changed, word by word. DIFF report: the newest version and the one before; DIFF report 1 3: those two."),
    "COMMENTS": N_("Each comes with an address that takes your answer. COMMENTS R3 12, COMMENTS report 12, COMMENTS since 2026-11-01."),
    "CORRECT": N_(
        "The new text stands behind the colon or below the line, up to END or a mark such as [12]. ED: and PROPOSED: work in it. Where "
        "two rounds have the number: CORRECT R3/57. What was said before is kept."
    ),
    "MOVE": N_("Your own comment goes to another paragraph of the same text while the round is open. MOVE 57 TO 0: to the whole text."),
    "PART": N_("In a reply to any part of the letter. Elsewhere: PART 3 OF and the number that stands on top of the other parts."),
    "CONSENT": N_("named, anonymous or withheld: how it stands in the published compilation."),
    "FOLLOW": N_("A round (R3), a comment (R3/57) or a draft; alone in a reply: what that letter is about. UNFOLLOW: no news of it."),
    "RESPOND": N_(
        "accepted, accepted in part, accepted with modification, not accepted, noted or clarification needed; then a colon and why."
    ),
    "POLL": N_("straw, consensus or silence, the day it ends, a colon and the question; below the line the wording."),
    "RELEASE": N_("AS and an address or name: for that person. TO R3: in that round. TO R3 12: on that paragraph."),
    "SEARCH": N_("All words must stand in the paragraph or comment. GET and the number of a hit fetches it."),
}


def helped(asked: Asked) -> str:
    """HELP: what can be asked for; with a word, how that is written."""
    if asked.argument.strip():
        return _one(asked)
    person = asked.person
    rows = [(words, [row for row in rows if _short(row)]) for words, rows in parity.by_who() if _concerns(words, person)]
    return render_template(
        "mail/inbox/help.txt", domain=current_app.config["MAIL_DOMAIN"], reading=parity.READ,
        settings=[each for each in COMMANDS if each[0] not in {form for form, _ in parity.READ}], doing=rows,
        offices=parity.OFFICES if people.may_somewhere(person, "desk.work") else (),
    ).strip()  # fmt: skip


def _short(row: parity.Row) -> bool:
    """What is a command, and not said already above among the settings."""
    return row.letter == "consult" and row.form != "📎" and row.form.split()[0] not in {form.split()[0] for form, _ in COMMANDS[3:]}


def _concerns(words: str, person: Person) -> bool:
    """Nobody reads here what they cannot do."""
    if words == parity.WHO["lead"]:
        return people.may_somewhere(person, "round.manage") or _drafts(person)
    return words != parity.WHO["contact"] or bool(delegations.waiting_for(person.id))


def _drafts(person: Person) -> bool:
    """Whether the person was asked to draft responses."""
    return db.session.scalar(select(Comment.id).where(Comment.drafter_id == person.id).limit(1)) is not None


def _one(asked: Asked) -> str:
    found = lines.KNOWN.get(spelled(asked.argument))
    if found is None:
        raise Refused(NO_WORD, word=asked.argument[:40].upper())
    rows = [(row.form, gettext(row.sentence)) for row in parity.TABLE if row.form.split()[0] == found]
    rows += [(form, gettext(words)) for form, words in (*parity.READ, *parity.OFFICES, *COMMANDS) if form.split()[0] == found]
    told = [f"{form}\n   {words}" for form, words in dict(rows).items()]
    told += [gettext(LONG[found])] if found in LONG else []
    told += [gettext("The same word: %(words)s", words=gettext(", ").join(VERBS[found].split("|")))] if found in VERBS else []
    return "\n".join(told)
