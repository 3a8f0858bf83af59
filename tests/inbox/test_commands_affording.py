"""By mail people say what their line bears, in six languages, and see what it took."""

import pytest

from consult.errors import Refused
from consult.extensions import db
from consult.inbox import asking
from consult.inbox.lines import command_lines
from consult.outbox.sending import send_due
from consult.people.models import Person
from tests.inbox import letters
from tests.inbox.test_desk_commands import CONSULT, ada, asked


@pytest.fixture
def table(app):
    letters.vouched()
    return letters.laid()


def chosen(person: Person) -> tuple:
    return person.budget_bytes, person.attachments, person.packing, person.digest_form, person.quiet_from, person.quiet_to


def test_what_a_line_bears_is_said_by_mail_with_before_and_after_and_the_way_back(table):
    text = asked(table, "BUDGET 300 kB\nATTACHMENTS under\nPACK gz\nFORM rfc1153\nQUIET 22-6")
    assert chosen(ada(table)) == (300_000, "under", "gz", "rfc1153", 22, 6)
    for said in (
        "From now on: at most 300 kB a month (before: no budget). To go back, send: BUDGET 0",
        "To go back, send: ATTACHMENTS links", "To go back, send: PACK none", "To go back, send: FORM plain",
        "From now on: no news from 22:00 to 06:00 (before: no quiet hours). To go back, send: QUIET none",
    ):  # fmt: skip
        assert said in " ".join(text.split()), text
    back = letters.mail(CONSULT, "BUDGET 0\nATTACHMENTS links\nPACK none\nFORM plain\nQUIET none", subject="", name="m2")
    letters.arrives(back, CONSULT)
    assert chosen(ada(table)) == (0, "links", "", "plain", None, None)


@pytest.mark.parametrize(
    "lines",
    [
        "budget mensuel 300 ko\nfichiers sous la limite\ncompresser gz\nforme mime\nheures calmes 22h-6h",
        "presupuesto 300 kB\nadjuntos bajo\ncomprimir gz\nforma mime\nsilencio 22:00-06:00",
        "бюджет 300 кб\nфайлы малые\nсжать gz\nформа mime\nтихие часы 22-6",
        "预算 300\n附件 小文件\n压缩 gz\n形式 mime\n安静 22-6",
        "ميزانية ٣٠٠\nمرفقات الصغيرة\nضغط gz\nشكل mime\nهدوء ٢٢-٦",
        "Budget: 300 kB\nFILES yes\nPACKING .gz\nForm mime\nquiet hours 22:00 to 06:00",
    ],
)
def test_the_same_in_six_languages(table, lines):
    asked(table, lines)
    assert chosen(ada(table)) == (300_000, "under", "gz", "mime", 22, 6)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("BUDGET 10 kB", "between 50 kB and 1 GB"), ("BUDGET lots", "BUDGET 300 kB"), ("ATTACHMENTS all", "none, links or under"),
        ("PACK rar", "gz, zip or none"), ("FORM nice", "plain, rfc1153 or mime"), ("QUIET 22-25", "QUIET 22-6"),
        ("QUIET 7-7", "different hours"), ("QUIET", "QUIET 22-6"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_an_example(table, line, reason):
    assert reason in " ".join(asked(table, line).split())
    assert chosen(ada(table)) == (0, "links", "", "plain", None, None)


def test_midnight_and_a_form_of_letters_are_understood(table):
    assert asking.quiet("from 24 to 6") == (0, 6)
    with pytest.raises(Refused):
        asking.quiet("22:30-6")
    asked(table, "FORM html")
    assert ada(table).form == "html"


@pytest.mark.parametrize("line", ["Budget for the fund should be clear", "Form follows function, as we all know", "Quiet people are heard"])
def test_a_sentence_that_begins_like_a_command_is_none(line):
    assert command_lines(line)[0] == []


def test_status_shows_the_ledger_and_what_is_left(table):
    send_due()
    first = letters.mail(CONSULT, "BUDGET 300 kB", subject="")
    letters.arrives(first, CONSULT)
    arrival = letters.arrives(letters.mail(CONSULT, "STATUS", subject="", name="m2"), CONSULT)
    text = " ".join(letters.letters_after(table.letter.id)[-1].text.split())
    db.session.refresh(table.letter)
    assert (
        f"This month: {table.letter.wire / 1000:.0f} kB to you in one letter, {len(first) + arrival.octets} B from you in 2 letters" in text
    )
    assert f"budget 300 kB, {300 - table.letter.wire / 1000:.0f} kB left." in text
    assert "Files: links to files. Packing: long texts in the letter itself." in text
