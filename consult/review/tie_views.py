"""The page on which an officer says what became of a paragraph, where the finding was wrong."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from consult.drafts import queries as drafts
from consult.drafts import rules as draft_rules
from consult.drafts.models import Version
from consult.drafts.pieces import Piece
from consult.drafts.retying import likeliest
from consult.errors import NotFound, Refused
from consult.kit.words import N_
from consult.people.guard import me, needs
from consult.review import actions
from consult.review.forms import TieForm
from consult.review.pages import pages
from consult.web.forms import told


@pages.route("/g/<group>/d/<draft>/v/<int:number>/became", methods=["GET", "POST"])
@needs("ties.correct")
def became(group: str, draft: str, number: int):
    """Which paragraphs of the version before became which of this one; comments follow what is said here."""
    at = drafts.version(drafts.draft(g.group.id, draft), number)
    older = drafts.before(at)
    if older is None:
        raise NotFound(N_("Version %(number)s is the first one: there is nothing before it."), number=number)
    form = TieForm(data={"before": request.args.get("before", "")[:500], "now": request.args.get("now", "")[:500]})
    if form.validate_on_submit():
        moved = 0
        with told(form):
            moved = actions.retie(at, form.before.data or "", form.now.data or "", by=me(), door="page")
        if not form.errors:
            flash(_what_was_done(at, moved))
            return redirect(url_for("drafts.diff", group=group, draft=draft, number=number, older=older.number), 303)
    return _page(at, older, form), 422 if form.errors else 200


def _what_was_done(at: Version, moved: int) -> str:
    kept = gettext("Kept.")
    if not at.published_at or not moved:
        return kept
    return f"{kept} " + ngettext("%(num)s comment stands elsewhere now.", "%(num)s comments stand elsewhere now.", moved)


def _page(at: Version, older: Version, form: TieForm) -> str:
    old, new = drafts.pieces(older.id), drafts.pieces(at.id)
    before, now = _named(form.before.data, old, older.number), _named(form.now.data, new, at.number)
    return render_template(
        "review/became.html",
        version=at, older=older, draft=at.draft, form=form, before=before, now=now,
        earlier=likeliest(now, old) if now and not before else [], later=likeliest(before, new) if before and not now else [],
    )  # fmt: skip


def _named(typed: str | None, pieces: Sequence[Piece], number: int) -> list[Piece]:
    """The paragraphs whose marks stand in the form, as far as they are marks."""
    try:
        return [pieces[place] for place in draft_rules.at_marks(typed or "", [piece.mark for piece in pieces], number)]
    except Refused:
        return []
