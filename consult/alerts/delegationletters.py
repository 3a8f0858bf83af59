"""The letters to those who speak for a Party or organization: what is asked of them, and the set as it stands. No officer reads these."""

from flask_babel import gettext

from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.delegations import queries, telling
from consult.delegations.models import Delegation
from consult.extensions import db
from consult.journal.models import Event
from consult.outbox.models import Letter
from consult.review import queries as review
from consult.web.filters import instant_words

NOT_IN_IT = "is not in this delegation any more"
TOLD_TOGETHER = "told by the letter of the set that went out with it"
SUBMITTED = "everything was submitted meanwhile"


def appointed(pen: Pen, event: Event) -> Letter | str | None:
    """What somebody is asked to do for a Party or organization; with the whole text when the round is open and they have not had it."""
    of = db.session.get_one(Delegation, event.subject_id)
    part = queries.part(of, pen.person.id)
    if not part:
        return NOT_IN_IT
    asked = pen.shelf.round(of.round_id)
    title = excerpt(asked.title, 80)
    subject = gettext("You are asked to comment for %(organization)s: %(title)s", organization=of.organization.name, title=title)
    before = pen.material.letters.get(("round", asked.id), "")
    carries = review.state(asked, pen.now) == "open" and not before
    sheet = Sheet("appointed", subject, [], "round", asked.id, until=asked.closes_at, follows=before)
    sheet.top = pen.words(
        "alerts/appointed", of=of, part=part, round=asked, carries=carries, mark=pen.shelf.example(asked.version_id), had=bool(before),
        officers=pen.shelf.officers(asked.group_id), url=pen.address("r", asked.id, "delegation", of.id),
    )  # fmt: skip
    if carries:
        sheet.again = pen.words("alerts/again", round=asked)
        sheet.blocks = pen.shelf.text(asked.version_id)
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def the_set(pen: Pen, event: Event) -> Letter | str | None:
    """Everything the delegation prepares, with the one word that submits it; one letter however much is new."""
    of = db.session.get_one(Delegation, event.data.get("delegation_id", event.subject_id))
    part = queries.part(of, pen.person.id)
    if part not in ("contact", "deputy"):
        return NOT_IN_IT
    if of.id in pen.material.sets:
        return TOLD_TOGETHER
    counts = queries.counts([of.id])[of.id]
    if event.kind != "delegation.due" and not counts["pending"] + counts["verified"]:
        return SUBMITTED
    pen.material.sets.add(of.id)
    asked = pen.shelf.round(of.round_id)
    sheet = Sheet("set", _subject(of, event, asked), [], "delegation", of.id, until=asked.closes_at, private=True)
    sheet.top = pen.words(
        "alerts/set", of=of, part=part, round=asked, kind=event.kind, counts=counts, standing=telling.standing(of),
        url=pen.address("r", asked.id, "delegation", of.id),
    )  # fmt: skip
    sheet.again = [gettext("The comments of %(organization)s, continued", organization=of.organization.name)]
    sheet.blocks = telling.blocks(of)
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def _subject(of: Delegation, event: Event, asked) -> str:
    said = {"organization": of.organization.name, "title": excerpt(asked.title, 70)}
    if event.kind == "delegation.left":
        return gettext("Not submitted by %(organization)s: %(title)s", **said)
    if event.kind == "delegation.reminded":
        by = instant_words(asked.closes_at, "UTC")
        return gettext("%(organization)s, please submit by %(when)s: %(title)s", when=by, **said)
    return gettext("The comments of %(organization)s: %(title)s", **said)
