"""KIT by mail: the kit comes as one file within what a letter may be, and larger ones are announced with what is smaller."""

import base64
import email

import pytest

from consult.extensions import db
from consult.inbox.models import Wish
from consult.offline import codes, making
from consult.outbox import enclosing
from consult.outbox.models import Letter
from consult.outbox.sending import outgoing
from consult.outbox.writing import write
from tests import make
from tests.inbox import letters

TO = f"consult@{letters.DOMAIN}"


def asks(line: str, name: str) -> list[Letter]:
    """What is posted after that command."""
    last = db.session.scalar(db.select(db.func.max(Letter.id)))
    letters.arrives(letters.mail(TO, line, name=name), TO)
    return letters.letters_after(last)


def files(letter: Letter) -> dict[str, bytes]:
    """The files of a letter as they travel."""
    enclosed = enclosing.of_letters([letter.id])[letter.id]
    message = email.message_from_bytes(write(enclosing.opened(outgoing(letter, enclosed))))
    return {part.get_filename(): base64.b64decode(part.get_payload()) for part in message.walk() if part.get_filename()}


@pytest.mark.parametrize("line", ["KIT R{}", "GET kit R{}", "trousse R{}", "комплект R{}", "离线包 R{}", "حقيبة R{}"])
def test_the_kit_comes_as_one_file_and_an_answer_to_its_letter_goes_to_the_round(app, line):
    table = letters.laid()
    sent = asks(line.format(table.round.id), "k1")
    (kit,) = [each for each in sent if each.kind == "kit"]
    (name, data), *more = files(kit).items()
    assert not more and name.endswith(".zip") and data == making.kit(table.round, table.ada)[1]
    codes.check_kit(data)
    assert kit.keys[0].purpose == "round" and kit.keys[0].subject_id == table.round.id


def test_what_is_larger_than_a_letter_may_be_is_announced_with_a_smaller_form(app):
    table = letters.laid()
    table.ada.limit_bytes = 5_000
    make.commit()
    sent = asks(f"KIT R{table.round.id}", "k1")
    assert not [each for each in sent if each.kind == "kit"]
    told = " ".join(sent[-1].text.split())
    assert "larger than the letters you want" in told and f"KIT R{table.round.id} bare" in told
    (form,) = [each for each in asks(f"KIT R{table.round.id} form", "k2") if each.kind == "kit"]
    assert files(form)[f"form-R{table.round.id}.txt"].decode().startswith("\ufeffConsult answers")
    wish = db.session.scalar(db.select(Wish))
    (kit,) = [each for each in asks(f"YES {wish.id}", "k3") if each.kind == "kit"]
    assert len(files(kit)) == 1


def test_nobody_gets_the_kit_of_a_round_they_may_not_read(app):
    table = letters.laid()
    others = make.group("others")
    make.member(others, make.person("Zoe"))
    other = make.round(make.published(make.draft(others), letters.TEXT))
    make.commit()
    sent = asks(f"KIT R{other.id}", "k1")
    assert not [each for each in sent if each.kind == "kit"] and "that you can read" in sent[-1].text
    assert table.round.id != other.id
