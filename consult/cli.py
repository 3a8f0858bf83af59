"""The `consult` command: every part of the house from a terminal. What is refused ends with one clear line and a non-zero status."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click

from consult import commands
from consult.errors import Refused


def with_app(verb: Callable) -> Callable:
    """Give the verb the application, inside its context; tell refusals in one line."""

    @wraps(verb)
    def run(*given, **named):
        from sqlalchemy.exc import DBAPIError

        try:
            app = _application()
            with app.app_context():
                _migrated_once(app)
                return verb(app, *given, **named)
        except Refused as refused:
            raise click.ClickException(str(refused)) from None
        except DBAPIError as error:
            raise click.ClickException(
                f"The database does not do what was asked (CONSULT_DATABASE_URL): {_in_a_line(error.orig)}"
            ) from None
        except OSError as error:
            raise click.ClickException(_in_a_line(error)) from None

    return run


def _application():
    """The application; a setting that makes none is told in one line."""
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    from consult import create_app

    try:
        return create_app()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        reason = "use postgresql+psycopg://user:password@host/name, or leave it out for SQLite"
        raise click.ClickException(
            f"CONSULT_DATABASE_URL is no address of a database Consult can use ({_in_a_line(error)}); {reason}."
        ) from None
    except ValueError as error:
        raise click.ClickException(_in_a_line(error)) from None


def _in_a_line(error: object) -> str:
    return " ".join(str(error).split())[:300]


def _migrated_once(app) -> None:
    """A fresh installation gets its tables at the first command, whichever it is; later ones wait for `up` or `migrate`."""
    from consult import keeping
    from consult.extensions import db

    if keeping.current() is None:
        keeping.migrate(app)
    db.session.remove()  # a worker lives for months, and a transaction open all that time would keep the database from tidying up


def _operator():
    """The member of staff on whose authority the command line acts: the first one there is."""
    from sqlalchemy import select

    from consult.extensions import db
    from consult.people.models import Person

    found = db.session.scalar(select(Person).where(Person.staff).order_by(Person.id).limit(1))
    if found is None:
        raise Refused("There is no member of staff yet. Make one: consult person add NAME ADDRESS --staff")
    return found


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Consult: the table around which an expert group sits when half of its members have only e-mail."""


@main.command()
@click.option("--demo", is_flag=True, help="Load the example group if the database is empty.")
@with_app
def up(app, demo: bool) -> None:
    """Migrate, then run pages, worker and mail listener together until Ctrl-C.

    Example: consult up --demo
    """
    from consult import keeping, running
    from consult.extensions import db

    keeping.migrate(app)
    signs = []
    if demo and keeping.is_empty():
        from consult.demo import loading as example

        click.echo("Loading the example group …")
        example.load()
    if demo:
        from consult.demo import loading as example

        signs = example.ways_to_sign_in()
    db.session.remove()

    def ready() -> None:
        click.echo(f"\nConsult is at {app.config['URL']}   mail comes in at {app.config['LMTP_LISTEN']}   Ctrl-C stops it\n")
        for line in signs:
            click.echo(f"  {line}")
        sys.stdout.flush()

    sys.exit(running.up(app, ready))


def _run(name: str, text: str) -> None:
    @main.command(name, help=text)
    @with_app
    def command(app) -> None:
        from consult import running

        {"web": running.web, "worker": running.work, "listen": running.listen}[name](app)


_run("web", "Serve the pages at CONSULT_LISTEN.\n\nExample: consult web")
_run("worker", "Do everything that is due, until stopped. More than one may run.\n\nExample: consult worker")
_run("listen", "Take mail by SMTP and LMTP at CONSULT_LMTP_LISTEN.\n\nExample: consult listen")


@main.command()
@click.option("--from", "envelope_from", default="", help="Envelope sender, as the mail server knows it.")
@click.option("--to", "envelope_to", default="", help="Envelope recipient, as the mail server knows it.")
def receive(envelope_from: str, envelope_to: str) -> None:
    """Take one message from standard input; status 0: taken or already taken, 75: try again later.

    Example (Postfix master.cf): consult receive --from ${sender} --to ${recipient}
    """
    from config import settings
    from consult.inbox import receive as door

    sys.exit(door.receive(settings(), sys.stdin.buffer, envelope_from, envelope_to))


@main.command()
@with_app
def fetch(app) -> None:
    """Fetch new mail from the mailbox at CONSULT_IMAP_URL.

    Example: CONSULT_IMAP_URL=imaps://user:password@mail.example.org/INBOX consult fetch
    """
    from consult.inbox import fetch as door

    click.echo(f"{door.fetch(app.config)} messages fetched")


@main.command()
@with_app
def migrate(app) -> None:
    """Bring the database to the newest form.

    Example: consult migrate
    """
    from consult import keeping

    click.echo(f"database at {keeping.migrate(app)}")


@main.command()
@with_app
def demo(app) -> None:
    """Load the example group into an empty database.

    Example: CONSULT_DATA=/tmp/try consult demo
    """
    from consult import keeping
    from consult.demo import loading as example

    keeping.migrate(app)
    if not keeping.is_empty():
        raise Refused("The database is not empty; the example group goes into an empty one (CONSULT_DATA=…).")
    example.load()
    click.echo("\n".join(example.ways_to_sign_in()))


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_app
def backup(app, file: Path) -> None:
    """Write everything into one archive while Consult runs.

    Example: consult backup /backups/consult-$(date +%F).tar.gz
    """
    from consult import keeping
    from consult.kit.text import size

    click.echo(f"{file}: {size(keeping.backup(app, file))}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_app
def restore(app, file: Path) -> None:
    """Put a backup into an empty data folder; letters that were waiting are kept back.

    Example: CONSULT_DATA=/srv/new consult restore /backups/consult-2026-11-23.tar.gz
    """
    from consult import keeping

    kept_back = keeping.restore(app, file)
    click.echo(f"restored; {kept_back} letters that were waiting are kept back: `consult kept-back` lists them and sends them")


@main.command("kept-back")
@click.option("--send", is_flag=True, help="Send them all now.")
@with_app
def kept_back(app, send: bool) -> None:
    """List the letters that are kept back since a backup was restored, one a line, or send them.

    Example: consult kept-back --send
    """
    from consult.extensions import transaction
    from consult.journal.actions import record
    from consult.outbox import actions, queries

    with transaction():
        for letter in queries.kept_back():
            click.echo(f"{letter.id}\t{letter.created_at:%Y-%m-%d %H:%M} UTC\t{letter.to_address}\t{letter.subject}")
            if send:
                actions.resend(letter)
                record("letter.resent", door="command", actor=_operator(), group_id=letter.group_id, subject=letter, name=letter.to_name)


@main.command()
@with_app
def doctor(app) -> None:
    """Say what is well and what is not.

    Example: consult doctor
    """
    from consult import keeping

    found = keeping.examine(app)
    for fine, sentence in found:
        click.echo(f"{'ok  ' if fine else 'LOOK'} {sentence}")
    sys.exit(0 if all(fine for fine, _ in found) else 1)


commands.hang(main, with_app, _operator)
