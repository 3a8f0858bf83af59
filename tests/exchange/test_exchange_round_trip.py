"""What goes out in a template comes back as it was, within the columns of the template."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.exchange import cells, exporting
from consult.exchange.reading import read
from consult.exchange.rows import Row
from consult.exchange.templates import TEMPLATES

EVERY = [(code, form) for code, template in TEMPLATES.items() for form in template.forms]
NASTY = [
    "=1+1",
    "+33 1 23",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "'=2",
    "''",
    "\t=3",
    "＝1",
    "a\tb",
    "a\n\nb",
    'say "no"',
    "a;b,c",
    "_x000D_",
    "<w:t>&amp;",
]
SCRIPTS = ["Пункт неясен.", "段落不清楚。", "الفقرة غير واضحة", "Le paragraphe n’est pas clair", "Please clarify"]


def written(rows: list[Row], code: str, form: str) -> bytes:
    """The file of these rows."""
    out = io.BytesIO()
    exporting.write(((row, {}) for row in rows), TEMPLATES[code], form, out)
    return out.getvalue()


def back(rows: list[Row], code: str, form: str) -> list[Row]:
    """The rows of the file of these rows."""
    return read(written(rows, code, form), f"comments.{form}").rows


def within(row: Row, code: str) -> list[str]:
    """What the columns of a template hold of a row, the running number aside."""
    template = TEMPLATES[code]
    held = zip(template.columns, cells.as_cells(row, template), strict=True)
    return [cell for column, cell in held if column.field != "seq"]


ROWS = [
    Row(1, on_behalf_of=("Kenya",), type="technical", section="4.2", paragraph="12(a)", comment="First.\nSecond line.", proposed="New."),
    Row(2, on_behalf_of=("Brazil", "Chile"), type="editorial", paragraph="3", comment="A comma.", disposition="accepted"),
    Row(3, on_behalf_of=("DE",), reference="DE-002", type="general", scope="whole", comment="Good.", disposition="noted",
        response="Thank you"),
    Row(4, on_behalf_of=("FR",), type="technical", paragraph="5", comment="Why?", disposition="not-accepted", response="Rejected."),
    Row(5, on_behalf_of=("Korea, Republic of",), type="technical", figure="Table 2",
        page_from="12", line_from="3", page_to="12", line_to="8",
        comment="Out of date.", reason="New figures exist.", disposition="accepted-in-part", response="Updated"),
    Row(6, name="Ada Obi", type="technical", section="3", page_from="7", line_from="30", comment="Unclear."),
    *(Row(7 + at, name="Ada Obi", type="technical", paragraph="1", comment=f"x{words}", proposed=words) for at, words in enumerate(NASTY)),
    *(Row(30 + at, name="أمينة يوسف", type="general", paragraph="2", comment=words) for at, words in enumerate(SCRIPTS)),
]  # fmt: skip


@pytest.mark.parametrize("code, form", EVERY)
def test_every_template_comes_back_as_it_went_out(code, form):
    came = back(ROWS, code, form)
    order = (lambda row: (row.name, row.on_behalf_of, row.scope != "whole", row.comment)) if code == "cbd" else None
    if order:
        assert sorted(within(row, code) for row in came) == sorted(within(row, code) for row in ROWS)
    else:
        assert [within(row, code) for row in came] == [within(row, code) for row in ROWS]


@pytest.mark.parametrize("code, form", EVERY)
def test_a_file_tells_its_own_template(code, form):
    sheet = read(written(ROWS, code, form), f"comments.{form}")
    assert sheet.template == code if (code, form) != ("csv", "json") else True
    assert not sheet.bad
    assert not sheet.notes


@given(
    st.sampled_from(sorted(TEMPLATES)),
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(["", *["accepted", "noted", "not-accepted"]]),
)
def test_any_words_come_back(code, said, response, disposition):
    said = "".join(sign for sign in said if sign.isprintable()).strip() or "x"
    response = "".join(sign for sign in response if sign.isprintable()).strip()
    row = Row(
        1, name="Ada", paragraph="1", type="technical", comment=said, disposition=disposition, response=response if disposition else ""
    )
    if disposition == "not-accepted" and not response:
        return
    (came,) = back([row], code, TEMPLATES[code].forms[0])
    assert came.comment == said
    if TEMPLATES[code].holds("observation", "response"):
        assert (came.disposition, came.response) == (row.disposition, row.response)
