"""The letters about the group itself: welcome, a new version, an address that fails, something that could not be told."""

from flask_babel import gettext

from consult.alerts.entries import excerpt
from consult.alerts.pen import Pen, Sheet
from consult.drafts import openings
from consult.drafts import queries as drafts
from consult.drafts.models import Draft
from consult.drafts.wording import WORDS
from consult.extensions import db
from consult.journal.models import Event
from consult.kit.text import size
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from consult.people.models import Membership
from consult.people.rules import DAYS, FORMS, LANGUAGES, MAIL_LIMIT, RHYTHMS, ROLES
from consult.web.locale import language


def welcome(pen: Pen, event: Event) -> Letter | None:
    """What the group is, how to take part by mail and on the pages, and how the person is written to now."""
    seat = db.session.get_one(Membership, event.subject_id)
    person = pen.person
    limit = person.limit_bytes or (MAIL_LIMIT if person.means == "mail" else 0)
    sheet = _sheet(pen, "welcome", gettext("Welcome to %(group)s", group=pen.group.name))
    sheet.keys = [pen.key("means", pen.group.id)]
    sheet.top = pen.words(
        "alerts/welcome", role=gettext(ROLES[seat.role]), officers=pen.shelf.officers(pen.group.id), rhythm=rhythm(person),
        form=gettext(FORMS[person.form]), limit=size(limit) if limit else gettext("no limit"),
        language_name=LANGUAGES.get(person.language, person.language), means=outbox.address_of(sheet.keys[0]),
    )  # fmt: skip
    return pen.post(sheet, f"event:{event.id}:{person.id}")


def rhythm(person) -> str:
    """How often news come, in words: `once a week, on Monday at 7:00`."""
    word = gettext(RHYTHMS[person.rhythm])
    if person.rhythm == "weekly":
        return gettext("%(rhythm)s, on %(day)s at %(hour)s:00", rhythm=word, day=gettext(DAYS[person.digest_day]), hour=person.digest_hour)
    return gettext("%(rhythm)s, at %(hour)s:00", rhythm=word, hour=person.digest_hour) if person.rhythm == "daily" else word


def version(pen: Pen, event: Event) -> Letter | None:
    """A new version can be read, and what is new in it."""
    published = pen.shelf.version(event.subject_id)
    counts = pen.shelf.once(("changes", published.id), lambda: drafts.changes(published))
    title = excerpt(published.draft.title, 90)
    sheet = _sheet(pen, "version", gettext("Version %(number)s: %(title)s", number=published.number, title=title))
    sheet.top = pen.words("alerts/version", version=published, draft=published.draft, changes=changed(counts))
    sheet.blocks = news_of(pen, published)
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def changes(pen: Pen, event: Event) -> Letter | None:
    """What changed from one version to another, word by word, for whoever asked."""
    new, old = pen.shelf.version(event.subject_id), pen.shelf.version(event.data["older"])
    sheet = difference(pen, old, new)
    openings.opened(new, pen.person, "mail", pen.now)
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def difference(pen: Pen, old, new) -> Sheet:
    """The letter that tells what changed between two versions, before it is posted."""
    title = excerpt(new.draft.title, 90)
    subject = gettext("What changed from version %(older)s to %(number)s: %(title)s", older=old.number, number=new.number, title=title)
    sheet = _sheet(pen, "changes", subject)
    sheet.top = pen.words("alerts/changes", new=new, old=old, draft=new.draft)
    sheet.blocks = _change_list(pen, old, new)
    return sheet


def news_of(pen: Pen, published) -> list[str]:
    """What a new version changed, for whoever does not open pages; nothing for the others, and for a first version."""
    older = pen.shelf.once(("before", published.id), lambda: drafts.before(published))
    if pen.person.means != "mail" or older is None:
        return []
    openings.opened(published, pen.person, "mail", pen.now)
    said = gettext("What changed in version %(number)s of “%(title)s”:", number=published.number, title=published.draft.title)
    return [said, *_change_list(pen, older, published)]


def _change_list(pen: Pen, old, new) -> list[str]:
    """One block a changed paragraph: its marks, what became of it, its words with [-taken out-] and {+put in+}."""
    words = {kind: gettext(word) for kind, word in WORDS.items()}
    told = pen.shelf.once(("change list", old.id, new.id, language()), lambda: drafts.diff_text(old, new, words))
    return told.split("\n\n") if told else [gettext("No paragraph was changed.")]


def issued(pen: Pen, event: Event) -> Letter | None:
    """A text may be cited from now on."""
    draft = db.session.get_one(Draft, event.subject_id)
    sheet = _sheet(pen, "issued", gettext("Issued: %(title)s", title=excerpt(draft.title, 90)))
    sheet.top = pen.words("alerts/issued", draft=draft, number=event.data["number"])
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def changed(counts: dict[str, int]) -> str:
    """What changed between versions, counted: `changed: 4, new: 2`."""
    said = [gettext("%(what)s: %(count)s", what=gettext(WORDS[kind]), count=count) for kind, count in counts.items() if kind in WORDS]
    return gettext(", ").join(said)


def failing(pen: Pen, event: Event) -> Letter | None:
    """To officers: somebody can no longer be reached."""
    sheet = _sheet(pen, "failing", gettext("Letters to %(name)s come back", name=event.data["name"]))
    sheet.top = pen.words("alerts/failing", name=event.data["name"], address=event.data.get("address", ""))
    return pen.post(sheet, f"event:{event.id}:{pen.person.id}")


def broken(pen: Pen, event: Event, why: str) -> Letter | None:
    """To officers, once: something could not be put into letters."""
    sheet = _sheet(pen, "broken", gettext("Something could not be put into letters"))
    what = f"{event.kind} {event.data.get('number', event.subject_id)}"
    sheet.top = pen.words("alerts/broken", what=what, why=why, url=pen.address(*_page(event)))
    return pen.post(sheet, f"broken:{event.id}:{pen.person.id}")


def _page(event: Event) -> tuple:
    if "round_id" not in event.data:
        return ("timeline",)
    return ("r", event.data["round_id"], "c", event.data["number"]) if "number" in event.data else ("r", event.data["round_id"])


def _sheet(pen: Pen, kind: str, subject: str) -> Sheet:
    return Sheet(kind=kind, subject=subject, top=[], purpose="digest", about=pen.group.id)
