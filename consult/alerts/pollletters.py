"""The letters beside comments: guiding questions that came later, a question that asks for a voice, and what came of it."""

from flask_babel import gettext

from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.drafts.wording import as_text, difference
from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.polls import queries, rules, voices
from consult.polls.models import Poll
from consult.review import queries as review
from consult.web.filters import instant_words, named
from consult.web.locale import language

OVER = "it was closed meanwhile"
ANSWERED = "they were taken back meanwhile"


def questions(pen: Pen, event: Event) -> Letter | str | None:
    """The guiding questions of a round that is open already, to be answered below each."""
    asked = pen.shelf.round(event.subject_id)
    found = pen.shelf.once(("questions", asked.id), lambda: queries.questions(asked.id))
    if review.state(asked, pen.now) == "closed":
        return OVER
    if not found:
        return ANSWERED
    by = instant_words(asked.closes_at, "UTC")
    follows = pen.material.letters.get(("round", asked.id), "")
    subject = gettext("Questions, answers by %(when)s: %(title)s", when=by, title=excerpt(asked.title, 90))
    sheet = Sheet(kind="questions", subject=subject, top=[], purpose="round", about=asked.id, until=asked.closes_at, follows=follows)
    sheet.top = pen.words("alerts/questions", round=asked, questions=found)
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def poll(pen: Pen, event: Event) -> Letter | str | None:
    """What is asked, word by word, and the one word that answers it."""
    asked = _poll(pen, event)
    if queries.state(asked, pen.now) == "closed":
        return OVER
    by = instant_words(asked.closes_at, "UTC")
    kind = named(asked.kind).capitalize()
    sheet = _sheet(
        pen, asked, "poll", gettext("%(kind)s, answer by %(when)s: %(title)s", kind=kind, when=by, title=excerpt(asked.title, 90))
    )
    standing = queries.standing(pen.person, asked.round.group_id)
    sheet.top = pen.words(
        "alerts/poll", poll=asked, round=asked.round, draft=asked.round.version.draft, text=_text(asked), kind=named(asked.kind),
        means=gettext(rules.MEANS[asked.kind], quorum=asked.quorum), words=voices.named(language()), apart=standing == "apart",
    )  # fmt: skip
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def outcome(pen: Pen, event: Event) -> Letter | None:
    """What came of it: the numbers, and each objection with its reason."""
    asked = _poll(pen, event)
    told, standings = pen.shelf.once(("voices", asked.id), lambda: (queries.votes(asked), queries.standings(asked)))
    sheet = _sheet(pen, asked, "outcome", f"{named(asked.outcome).capitalize()}: {excerpt(asked.title, 90)}")
    sheet.top = pen.words(
        "alerts/outcome", poll=asked, round=asked.round, text=_text(asked), kind=named(asked.kind), outcome=named(asked.outcome),
        tally=pen.shelf.once(("tally", asked.id), lambda: queries.tally(asked)), choices=rules.CHOICES, named=named,
        objections=[each for each in told if each.choice == "object" and standings.get(each.person_id) == "counts"],
        remarks=[each for each in told if each.reason and not (each.choice == "object" and standings.get(each.person_id) == "counts")],
    )  # fmt: skip
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def _poll(pen: Pen, event: Event) -> Poll:
    return pen.shelf.once(("poll", event.subject_id), lambda: db.session.get_one(Poll, event.subject_id))


def _text(asked: Poll) -> str:
    """The paragraph as it stands, or the wording for it with what it takes out and puts in; empty for the whole draft."""
    where = asked.paragraph
    if asked.wording:
        return (f"[{where.mark}] " + as_text(difference(where.text, asked.wording))) if where else asked.wording
    return f"[{where.mark}] {where.text}" if where else ""


def _sheet(pen: Pen, asked: Poll, kind: str, subject: str) -> Sheet:
    follows = pen.material.letters.get(("round", asked.round_id), "")
    return Sheet(kind=kind, subject=subject, top=[], purpose="poll", about=asked.id, until=asked.closes_at, follows=follows)
