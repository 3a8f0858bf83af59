"""The commands about persons and drafts; those about rounds stand in round_commands.py, those about mail in desk_commands.py."""

from pathlib import Path

import click

from consult import desk_commands, round_commands


def hang(main: click.Group, with_app, operator) -> None:
    """Put the groups of commands below `consult`."""
    main.add_command(_person(with_app, operator))
    main.add_command(_draft(with_app, operator))
    main.add_command(round_commands.rounds(with_app, operator))
    desk_commands.hang(main, with_app, operator)


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
