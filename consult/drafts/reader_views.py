"""Who has read what: the officers' log of a version, and what changed since a reader was last here."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext

from consult.drafts import actions, openings, queries
from consult.drafts.pages import DRAFT, pages, readable
from consult.drafts.telling import count
from consult.errors import NotFound
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.guard import me, needs


@pages.get(DRAFT + "/since")
@needs("draft.read")
def since(group: str, draft: str):
    """What changed since the version that the reader opened last."""
    of = queries.draft(g.group.id, draft)
    newest, read = queries.latest(of), openings.last_read(of, me().id)
    if newest is None:
        raise NotFound(N_("There is no version to read yet."))
    before = read[0] if read and read[0].number < newest.number else None
    counts = count(queries.diff(before, newest)) if before else {}
    return render_template("drafts/since.html", draft=of, newest=newest, before=before, read=read, counts=counts)


@pages.post(DRAFT + "/v/<int:number>/diff/<int:older>/letter")
@needs("draft.read")
def send_changes(group: str, draft: str, number: int, older: int):
    """The change list by e-mail, to whoever asks."""
    new, old = readable(draft, number), readable(draft, older)
    actions.ask_for_changes(old, new, by=me(), door="page")
    flash(gettext("The changes from version %(older)s to version %(number)s are on their way to you.", older=older, number=number))
    return redirect(url_for("drafts.diff", group=group, draft=draft, number=number, older=older), 303)


@pages.get(DRAFT + "/v/<int:number>/readers")
@needs("readers.see")
def readers(group: str, draft: str, number: int):
    """Who opened this version, and which members have not."""
    version = readable(draft, number)
    rows = openings.log(version.id)
    seen = {row.id for row in rows}
    unread = [seat.person for seat in people.members(g.group.id) if seat.person_id not in seen]
    return render_template("drafts/readers.html", draft=version.draft, version=version, rows=rows, unread=unread)
