"""The desk as a list: queues with their numbers, a search, and the same done with all ticked letters."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import render_template, request
from flask_babel import gettext

from consult.errors import Refused
from consult.inbox import queries, queues, rereading, rules, together
from consult.inbox.pages import pages
from consult.inbox.queues import Wanted
from consult.kit import clock
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.guard import me, signed_in
from consult.web.forms import translated

ASKED = ("queue", "state", "group", "words", "since", "until")
MOST = 500
"""Letters that are settled in one go."""


@pages.get("/desk")
@signed_in
def desk():
    """The letters of the groups a person works for, and their own; newest first, by what became of them and by what stands in them."""
    asked = _asked()
    wanted = _wanted(asked)
    before, after = (request.args.get(name, type=int) for name in ("before", "after"))
    return _shown(asked, wanted, before, after)


def _shown(asked: dict[str, str], wanted: Wanted, before: int | None, after: int | None):
    works = people.may_somewhere(me(), "desk.work")
    page = queues.page(me(), wanted, before=before, after=after)
    groups = people.groups_where(me(), "desk.work") if works else []
    return render_template(
        "inbox/desk.html", rows=page.rows, page=page, counts=queues.counts(me()), asked=asked, wanted=wanted, works=works, groups=groups,
        queues=rules.QUEUES, states=rules.STATES, sorts=rules.SORTS, names=queries.group_names(page.rows), redacted=rules.redacted,
        failing=queues.failing_addresses(me()) if works and wanted.queue == "failing" and not before else [], fields=together.ACTS,
        query=urlencode(asked), tick=request.args.get("tick") == "all", most=MOST,
    )  # fmt: skip


def _asked() -> dict[str, str]:
    """The filter as it stands in the address."""
    given = {name: request.args.get(name, "").strip()[:200] for name in ASKED}
    return {name: value for name, value in given.items() if value}


def _wanted(asked: dict[str, str]) -> Wanted:
    queue, state = asked.get("queue", ""), asked.get("state", "")
    until = _day(asked.get("until", ""))
    return Wanted(
        queue if queue in rules.QUEUES else "",
        state if state in rules.STATES else "",
        int(asked["group"]) if asked.get("group", "").isascii() and asked.get("group", "").isdigit() else None,
        asked.get("words", ""),
        _day(asked.get("since", "")),
        until + timedelta(days=1) if until else None,
    )


def _day(text: str) -> datetime | None:
    """Midnight of a day as the reader's clock has it; what is no day narrows nothing."""
    try:
        return datetime.fromisoformat(text[:10]).replace(tzinfo=clock.zone(me().zone)) if text else None
    except ValueError:
        return None


@pages.post("/desk/together")
@signed_in
def do_together():
    """The same with all ticked letters, or with all that the filter shows; tells of each what became of it."""
    asked = _asked()
    rows = _ticked(_wanted(asked))
    act = request.form.get("act", "")
    if act == "again":
        return _compared(rows, asked)
    note, sort = request.form.get("note", "")[:500], request.form.get("sort", "")
    became = together.do(rows, act, note=note, sort=sort, by=me(), door="page")
    told = [(each.arrival, translated(each.refused) if each.refused else "") for each in became]
    return render_template(
        "inbox/together.html", told=told, word=together.DONE[act], good=sum(not why for _, why in told), meaning=together.ACTS[act],
        query=urlencode(asked), redacted=rules.redacted,
    )  # fmt: skip


def _ticked(wanted: Wanted) -> list:
    if request.form.get("all"):
        numbers = queues.all_ids(me(), wanted, MOST)
    else:
        numbers = [int(number) for number in request.form.getlist("letter")[:MOST] if number.isascii() and number.isdigit()]
    rows = queues.chosen(me(), [number for number in numbers if number < 2**31])
    if not rows:
        raise Refused(N_("Tick at least one letter."))
    return rows


def _compared(rows: list, asked: dict[str, str]):
    """What the present reading makes of each, beside what was understood; nothing is changed yet."""
    found = [_difference(row) for row in rows]
    return render_template("inbox/again_many.html", found=found, query=urlencode(asked), redacted=rules.redacted)


def _difference(row):
    try:
        return row, rereading.compare(row), ""
    except Refused as refused:
        return row, None, translated(refused) or gettext("It cannot be read.")
