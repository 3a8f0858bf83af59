"""The text of a round comes back as an attached file: its remarks are comments, with the usual receipt, and never twice."""

from email.message import EmailMessage

from consult.drafts import plain
from consult.drafts import queries as drafts
from consult.extensions import db
from consult.outbox.models import Letter
from tests.exchange.bring import bring, take
from tests.inbox import letters
from tests.office.paper import cut, end, extended, ins, note, notes, p, package, r, start

WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def mail(to: str, body: str, *files: tuple[str, bytes], name: str = "m1") -> bytes:
    """A mail of Ada with files."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ada <ada@env.example>", f"<{to}>", "Re: Draft report"
    made["Date"], made["Message-ID"] = "Mon, 23 Nov 2026 10:00:00 +0000", f"<{name}@env.example>"
    made.set_content(body)
    for file_name, content in files:
        main, sub = WORD if file_name.endswith(".docx") else ("application", "octet-stream")
        made.add_attachment(content, maintype=main, subtype=sub, filename=file_name)
    return made.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def annotated(*others: str, **parts: str) -> bytes:
    """The round's text with a comment on "share" in paragraph 3 and a change in paragraph 5."""
    lines = [p(r(line)) for line in letters.TEXT.split("\n\n")]
    lines[2] = p(r("3. Paragraph 3 says that the parties "), start(1), r("share"), end(1), r(" technology number 3."))
    lines[4] = p(r("5. Paragraph 5 says that "), cut("the"), ins("all"), r(" parties share technology number 5."))
    parts = {"comments": notes(note(1, "ED: Lend, rather."))} | parts
    return package("".join([*lines, *others]), **parts)


def said() -> list[tuple]:
    return [(c.paragraph.mark if c.paragraph else None, c.type, c.quote, c.text, c.proposed) for c in letters.comments()]


FROM_FILE = [
    ("3", "editorial", "share", "Lend, rather.", ""),
    ("5", "general", "", "", "Paragraph 5 says that all parties share technology number 5."),
]


def test_a_word_file_and_the_letter_around_it_become_comments_and_one_receipt_names_them(app):
    table = letters.laid()
    raw = mail(
        table.address, "Dear colleagues,\n\nplease find attached our comments.\n\n[12] TE: too vague.\n\nAda", ("reply.docx", annotated())
    )
    arrival = letters.arrives(raw, table.address)
    assert arrival.state == "taken"
    assert said() == [("12", "technical", "", "too vague.", ""), *FROM_FILE]
    assert {c.door for c in letters.comments()} == {"mail"} and {c.author_id for c in letters.comments()} == {table.ada.id}
    (receipt,) = letters.letters_after(table.letter.id)
    assert "3 comments" in receipt.subject and "[3]" in receipt.text and "not read" not in receipt.text


def test_a_file_without_a_word_in_the_letter_is_enough(app):
    table = letters.laid()
    arrival = letters.arrives(mail(table.address, "\n", ("reply.docx", annotated())), table.address)
    assert arrival.state == "taken" and said() == FROM_FILE


def test_the_same_file_in_another_letter_adds_nothing_and_the_receipt_says_so(app):
    table = letters.laid()
    letters.arrives(mail(table.address, "\n", ("reply.docx", annotated())), table.address)
    again = letters.arrives(mail(table.address, "Did you get this?\n", ("reply.docx", annotated()), name="m2"), table.address)
    assert again.state == "taken" and len(letters.comments()) == 3  # the question is one
    last = letters.letters_after(table.letter.id)[-1]
    assert "not entered twice: comments 1, 2" in last.text


def test_what_was_taken_back_by_undo_can_be_sent_again(app):
    table = letters.laid()
    letters.arrives(mail(table.address, "\n", ("reply.docx", annotated())), table.address)
    (receipt,) = letters.letters_after(table.letter.id)
    letters.arrives(letters.mail(receipt.reply_to, "UNDO", name="m2"), receipt.reply_to)
    letters.arrives(mail(table.address, "\n", ("reply.docx", annotated()), name="m3"), table.address)
    assert [c.withdrawn_at is None for c in letters.comments()] == [False, False, True, True]


def test_a_damaged_file_is_told_with_its_reason_and_the_letter_is_taken_all_the_same(app):
    table = letters.laid()
    letters.arrives(mail(table.address, "[3] Good.\n", ("reply.docx", annotated()[:400])), table.address)
    assert said() == [("3", "general", "", "Good.", "")]
    (receipt,) = letters.letters_after(table.letter.id)
    assert "damaged" in receipt.text and "reply.docx" in receipt.text


