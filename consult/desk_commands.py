"""The commands about mail that came: reading it again after the reading was repaired."""

import sys
from datetime import datetime

import click


def hang(main: click.Group, with_app, operator) -> None:
    """Put the commands below `consult`."""

    @main.command("reread")
    @click.argument("numbers", nargs=-1, type=int)
    @click.option("--queue", default="", help="waiting, asked, unplaced, refused, failing; without it, everything.")
    @click.option("--group", "slug", default="", help="The group's short name in its address.")
    @click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only mail that came on that day or later (UTC).")
    @click.option("--dry-run", is_flag=True, help="Show what each mail says now, and change nothing.")
    @with_app
    def reread(app, numbers: tuple[int, ...], queue: str, slug: str, since: datetime | None, dry_run: bool) -> None:
        """Read mail again, and take over what it says now; what people touched stays, and nothing is entered twice.

        Example: consult reread --queue refused --since 2026-11-01 --dry-run
        """
        from consult.people import queries as people

        wanted = _wanted(queue, people.get_group(slug).id if slug else None, since)
        _reread(numbers, wanted, operator(), dry_run)


def _wanted(queue: str, group_id: int | None, since: datetime | None):
    from datetime import UTC

    from consult.inbox import queues

    if queue not in queues.QUEUES:
        raise click.ClickException(f"There is no queue {queue}; there are: {', '.join(name for name in queues.QUEUES if name)}.")
    return queues.Wanted(queue, group_id=group_id, since=since.replace(tzinfo=UTC) if since else None)


def _reread(numbers: tuple[int, ...], wanted, by, dry_run: bool) -> None:
    """One mail a transaction, so that a long run can be stopped and begun again."""
    from consult.inbox import queues

    ids = list(numbers) or queues.all_ids(by, wanted, 10_000_000)
    changed = refused = 0
    with click.progressbar(ids, label="reading", file=sys.stderr, hidden=len(ids) < 20) as going:
        for number in going:
            line, changes = _one(number, by, dry_run)
            changed, refused = changed + bool(changes), refused + (changes is None)
            if changes or changes is None:
                click.echo(line)
    verb = "would change" if dry_run else "changed"
    click.echo(f"{len(ids)} read again, {changed} {verb}" + (f", {refused} could not be read" if refused else ""))


def _one(number: int, by, dry_run: bool) -> tuple[str, int | None]:
    """(what to say of it, how many things it changes; None: it cannot be read or taken over)."""
    from consult.errors import Refused
    from consult.extensions import db, transaction
    from consult.inbox import queues, rereading

    try:
        with transaction():
            chosen = queues.chosen(by, [number])
            if not chosen:
                return f"{number}\tthere is no such mail at the desk", None
            found = rereading.compare(chosen[0])
            if not dry_run:
                rereading.take_over(found, by=by, door="command")
            return rereading.shown(found), found.changes
    except Refused as refused:
        return f"{number}\t{refused}", None
    finally:
        db.session.expunge_all()
