"""The pages on which officers take a letter, or the text of a round, as pages for fax or post. Each is made when a button asks for it."""

from io import BytesIO

from flask import Response, g, render_template, send_file

from consult.alerts import faxes
from consult.alerts.letters import pages
from consult.drafts.pages import DRAFT, readable
from consult.errors import NotFound
from consult.extensions import db
from consult.outbox import queries as outbox
from consult.people import queries as people
from consult.people.guard import needs
from consult.people.models import Person
from consult.reach import codes
from consult.reach import queries as reach
from consult.review import queries as review
from consult.review.models import Round


@pages.post("/g/<group>/letters/<int:letter>/fax.pdf")
@needs("letters.read")
def letter_pdf(group: str, letter: int):
    """A letter as pages, with a form to answer it."""
    row = outbox.letter_of_group(g.group.id, letter)
    person = db.session.get(Person, row.person_id) if row.person_id else None
    return _pdf(faxes.of_letter(row, person, g.group), f"letter-{row.id}.pdf")


@pages.get("/g/<group>/r/<int:round>/fax")
@needs("letters.read")
def fax_round(group: str, round: int):
    """Everybody a round asks, those who have been silent first, each with their pages and the way to enter what came back."""
    on = review.get_round(g.group.id, round)
    silent = {each.person_id for each in review.silent(on)}
    asked = sorted(on.invitations, key=lambda each: (each.person_id not in silent, each.person.name.casefold()))
    known = reach.latest_of({each.person_id for each in asked})
    return render_template(
        "letters/fax.html", round=on, version=on.version, draft=on.version.draft, asked=asked, silent=silent, known=known, code=codes.code
    )


@pages.post("/g/<group>/r/<int:round>/fax/<int:person>.pdf")
@needs("letters.read")
def round_pdf(group: str, round: int, person: int):
    """The text of a round as pages for one person whom it asks."""
    on = review.get_round(g.group.id, round)
    return _pdf(faxes.of_round(on, _asked(on, person), g.group), f"round-{on.id}-{person}.pdf")


@pages.post(f"{DRAFT}/v/<int:number>/fax.pdf")
@needs("letters.read")
def version_pdf(group: str, draft: str, number: int):
    """A version as pages for whoever it may be, with a form to answer."""
    version = readable(draft, number)
    return _pdf(faxes.of_version(version, g.group), f"{version.draft.slug}-v{version.number}-fax.pdf")


def _asked(on: Round, person_id: int) -> Person:
    """That person, if the round asks them or they sit in the group."""
    if not (review.invited(on.id, person_id) or people.sits_in(on.group_id, person_id)):
        raise NotFound()
    return people.get_person(person_id)


def _pdf(job: dict, name: str) -> Response:
    db.session.rollback()  # all is read; nobody else waits for the database while the press works
    answer = send_file(BytesIO(faxes.pressed(job)), "application/pdf", as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
