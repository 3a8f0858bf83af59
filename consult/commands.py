"""The commands about persons, drafts and rounds."""

import sys
from pathlib import Path

import click

from consult.errors import Refused


def hang(main: click.Group, with_app, operator) -> None:
    """Put the groups of commands below `consult`."""
    main.add_command(_person(with_app, operator))
    main.add_command(_draft(with_app, operator))
    main.add_command(_round(with_app))


def _person(with_app, operator) -> click.Group:
    @click.group()
    def person() -> None:
        """People who take part."""

    @person.command("add")
    @click.argument("name")
    @click.argument("address")
    @click.option("--language", default="en", help="ar, en, es, fr, ru or zh.")
    @click.option("--zone", default="UTC", help="Time zone, such as Africa/Nairobi.")
    @click.option("--staff", is_flag=True, help="May form groups and add people.")
    @with_app
    def add(app, name: str, address: str, language: str, zone: str, staff: bool) -> None:
        """Add a person. Example: consult person add "Ada Obi" ada@example.org --zone Africa/Lagos"""
        from consult.extensions import transaction
        from consult.people import actions

        with transaction():
            made = actions.add_first_staff(name, address, language=language, zone=zone) if staff else actions.add_person(
                name, address, language=language, zone=zone, by=operator(), door="command"
            )  # fmt: skip
        click.echo(f"{made.id}\t{made.name}\t{made.address}")

    @person.command("list")
    @with_app
    def show(app) -> None:
        """List people, one a line: number, name, address, language. Example: consult person list"""
        from consult.people import queries

        for each in queries.all_people():
            click.echo(f"{each.id}\t{each.name}\t{each.address}\t{each.language}")

    return person


def _draft(with_app, operator) -> click.Group:
    @click.group()
    def draft() -> None:
        """Drafts and their versions."""

    @draft.command("import")
    @click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
    @click.option("--group", "slug", required=True, help="The group's short name in its address.")
    @click.option("--title", required=True)
    @click.option("--language", default="en")
    @click.option("--publish", is_flag=True, help="Publish it at once; otherwise its cutting waits to be checked on the page.")
    @with_app
    def bring(app, file: Path, slug: str, title: str, language: str, publish: bool) -> None:
        """Make a draft of a .txt, .md or .docx file. Example: consult draft import text.docx --group aht --title "Options" """
        from consult.drafts import actions, reading
        from consult.extensions import transaction
        from consult.people import queries
        from consult.review import actions as review

        pieces = reading.read(file.name, file.read_bytes())
        with transaction():
            by = operator()
            made = actions.begin(queries.get_group(slug), title, language=language, by=by, door="command")
            version = actions.prepare(made, pieces, source_name=file.name, by=by, door="command")
            if publish:
                review.publish(version, by=by, door="command")
        numbered = sum(1 for piece in pieces if piece.kind == "paragraph" and piece.number)
        click.echo(f"{made.slug}\tversion {version.number}\t{len(pieces)} pieces, {numbered} numbered paragraphs")

    return draft


def _round(with_app) -> click.Group:
    @click.group("round")
    def rounds() -> None:
        """Rounds of comments."""

    @rounds.command("list")
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

    @rounds.command("export")
    @click.argument("number", metavar="[ROUND]", type=int, required=False)
    @click.option("--round", "option", type=int, help="The round, if not given as an argument.")
    @click.option("--format", "--template", "form", type=click.Choice(["csv", "json"]), default="csv")
    @click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise standard output.")
    @with_app
    def export(app, number: int | None, option: int | None, form: str, output: Path | None) -> None:
        """Write the comments of a round, one row a comment. Example: consult round export 3 --format csv -o comments.csv"""
        from consult.extensions import db
        from consult.review import exporting
        from consult.review.models import Round

        wanted = db.session.get(Round, number or option or 0)
        if wanted is None:
            raise Refused("There is no such round; `consult round list` shows them with their numbers.")
        _put_out(exporting.WRITERS[form](exporting.rows(wanted)), output)

    return rounds


def _put_out(text: str, output: Path | None) -> None:
    """Into the file, or on standard output."""
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, encoding="utf-8", newline="")
    click.echo(f"{output}: written")
