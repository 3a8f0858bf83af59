"""The pages of the offline kit: taking it along, bringing its file of answers back, for oneself or, as an officer, for a member."""

import hashlib

from flask import Response, current_app, g, render_template, request
from flask_babel import gettext

from consult.drafts.pages import note_opening
from consult.errors import Refused
from consult.files import actions as files
from consult.kit.words import N_
from consult.offline import actions, codes, gathering, making, rules, telling
from consult.offline.decoding import decode
from consult.offline.forms import BringForm, TakeForm
from consult.offline.pages import pages
from consult.people import queries as people
from consult.people.guard import me, needs, so_far
from consult.review import queries as review
from consult.review.models import Round
from consult.web.forms import told
from consult.web.locale import language

ADDRESS = "/g/<group>/r/<int:round>/kit"
SIZES_KEPT = 500
SOUND_KIT = N_(
    "This is a kit as it was made; nothing in it was changed. Your comments are in the file that its form saves: bring that one."
)


def _find(round_id: int) -> Round:
    return review.get_round(g.group.id, round_id)


@pages.get(ADDRESS)
@needs("round.read")
def kit(group: str, round: int):
    """What the kit is, how large it is, and where its file of answers comes back."""
    return _page(_find(round), BringForm(formdata=None))


def _page(on: Round, form: BringForm, sound: str = "") -> str:
    gathering.gather(on, me(), with_comments=False)  # refuses, before anything is offered, whoever has no kit
    whole, without, bare = _sizes(on)
    return render_template(
        "offline/kit.html", round=on, form=form, sizes={True: whole, False: without}, sound=sound, state=review.state(on), bare=bare,
        manages=people.may(me(), "comment.manage", g.group.id),
    )  # fmt: skip


def _sizes(on: Round) -> tuple[int, int, int]:
    """How large the kit is, the kit without comments, and the form alone; reckoned again when something has happened in the group."""
    kept, key = current_app.extensions.setdefault("consult.kits", {}), (on.id, me().id, language(), me().zone, so_far())
    if key not in kept:
        while len(kept) >= SIZES_KEPT:
            kept.pop(next(iter(kept)), None)
        kits = [len(making.kit(on, me(), with_comments)[1]) for with_comments in (True, False)]
        kept[key] = (*kits, len(making.form_text(on, me()).encode()))
    return kept[key]


@pages.get(f"{ADDRESS}.zip")
@needs("round.read")
def take_along(group: str, round: int):
    """The kit itself, for saving; who took it is noted."""
    on = _find(round)
    name, data = making.kit(on, me(), with_comments=not request.args.get("bare"))
    return _saved(data, name, "application/zip", on)


@pages.get(f"{ADDRESS}.txt")
@needs("round.read")
def form_alone(group: str, round: int):
    """The form as plain text alone."""
    on = _find(round)
    return _saved(making.form_text(on, me()).encode(), f"form-R{on.id}.txt", "text/plain; charset=utf-8", on)


def _saved(data: bytes, name: str, kind: str, on: Round) -> Response:
    note_opening(on.version, "file")
    answer = Response(data, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@pages.post(ADDRESS)
@needs("round.read")
def bring(group: str, round: int):
    """Look at what a file of answers would become; nothing is kept yet."""
    on, form, sound, brought = _find(round), BringForm(), "", None
    if form.validate_on_submit():
        data, name = form.file.data.read(rules.LARGEST + 1), form.file.data.filename or "comments.txt"
        with told(form):
            if len(data) > rules.LARGEST:
                raise Refused(rules.TOO_LARGE, most=rules.LARGEST // 1_000_000)
            if data.startswith(b"PK"):
                codes.check_kit(data)
                sound = gettext(SOUND_KIT)
            else:
                text = decode(data)
                brought = actions.check_own(actions.understood(text), me(), on)
    if brought is None:
        return _page(on, form, sound), 200 if sound else 422
    taken, lines = actions.preview(brought, telling.lines, by=me())
    take = TakeForm(formdata=None, text=text, name=files.clean_name(name))
    return render_template(
        "offline/answers.html", round=on, brought=brought, taken=taken, lines=lines, notes=telling.notes(taken), take=take
    )


@pages.post(f"{ADDRESS}/take")
@needs("round.read")
def take(group: str, round: int):
    """Enter it; the report stands on the page and goes to the person by letter."""
    on, form, taken = _find(round), TakeForm(), None
    if form.validate_on_submit():
        with told(form):
            text, name = form.text.data or "", files.clean_name(form.name.data or "comments.txt")
            brought = actions.check_own(actions.understood(text), me(), on)
            taken = actions.take(brought, by=me(), door="page", name=name)
            if taken.made or taken.questions:
                files.keep(text.encode(), name)
                telling.receipt(taken, by=me(), once=f"kit:{on.id}:{hashlib.sha256(text.encode()).hexdigest()[:32]}")
    if taken is None:
        bring_again = BringForm(formdata=None)
        bring_again.form_errors += form.form_errors
        return _page(on, bring_again), 422
    lines = telling.lines(taken)
    return render_template(
        "offline/answers.html", round=on, brought=brought, taken=taken, lines=lines, notes=telling.notes(taken), take=None
    )
