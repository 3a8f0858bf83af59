"""A round goes out in a template, comes into a fresh round, and goes out again the same; and the same at the command line."""

import io
from pathlib import Path

import pytest

from consult.drafts import queries as drafts
from consult.exchange import exporting, queries
from consult.exchange.reading import read
from consult.exchange.templates import TEMPLATES
from consult.review import actions as review
from tests import make
from tests.exchange.bring import bring, take
from tests.exchange.test_exchange_import import FILE, around  # noqa: F401 - a fixture
from tests.test_command import consult

EVERY = [(code, form) for code, template in TEMPLATES.items() for form in template.forms]
OURS = ("seq", "door", "date", "late", "responded", "withdrawn")
"""Columns that tell of this system and not of what was said."""


def exported(on, code: str, form: str) -> bytes:
    """The file of a round."""
    out = io.BytesIO()
    exporting.export(on, code, form, out)
    return out.getvalue()


def cells(data: bytes, code: str, form: str) -> list[tuple]:
    """What a file says, row by row, this system's own columns aside."""
    rows = read(data, f"c.{form}").rows
    held = []
    for row in rows:
        found = zip(TEMPLATES[code].columns, exporting.as_cells(row, TEMPLATES[code]), strict=True)
        held.append(tuple(cell for column, cell in found if column.field not in OURS))
    return sorted(held)


@pytest.fixture
def discussed(around):  # noqa: F811
    """A round with comments from pages and from a file, some with responses, and a fresh round on the same version."""
    on, officer, ada = around
    said = make.comment(on, ada, "2", "Say **who** pays.\n\nAnd when.", proposed="The fund pays.", type="technical")
    make.comment(on, ada, "", "A good draft.", on_behalf_of="Kenya; Chad")
    make.comment(on, ada, "h1", "The heading says too little.", type="editorial")
    make.comment(on, ada, "3(b)", "=1+1 is no formula", type="technical", on_behalf_of="Kenya")
    review.respond(said, "accepted-in-part", "The fund, from 2027 on.", turn=0, by=officer, door="page")
    make.commit()
    take(bring(on, FILE, "comments.csv", officer), officer)
    fresh = make.round(drafts.published(on.version.draft, 1), title="Fresh", people_asked=[ada])
    make.commit()
    return on, fresh, officer


@pytest.mark.parametrize("code, form", EVERY)
def test_a_round_comes_back_as_it_went_out(discussed, code, form):
    on, fresh, officer = discussed
    first = exported(on, code, form)
    which = take(bring(fresh, first, f"c.{form}", officer), officer)
    assert queries.counts(which.id) == {"taken": 7}
    assert cells(exported(fresh, code, form), code, form) == cells(first, code, form)
    again = bring(fresh, first, f"again.{form}", officer)
    assert queries.counts(again.id) == {"known": 7}


@pytest.mark.parametrize("code, form", EVERY)
def test_comments_stand_on_their_paragraphs_again(discussed, code, form):
    on, fresh, officer = discussed
    take(bring(fresh, exported(on, code, form), f"c.{form}", officer), officer)
    from consult.review.models import Comment

    def places(of) -> list[str]:
        found = make.db.session.scalars(make.db.select(Comment).where(Comment.round_id == of.id))
        return sorted(each.paragraph.mark if each.paragraph else "" for each in found)

    assert places(fresh) == places(on)


def test_a_sheet_is_tried_entered_and_known_again_at_the_command_line(tmp_path, shared):
    consult(tmp_path, "demo")
    number = consult(tmp_path, "round", "list").stdout.split("\t")[0]
    file = str(Path(shared) / "templates" / "iso80000-2_DE_comments_with_observations.yaml")
    given = ("round", "import", file, "--round", number)
    tried = consult(tmp_path, *given, "--template", "iso2012", "--dry-run")
    assert tried.returncode == 0 and "template iso2012, 55 rows" in tried.stdout and "nothing was kept" in tried.stdout
    assert "55 comments entered" in consult(tmp_path, *given).stdout
    again = consult(tmp_path, *given)
    assert again.returncode == 0 and "55 rows are known already; nothing was added" in again.stdout
    refused = consult(tmp_path, "round", "import", __file__, "--round", number)
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1
    target = tmp_path / "out.docx"
    assert consult(tmp_path, "round", "export", number, "--template", "iso2012", "-o", str(target)).returncode == 0
    assert len(read(target.read_bytes(), target.name).rows) >= 55


def test_whoever_joined_a_comment_stands_in_its_export(discussed):
    on, _, _ = discussed
    from consult.people.models import Organization
    from consult.review.models import Comment, Sponsor

    chile = Organization(name="Chile", kind="party")
    make.db.session.add(chile)
    make.db.session.flush()
    said = make.db.session.scalars(make.db.select(Comment).where(Comment.text == "=1+1 is no formula")).one()
    make.db.session.add(Sponsor(comment_id=said.id, organization_id=chile.id, person_id=said.author_id, at=make.clock.now()))
    make.commit()
    rows = {row.comment: row for row in read(exported(on, "ocs", "xlsx"), "c.xlsx").rows}
    assert rows["=1+1 is no formula"].on_behalf_of == ("Kenya", "Chile")


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_peer_review_may_have_further_columns_and_comes_back_with_them(discussed, form):
    on, _, _ = discussed
    out = io.BytesIO()
    exporting.export(on, "cbd", form, out, more=["type", "proposed", "response"])
    sheet = read(out.getvalue(), f"c.{form}")
    (said,) = (row for row in sheet.rows if row.comment.startswith("Say **who** pays."))
    assert (said.type, said.proposed, said.disposition) == ("technical", "The fund pays.", "accepted-in-part")
    assert "The fund, from 2027 on." in said.response
