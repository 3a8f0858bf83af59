"""The file of answers comes back by mail: attached or pasted, to any address, once, with a receipt; and what came in pieces or twice."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine

from consult.extensions import db
from consult.inbox import desk, rereading
from consult.inbox.models import Arrival
from consult.offline import answers, codes
from consult.offline.answers import Head, Said
from consult.outbox import actions as outbox
from consult.outbox.models import Letter
from tests import make
from tests.inbox import letters

SAID = [Said(("2",), "SUB", "Say who pays.", "The parties shall pay."), Said((), "GE", "Fine.\n\nOn the whole.")]
COVER = "Dear colleagues,\n\nplease find attached my comments.\n\nBest regards\nAda"


def saved(table, who, said=SAID) -> str:
    """The file as the form of that person's kit saves it."""
    head = Head(table.round.id, 1, codes.code_of(who.id, table.round.id, 1), "en", "2026-11-27T10:00Z")
    return answers.write(head, said)


def attached(
    to: str, file: bytes, body: str = COVER, name: str = "k1", sender: str = "Ada <ada@env.example>", called: str = "comments.txt"
) -> bytes:
    """A mail with the file attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, "My comments"
    mail["Date"], mail["Message-ID"] = "Mon, 23 Nov 2026 10:00:00 +0000", f"<{name}@env.example>"
    mail.set_content(body)
    mail.add_attachment(file, maintype="application", subtype="octet-stream", filename=called)
    return mail.as_bytes()


def entered() -> list[tuple]:
    return [(c.paragraph.mark if c.paragraph else "", c.type, c.text, c.proposed, c.author.name, c.door) for c in letters.comments()]


def last_letter() -> Letter:
    return db.session.scalar(db.select(Letter).order_by(Letter.id.desc()).limit(1))


BOTH = [
    ("2", "substantive", "Say who pays.", "The parties shall pay.", "Ada", "mail"),
    ("", "general", "Fine.\n\nOn the whole.", "", "Ada", "mail"),
]


def test_attached_to_a_reply_it_becomes_comments_once_with_a_receipt(app):
    table = letters.laid()
    arrival = letters.arrives(attached(table.address, saved(table, table.ada).encode("utf-16"), called="comments.bin"), table.address)
    assert arrival.state == "taken" and entered() == BOTH
    receipt = last_letter()
    assert receipt.kind == "receipt" and "comments on" in receipt.subject and "UNDO" in receipt.text
    again = letters.arrives(attached(table.address, saved(table, table.ada).encode(), name="k2"), table.address)
    assert again.state == "taken" and entered() == BOTH and "not entered twice" in last_letter().text
    letters.arrives(letters.mail(outbox.address_of(receipt.keys[0]), "UNDO", name="k3"), outbox.address_of(receipt.keys[0]))
    assert all(each.withdrawn_at for each in letters.comments())
    letters.arrives(attached(table.address, saved(table, table.ada).encode(), name="k4"), table.address)
    assert [each.withdrawn_at for each in letters.comments()][2:] == [None, None], "what was taken back may be said again"


def test_days_later_it_comes_to_the_address_for_commands_attached_or_pasted(app):
    table = letters.laid()
    to = f"consult@{letters.DOMAIN}"
    arrival = letters.arrives(attached(to, saved(table, table.ada).encode()), to)
    assert (arrival.state, arrival.round_id, arrival.group_id) == ("taken", table.round.id, table.group.id) and entered() == BOTH
    more = saved(table, table.ada, [Said(("3",), "TE", "Pasted into the letter."), Said(("4",), "GE", "And > this\n| too.")])
    arrival = letters.arrives(letters.mail(to, f"Here is the rest.\n\n{more}\n-- \nAda", name="k9"), to)
    assert arrival.state == "taken"
    said = [(mark, text) for mark, _, text, *_ in entered()][2:]
    assert said == [("3", "Pasted into the letter."), ("4", "And > this\n| too.")]
    assert "only the file of answers was read" in " ".join(last_letter().text.split())


def test_reading_such_a_letter_again_adds_nothing(app):
    table = letters.laid()
    mails = [
        letters.mail(table.address, f"[9] Beside it.\n\n{saved(table, table.ada)}", name="k1"),
        attached(
            f"consult@{letters.DOMAIN}", saved(table, table.ada, [Said(("3",), "GE", "Alone.")]).encode(), "Hello, more of it.", name="k2"
        ),
    ]
    for raw, to in zip(mails, (table.address, f"consult@{letters.DOMAIN}"), strict=True):
        arrival = letters.arrives(raw, to)
        assert arrival.state == "taken" and rereading.compare(arrival).changes == 0
    assert len(entered()) == 4


def test_to_a_letter_about_something_else_it_still_goes_to_its_round(app):
    table = letters.laid()
    _, key = letters.sent_to(table.ada, "digest", None, table.group)
    db.session.commit()
    address = outbox.address_of(key)
    assert letters.arrives(attached(address, saved(table, table.ada).encode()), address).state == "taken"
    assert entered() == BOTH


def test_remarks_in_the_letter_beside_the_file_are_taken_too(app):
    table = letters.laid()
    letters.arrives(attached(table.address, saved(table, table.ada).encode(), f"[5] One more thought.\n\n{COVER}"), table.address)
    assert ("5", "One more thought.") in [(mark, text.split("\n")[0]) for mark, _, text, *_ in entered()] and len(entered()) == 3


def test_what_is_wrong_with_it_is_said(app):
    table = letters.laid()
    make.comment(table.round, table.ada, "2", "Said on the page.")
    make.published(table.version.draft, letters.TEXT.replace("number 2.", "number 2 and no other."))
    make.commit()
    text = saved(table, table.ada).replace("\nEnd:", "\n[88] GE: Where?\n\nEnd:")
    letters.arrives(attached(table.address, text.encode()), table.address)
    told = last_letter().text
    for words in ("does not have: 88", "comment 1 of yours came another way", "reads differently", "not exactly as the form saved it"):
        assert words in " ".join(told.split()), words
    bad = letters.arrives(
        attached(table.address, saved(table, table.ada).replace("Version: 1", "Version: 3").encode(), name="k5"), table.address
    )
    assert bad.state == "refused" and "do not belong together" in last_letter().text
    ben = letters.arrives(attached(table.address, saved(table, table.ben).encode(), name="k6"), table.address)
    assert ben.state == "refused" and "made for somebody else" in last_letter().text
    cut = saved(table, table.ada, [Said(("7",), "GE", "Before the end was lost.")])
    letters.arrives(attached(table.address, cut[: cut.index("End:")].encode(), name="k7"), table.address)
    assert "The end of the file is missing" in " ".join(last_letter().text.split())


def test_written_in_time_and_sent_when_there_was_a_line_again(app):
    table = letters.laid()
    deadline, raw = table.round.closes_at, attached(table.address, saved(table, table.ada).encode())
    dated = (deadline - timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S +0000").encode()
    with time_machine.travel(deadline + timedelta(days=2)):
        in_time = letters.arrives(raw.replace(b"Mon, 23 Nov 2026 10:00:00 +0000", dated), table.address)
        assert in_time.state == "taken" and len(entered()) == 2
    with time_machine.travel(deadline + timedelta(days=40)):
        late = letters.arrives(raw.replace(b"<k1@", b"<k2@").replace(b"Mon, 23 Nov 2026 10:00:00 +0000", dated), table.address)
        assert late.state == "taken" and "not entered twice" in last_letter().text and len(entered()) == 2


def test_what_only_looks_like_it_is_refused_whatever_its_bytes(app):
    table = letters.laid()
    for number, data in enumerate(
        [b"Consult answers\0\0[1] x\0", b"\xff\xfeConsult answers", b"PK\3\4Consult answers" + bytes(range(256)) * 9]
    ):
        arrival = letters.arrives(attached(table.address, data, name=f"b{number}"), table.address)
        assert arrival.state == "refused" and not letters.comments(), data
        assert "\0" not in arrival.own_text


def test_an_officer_sends_on_what_a_member_handed_over(app):
    table = letters.laid()
    to = f"consult@{letters.DOMAIN}"
    sender = f"Olga <{table.officer.addresses[0].address}>"
    arrival = letters.arrives(attached(to, saved(table, table.ada).encode(), sender=sender), to, table.officer.addresses[0].address)
    assert arrival.state == "taken" and [who for *_, who, _ in entered()] == ["Ada", "Ada"]
    assert all(each.entered_by_id == table.officer.id for each in letters.comments())
    told = list(db.session.scalars(db.select(Letter).where(Letter.kind == "receipt")))
    assert {each.person_id for each in told} == {table.ada.id, table.officer.id}


def in_pieces(whole: bytes, count: int, name: str) -> list[bytes]:
    """The mail as a program sends it that may send only small ones."""
    head, _, _ = whole.partition(b"\r\n\r\n")
    outer = b"\r\n".join(line for line in head.split(b"\r\n") if line.split(b":")[0].lower() in (b"from", b"to", b"date"))
    lines = whole.split(b"\r\n")
    size = -(-len(lines) // count)
    made = []
    for number in range(1, count + 1):
        total = f"; total={count}" if number in (1, count) else ""
        fields = f"Subject: part {number}\r\nMessage-ID: <{name}-{number}@env.example>\r\nMIME-Version: 1.0\r\n"
        fields += f'Content-Type: message/partial; id="{name}@env.example"; number={number}{total}\r\n\r\n'
        made.append(outer + b"\r\n" + fields.encode() + b"\r\n".join(lines[(number - 1) * size : number * size]) + b"\r\n")
    return made


def test_a_reply_in_pieces_is_put_together_whatever_their_order(app):
    table = letters.laid()
    body = "\n\n".join(f"[{number}] Remark {number}, which is a little longer than it need be." for number in range(1, 13))
    pieces = in_pieces(letters.mail(table.address, body, name="whole"), 3, "p")
    for number in (2, 0):
        assert letters.arrives(pieces[number], table.address).state == "held"
    other = in_pieces(letters.mail(table.address, body, name="other"), 2, "q")
    assert letters.arrives(other[0], table.address).state == "held", "a piece of another mail stays apart"
    assert not letters.comments()
    assert letters.arrives(pieces[1], table.address).state == "settled"
    assert desk.take_waiting() == 1
    assert [(mark, text) for mark, _, text, *_ in entered()] == [
        (str(number), f"Remark {number}, which is a little longer than it need be.") for number in range(1, 13)
    ]
    states = [each.state for each in db.session.scalars(db.select(Arrival).order_by(Arrival.id))]
    assert states == ["settled", "settled", "held", "settled", "taken"]
    assert letters.arrives(pieces[1], table.address).copies == 2 and desk.take_waiting() == 0


def test_two_half_filled_replies_make_one_and_the_same_remark_counts_once(app):
    table = letters.laid()
    letters.answers(table, "[2] Say who pays.\n\n[4] Agreed.")
    second = letters.answers(table, "[4] Agreed.\n\n[6] Add a date.", name="m2")
    assert [(mark, text) for mark, _, text, *_ in entered()] == [("2", "Say who pays."), ("4", "Agreed."), ("6", "Add a date.")]
    assert "as comment 2; it counts once" in " ".join(last_letter().text.split())
    letters.answers(table, "[4] Agreed.", name="m3")
    assert len(entered()) == 3 and "it counts once" in " ".join(last_letter().text.split())
    make.review.withdraw(letters.comments()[1], by=table.ada, door="page")
    make.commit()
    letters.answers(table, "[4] Agreed.", name="m4")
    assert [each.withdrawn_at is None for each in letters.comments()] == [True, False, True, True]
    assert len(second.understood) == 1, "UNDO of the second letter leaves the first one's comment alone"
    assert db.session.scalar(db.select(db.func.count()).select_from(Arrival)) == 4


TEXTS = {
    "en": ("cp1252", "1. The Parties establish a “fund” – at last.\n\n2. The secretariat reports.", "Who pays for it – and when?"),
    "ru": (
        "cp1251",
        "1. Стороны учреждают фонд для передачи технологий.\n\n2. Секретариат представляет доклад.",
        "Кто будет платить и когда?",
    ),
    "zh": ("gb18030", "1. 缔约方应设立技术转让基金。\n\n2. 秘书处应提交报告。", "由谁付款？何时付款？"),
    "ar": ("cp1256", "1. تنشئ الأطراف صندوقا لنقل التكنولوجيا.\n\n2. تقدم الأمانة تقريرا.", "من يدفع ومتى يكون ذلك؟"),
}


@pytest.mark.parametrize("wide", [False, True], ids=["legacy", "utf-16"])
@pytest.mark.parametrize("language", TEXTS)
def test_the_text_comes_back_as_a_file_of_an_old_editor_with_remarks_between_its_lines(app, client, language, wide):
    encoding, text, remark = TEXTS[language]
    table = letters.laid(text=text)
    table.ada.zone, table.ada.language = "Asia/Tokyo", language
    client.sign_in(table.ada)
    draft = f"/g/{table.group.slug}/d/{table.version.draft.slug}/v/1.txt"
    taken = client.get(draft).data.decode("utf-8-sig").rstrip().split("\n\n")
    at = next(number for number, block in enumerate(taken) if block.startswith("[1]"))
    filled = "\r\n\r\n".join([*taken[: at + 1], remark, *taken[at + 1 :], "[2] ED: OK."]).replace("\n", "\r\n").replace("\r\r", "\r")
    data = filled.encode("utf-16") if wide else filled.encode(encoding, "replace")
    assert letters.arrives(attached(table.address, data, called="draft.txt"), table.address).state == "taken"
    assert [(mark, kind, said) for mark, kind, said, *_ in entered()] == [("1", "general", remark), ("2", "editorial", "OK.")]
