"""The commands about rounds: which there are, their comments out as a file, and files of comments in."""

import sys
from pathlib import Path

import click

from consult.errors import Refused

MORE = ("type", "proposed", "response")
TEMPLATES = ("iso2012", "iso2001", "ipbes", "ipcc", "ipcc-ar4", "ocs", "cbd", "csv", "json")


def rounds(with_app, operator) -> click.Group:
    """The group of commands below `consult round`."""

    @click.group("round")
    def group() -> None:
        """Rounds of comments."""

    for command in (_list(with_app), _export(with_app), _bring(with_app, operator)):
        group.add_command(command)
    return group


def _list(with_app) -> click.Command:
    @click.command("list")
    @with_app
    def show(app) -> None:
        """List the rounds, one a line, the number first. Example: consult round list"""
        from consult.review import queries

        for each in queries.all_rounds():
            line = (
                each.id,
                queries.state(each),
                f"{each.closes_at:%Y-%m-%d %H:%M} UTC",
                each.version.draft.slug,
                f"v{each.version.number}",
                each.title,
            )
            click.echo("\t".join(map(str, line)))

    return show


def _found(number: int | None):
    """The round of that number."""
    from consult.extensions import db
    from consult.review.models import Round

    wanted = db.session.get(Round, number or 0)
    if wanted is None:
        raise Refused("There is no such round; `consult round list` shows them with their numbers.")
    return wanted


def _export(with_app) -> click.Command:
    @click.command("export")
    @click.argument("number", metavar="[ROUND]", type=int, required=False)
    @click.option("--round", "option", type=int, help="The round, if not given as an argument.")
    @click.option("--template", "--format", "template", type=click.Choice(TEMPLATES), default="csv", help="The comment template.")
    @click.option("--column", "more", type=click.Choice(MORE), multiple=True, help="A further column of the CBD template; may be repeated.")
    @click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise standard output.")
    @with_app
    def export(app, number: int | None, option: int | None, template: str, more: tuple[str, ...], output: Path | None) -> None:
        """Write the comments of a round in a template. The ending of the file chooses between Word and Excel where there are both.

        Example: consult round export 3 --template iso2012 -o comments.docx
        """
        from consult.exchange import exporting

        wanted = _found(number or option)
        ending = output.suffix.lstrip(".").lower() if output else ""
        found, form = exporting.chosen(template, ending)
        if output is None:
            if form in ("docx", "xlsx") and sys.stdout.isatty():
                raise Refused("A Word or Excel file does not go on a terminal; name a file with -o.")
            exporting.export(wanted, found.code, form, sys.stdout.buffer, more=more)
            return
        with output.open("wb") as out:
            exporting.export(wanted, found.code, form, out, more=more)
        click.echo(f"{output}: written")

    return export


def _bring(with_app, operator) -> click.Command:
    @click.command("import")
    @click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--round", "number", type=int, required=True, help="The round; `consult round list` shows its number.")
    @click.option("--template", type=click.Choice(TEMPLATES), default=None, help="The comment template; otherwise told by the file.")
    @click.option("--on-behalf-of", "behalf", default="", help="A Party or organization, if all rows are theirs.")
    @click.option("--dry-run", is_flag=True, help="Show what each row would become and keep nothing.")
    @with_app
    def bring(app, file: Path, number: int, template: str | None, behalf: str, dry_run: bool) -> None:
        """Enter the comments of a filled template. The same file twice adds nothing.

        Example: consult round import comments.docx --round 3 --template iso2012 --dry-run
        """
        on, by = _found(number), operator()
        if file.stat().st_size > LARGEST:
            raise Refused(f"{file.name} has {file.stat().st_size:,} bytes; a file of comments has at most {LARGEST:,}.")
        if dry_run:
            _try(on, file, template or "")
        else:
            _enter(on, file, template or "", behalf, by)

    return bring


LARGEST = 60_000_000


