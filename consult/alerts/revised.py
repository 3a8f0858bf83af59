"""A new version for somebody who has an earlier one: what changed in full, the rest by its marks, and how to get the whole."""

from flask import current_app
from flask_babel import gettext

from consult.alerts.entries import beginning, indented
from consult.alerts.parts import octets
from consult.alerts.pen import Pen
from consult.drafts import openings
from consult.drafts import queries as drafts
from consult.drafts.wording import WORDS, Change, as_text, compare
from consult.kit.text import size
from consult.web.locale import language

RUN = 3
"""So many marks that follow each other are told as a range."""


def earlier(pen: Pen, version):
    """The earlier version that this person was sent, where octets count for them; None where the whole text is to go."""
    person = pen.person
    if not (person.means == "mail" or person.limit_bytes or person.budget_bytes):
        return None
    return openings.sent_before(version, person.id)


def blocks(pen: Pen, old, new, line: str) -> list[str]:
    """The letter's text: each paragraph that changed under the mark it has now. `line`: what to send for the whole."""
    told = pen.shelf.once(("revised", old.id, new.id, language()), lambda: _told(old, new))
    whole = size(octets(pen.shelf.text(new.id)))
    address = f"consult@{current_app.config['MAIL_DOMAIN']}"
    had = gettext("You have version %(number)s of this text. What is different in version %(new)s:", number=old.number, new=new.number)
    get = gettext("The whole text has %(size)s: send %(line)s to %(address)s.", size=whole, line=line, address=address)
    return [f"{had} {gettext('[-words-] were taken out, {+words+} put in.')} {get}", *told]


def _told(old, new) -> list[str]:
    changes = compare(*drafts.between(old, new))
    words = {kind: gettext(word) for kind, word in WORDS.items()}
    said = [_block(change, words) for change in changes if change.kind != "same"]
    marks = [(change.old.mark, change.new.mark) for change in changes if change.kind == "same" and change.old and change.new]
    kept = ranges([new_mark for old_mark, new_mark in marks if old_mark == new_mark], [change.new.mark for change in changes if change.new])
    moved = ", ".join(f"{new_mark} ({old_mark})" for old_mark, new_mark in marks if old_mark != new_mark)
    rest = [gettext("As they were: %(marks)s", marks=kept)] if kept else []
    rest += [gettext("The same with another number (before: in brackets): %(marks)s", marks=moved)] if moved else []
    return (said or [gettext("No paragraph was changed.")]) + rest


def _block(change: Change, words: dict[str, str]) -> str:
    """One paragraph below its mark of now; what is gone is told without a mark, because nothing can be said to it any more."""
    if change.new is None:
        return indented(f"{words[change.kind]}: {change.old.mark}. {' '.join(change.old.text.split())[:200]}")
    was = f", {change.old.mark}" if change.old and change.old.mark != change.new.mark else ""
    head = f"[{change.new.mark}] ({words[change.kind]}{was})"
    if change.kind == "moved":
        return f"{head} {beginning(change.new).partition('] ')[2]}"
    return f"{head} {change.new.text if change.kind == 'new' else as_text(change.ops)}"


def ranges(marks: list[str], order: list[str]) -> str:
    """Marks as people name them: `1-7, 9, 12 (a)`; only those that follow each other in the text become a range."""
    place = {mark: at for at, mark in enumerate(order)}
    runs: list[list[str]] = []
    for mark in marks:
        if runs and place[mark] == place[runs[-1][-1]] + 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) >= RUN else ", ".join(run) for run in runs)