def test_a_file_of_another_text_is_refused_with_a_reason(app):
    table = letters.laid()
    other = package(
        "".join(p(r(f"{n}. Quite another text about the fisheries of region {n}.")) for n in range(9)), comments=notes(note(1, "x"))
    )
    arrival = letters.arrives(mail(table.address, "\n", ("other.docx", other)), table.address)
    assert arrival.state == "refused" and letters.comments() == []
    (refusal,) = letters.letters_after(table.letter.id)
    assert "not version 1 of the text" in " ".join(refusal.text.split())


def test_a_file_without_remarks_says_how_to_write_them(app):
    table = letters.laid()
    arrival = letters.arrives(
        mail(table.address, "\n", ("reply.docx", package("".join(p(r(x)) for x in letters.TEXT.split("\n\n"))))), table.address
    )
    assert arrival.state == "refused" and "Track Changes" in arrival.reason


def test_remarks_below_the_paragraphs_of_a_plain_text(app):
    table = letters.laid()
    text = plain.text(drafts.pieces(table.version.id), ["Report on technology transfer", "Group experts"]).replace(
        "number 7.\n", "number 7.\n\nED: Which number?\n", 1
    )
    letters.arrives(mail(table.address, "\n", ("reply.txt", text.encode())), table.address)
    assert said() == [("7", "editorial", "", "Which number?", "")]


def test_an_answer_to_a_comment_that_travelled_in_the_file_stands_in_its_thread(app):
    table = letters.laid()
    letters.answers(table, "[3] Too strong.")
    parts = {
        "comments": notes(note(1, "Too strong.", who="Ada"), note(2, "As Ben says.", who="Ben")),
        "commentsExtended": extended((1, None, False), (2, 1, False)),
    }
    lines = [p(r(line)) for line in letters.TEXT.split("\n\n")]
    lines[2] = p(start(1), start(2), r(letters.TEXT.split("\n\n")[2]), end(1), end(2))
    arrival = letters.arrives(mail(table.address, "\n", ("reply.docx", package("".join(lines), **parts)), name="m2"), table.address)
    assert arrival.state == "taken" and len(letters.comments()) == 1
    db.session.expire_all()
    assert [answer.text for answer in letters.comments()[0].answers] == ["As Ben says."]
    assert "stands in the thread of comment 1" in letters.letters_after(table.letter.id)[-1].text


def test_a_closed_round_refuses_each_remark_of_a_file(app):
    table = letters.laid()
    letters.closed(table)
    arrival = letters.arrives(mail(table.address, "\n", ("reply.docx", annotated())), table.address)
    assert arrival.state == "refused" and "closed" in arrival.reason


def test_an_old_word_file_and_a_bomb_are_refused_with_what_to_do(app):
    table = letters.laid()
    letters.arrives(mail(table.address, "\n", ("reply.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)), table.address)
    bomb = package("x" * 25_000_000)
    letters.arrives(mail(table.address, "\n", ("reply.docx", bomb), name="m2"), table.address)
    first, second = letters.letters_after(table.letter.id)
    assert "Save it as .docx" in " ".join(first.text.split()) and "unpacked" in " ".join(second.text.split())


def test_pictures_in_a_signature_are_no_files_to_read(app):
    table = letters.laid()
    arrival = letters.arrives(mail(table.address, "[3] Good.\n", ("logo.png", b"\x89PNG")), table.address)
    assert arrival.state == "taken" and len(letters.comments()) == 1
    assert db.session.scalar(db.select(db.func.count(Letter.id))) == 2


def test_a_filled_table_becomes_comments_row_by_row(app):
    table = letters.laid()
    rows = "paragraph,type,text,proposed_text\n3,editorial,A comma is missing.,\n5,,,Paragraph five in other words.\n,,Good work.,\n"
    arrival = letters.arrives(mail(table.address, "\n", ("comments.csv", rows.encode())), table.address)
    assert arrival.state == "taken"
    assert said() == [
        ("3", "editorial", "", "A comma is missing.", ""), ("5", "general", "", "", "Paragraph five in other words."),
        (None, "general", "", "Good work.", ""),
    ]  # fmt: skip


def test_what_was_entered_on_the_page_is_not_entered_again_by_mail_nor_the_other_way_round(app):
    table = letters.laid()
    take(bring(table.round, annotated(), "reply.docx", table.ada), table.ada)
    assert len(letters.comments()) == 2
    letters.arrives(mail(table.address, "\n", ("reply.docx", annotated())), table.address)
    assert len(letters.comments()) == 2
    assert "comments 1, 2" in letters.letters_after(table.letter.id)[-1].text
