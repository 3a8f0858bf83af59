"""What a person gets who answers our letters by mail."""

from tests.inbox import letters


def test_a_reply_becomes_comments_on_the_paragraphs_it_names(app):
    table = letters.laid()
    arrival = letters.answers(table, "All in all good.\n\n[12] ED: a comma is missing.\n\n[3] I agree.\nPROPOSED: New text of three.")
    assert arrival.state == "taken"
    made = [(c.paragraph.mark if c.paragraph else None, c.type, c.text, c.proposed, c.door, c.author_id) for c in letters.comments()]
    assert made == [
        (None, "general", "All in all good.", "", "mail", table.ada.id),
        ("12", "editorial", "a comma is missing.", "", "mail", table.ada.id),
        ("3", "general", "I agree.", "New text of three.", "mail", table.ada.id),
    ]


def test_one_short_receipt_says_what_was_understood(app):
    table = letters.laid()
    letters.answers(table, "[12] TE: too vague.\n\n[99] nowhere.")
    (receipt,) = letters.letters_after(table.letter.id)
    assert receipt.automatic == "auto-replied"
    assert receipt.headers["In-Reply-To"] == "<m1@env.example>"
    assert "[12]" in receipt.text and "technical" in receipt.text and "too vague." in receipt.text
    assert "99" in receipt.text
    assert "UNDO" in receipt.text and "not verified" in receipt.text
    assert receipt.reply_to.startswith("reply+")


def test_undo_takes_everything_back_in_one_step(app):
    table = letters.laid()
    letters.answers(table, "[12] One.\n\n[13] Two.")
    (receipt,) = letters.letters_after(table.letter.id)
    undo = letters.arrives(letters.mail(receipt.reply_to, "UNDO\n\n> Your letter was read", name="m2"), receipt.reply_to)
    assert undo.state == "taken"
    assert all(c.withdrawn_at for c in letters.comments())
    assert "taken back" in letters.letters_after(receipt.id)[0].text


def test_the_same_mail_delivered_twice_is_one_arrival(app):
    table = letters.laid()
    first = letters.answers(table, "[12] One.")
    second = letters.answers(table, "[12] One.", more="Received: from a by b; Mon, 23 Nov 2026 11:00:00 +0000\n")
    assert (first.id, second.copies) == (second.id, 2)
    assert len(letters.comments()) == 1
    assert len(letters.letters_after(table.letter.id)) == 1


def test_a_closed_round_refuses_with_the_rules_own_words_and_the_text_back(app):
    table = letters.laid()
    letters.closed(table)
    arrival = letters.answers(table, "[12] Too late for this?")
    assert arrival.state == "refused" and "closed" in arrival.reason
    (refusal,) = letters.letters_after(table.letter.id)
    assert "closed" in refusal.text and "> [12] Too late for this?" in refusal.text
    assert letters.comments() == []


def test_a_french_keyboard_puts_a_no_break_space_before_the_colon(app):
    table = letters.laid()
    body = "[1]\u00a0ED\u00a0: Une coquille.\n\n[2] PROPOSÉ\u202f: Un autre texte.\n"
    letters.answers(table, body)
    said = {c.paragraph.mark: c for c in letters.comments()}
    assert (said["1"].type, said["1"].text) == ("editorial", "Une coquille.")
    assert said["2"].proposed == "Un autre texte."