def _try(on, file: Path, template: str) -> None:
    """Read and place the rows, and tell; nothing is kept."""
    from consult.exchange.working import looked_at

    head, counts, marks = None, {"good": 0, "doubtful": 0, "bad": 0}, {p.id: p.mark for p in _paragraphs(on)}
    for piece in looked_at(on, file.read_bytes(), file.name, template):
        if head is None:
            head = piece
            click.echo(f"template {head.template}, {head.total} rows")
            _notes(head.notes)
            continue
        for row in piece:
            counts[row.state] += 1
            where = marks.get(row.spot.paragraph_id, "whole")
            why = row.problem % row.values if row.problem else ""
            click.echo("\t".join((str(row.number), row.state, f"[{where}]", f"{row.spot.certainty:.2f}", _line(row.said), why)))
    click.echo(f"{counts['good']} certain, {counts['doubtful']} doubtful, {counts['bad']} cannot be entered; nothing was kept")


def _paragraphs(on):
    from consult.drafts import queries

    return queries.paragraphs(on.version_id)


def _line(said: dict) -> str:
    words = " ".join((said.get("comment") or said.get("proposed") or "").split())
    return words if len(words) <= 60 else words[:59] + "…"


def _notes(notes: list) -> None:
    for sentence, values in notes:
        click.echo(f"note: {sentence % values if values else sentence}")


def _enter(on, file: Path, template: str, behalf: str, by) -> None:
    """Bring the file and do the worker's part here, with progress, until its rows are entered."""
    from consult.exchange import actions, queries, rules
    from consult.extensions import db, transaction

    with transaction():
        which = actions.begin(on, file.read_bytes(), file.name, template=template, behalf=behalf, by=by, door="command")
    _worked(which, "read")
    if which.state == "failed":
        raise Refused(_said(which.reason).replace("%", "%%"))
    _notes([rules.told(note) for note in which.options.get("notes", [])])
    for row in queries.rows(which.id, "bad", count=1_000):
        click.echo(f"row {row.number}: {_said(row.problem)}", err=True)
    counts = queries.counts(which.id)
    if not counts.get("good", 0) + counts.get("doubtful", 0) + counts.get("known", 0):
        raise Refused(f"{file.name}: none of its {which.total} rows can be entered.")
    try:
        with transaction():
            actions.take(which, by=by)
    except Refused:
        click.echo(f"{counts.get('known', 0)} rows are known already; nothing was added")
        return
    _worked(which, "entered")
    db.session.refresh(which)
    done = queries.counts(which.id)
    for row in queries.rows(which.id, "refused", count=1_000):
        click.echo(f"row {row.number}: {_said(row.problem)}", err=True)
    if not done.get("taken") and not done.get("refused"):
        click.echo(f"{done.get('known', 0)} rows are known already; nothing was added")
        return
    told = f"{done.get('taken', 0)} comments entered ({counts.get('doubtful', 0)} of them on a doubtful place)"
    click.echo(f"{told}, {done.get('known', 0)} known already, {done.get('bad', 0) + done.get('refused', 0)} not entered")


def _worked(which, verb: str) -> None:
    """The worker's steps for this file, also while a worker runs beside; progress where it takes longer."""
    import time

    from consult.exchange import actions
    from consult.extensions import db
    from consult.kit import clock

    began, told = time.monotonic(), 0.0
    while which.state in ("waiting", "wanted"):
        if not actions.work(clock.now(), which.id):
            time.sleep(0.2)
        db.session.refresh(which)
        if time.monotonic() - max(began + 1, told) > 1 and which.state == "waiting":
            told = time.monotonic()
            click.echo(f"{which.done} of {which.total or '?'} rows {verb}", err=True)


def _said(kept: str) -> str:
    reason, values = _reason(kept)
    return reason % values if values else reason


def _reason(kept: str) -> tuple[str, dict]:
    from consult.exchange import rules

    return rules.told(kept)
