"""The compilation of a round on a page: what was said, what became of it, and the same as documents."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from consult.papers import actions, compiling, rules, summary
from consult.papers.pages import pages
from consult.people.guard import may_here, me, needs
from consult.review import compiled
from consult.review import queries as review
from consult.review.models import Round

ADDRESS = "/g/<group>/r/<int:round>/compilation"
A_PAGE = 20
LONGEST = 2_500
"""Signs of one text on the page; the rest is read where the comment stands."""


@pages.get(ADDRESS)
@needs("draft.read")
def compilation(group: str, round: int):
    """Comments and responses in reading order, with the version they refer to; before it is published for those who publish it."""
    of = _readable(round)
    counts = compiled.counts(of)
    came = request.args.get("came", "") if request.args.get("came", "") in ("in-time", "extended", "late") else ""
    total = counts[came] if came else counts["total"] - counts["withheld"]
    last = max(1, -(-total // A_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "papers/compilation.html",
        round=of, version=of.version, draft=of.version.draft, counts=counts, facts=summary.facts_of(of), came=came, page=number, last=last,
        entries=compiling.entries(of, (number - 1) * A_PAGE, A_PAGE, came), total=total, state=review.state(of), who=summary.who,
        place=summary.place, longest=LONGEST, publishes=may_here("compilation.publish"), anew=compiling.may_anew(of),
    )  # fmt: skip


@pages.post(f"{ADDRESS}/publish")
@needs("compilation.publish")
def publish(group: str, round: int):
    """Publish it; everybody concerned gets a letter."""
    of = review.get_round(g.group.id, round)
    actions.publish_compilation(of, as_received=bool(request.form.get("as-received")), by=me(), door="page")
    flash(gettext("The compilation is published and everybody concerned is told."))
    return redirect(url_for("papers.compilation", group=group, round=round), 303)


@pages.post(f"{ADDRESS}/take")
@needs("draft.read")
def take(group: str, round: int):
    """Ask for it as a document."""
    of = _readable(round)
    asked = actions.ask(of, request.form.get("form", ""), options={"language": me().language}, by=me(), door="page")
    return redirect(url_for("papers.paper", group=group, paper=asked.id, then=1), 303)


def _readable(round_id: int) -> Round:
    of = review.get_round(g.group.id, round_id)
    rules.check_published(compiling.readable(of, me()))
    return of
