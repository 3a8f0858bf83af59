"""KIT, and GET kit: the offline kit of a round as one attached file, or smaller forms of it where a line does not bear the whole."""

import re
from functools import partial

from flask_babel import gettext

from consult.alerts.pen import Pen, Sheet
from consult.drafts import openings
from consult.extensions import db
from consult.inbox.commands import naming, offering, wishes
from consult.inbox.commands.asked import Asked
from consult.inbox.commands.offering import Offered
from consult.kit import clock
from consult.offline import making
from consult.outbox.attaching import Attached, part
from consult.people.models import Group
from consult.people.rules import MAIL_LIMIT
from consult.review.models import Round

BARE = re.compile(r"\b(?:bare|small|without|sans|sin|без)\b|不含|بدون", re.IGNORECASE)
FORM = re.compile(r"\b(?:form|text|formulaire|formulario|форма|анкета)\b|表格|نموذج|استمارة", re.IGNORECASE)
SMALLER = {"": "bare", "bare": "form", "form": ""}
"""What a kit comes in, each with the form that is smaller."""


def kit(asked: Asked) -> str:
    """The kit of the round named, or of the letter answered; what is larger than one letter of this person may be is announced first."""
    words = naming.plain(asked.argument)
    on = naming.need_round(asked, words)
    form = "form" if FORM.search(words) else "bare" if BARE.search(words) else ""
    file = _file(on, asked, form)
    what = _offered(on, asked, form, file)
    weight, limit = len(part(file)), asked.person.limit_bytes or (MAIL_LIMIT if asked.person.means == "mail" else 0)
    if asked.agreed or not 0 < limit < weight:
        return offering.send(what, asked)
    wish = wishes.wish(asked, weight, 1, what.line)
    told = gettext("It is larger than the letters you want to get at most.")
    return f"{told} {offering.announced(wish, what.less)}"


def _file(on: Round, asked: Asked, form: str) -> Attached:
    if form == "form":
        return Attached(f"form-R{on.id}.txt", "text/plain; charset=utf-8", making.form_text(on, asked.person).encode())
    name, data = making.kit(on, asked.person, with_comments=form != "bare")
    return Attached(name, "application/zip", data)


def _offered(on: Round, asked: Asked, form: str, file: Attached) -> Offered:
    line = f"KIT R{on.id} {form}".strip()
    less = f"KIT R{on.id} {SMALLER[form]}" if SMALLER[form] else ""
    title = gettext("Offline kit: %(title)s", title=on.title)
    seen = partial(openings.opened, on.version, asked.person, "mail", clock.now())
    return Offered(line, title, db.session.get_one(Group, on.group_id), partial(_written, on, title, form, file), less, seen)


def _written(on: Round, title: str, form: str, file: Attached, pen: Pen) -> Sheet:
    """A short letter with the file; an answer to it goes to the round."""
    sheet = Sheet("kit", title, [], "round", on.id, until=on.closes_at, weight=len(part(file)), along=lambda _: [file])
    sheet.top = pen.words("inbox/kit", round=on, form=form, file=file, closes=pen.moment(on.closes_at))
    return sheet
