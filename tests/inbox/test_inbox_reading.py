"""How remarks are named, typed and proposed in mails, and that what a person wrote is never lost."""

import pytest

from consult.inbox.reading import own_words, remarks, sanitised
from tests.inbox import clients

SENT = """Dear Ada Byron,

Please comment by 1 May.

[12] Parties should consider, where appropriate, the measures set out in the annex to this decision.

[12(a)] Developing countries should be given the means.

[13] Noted.

[14] The Executive Secretary shall report to the Conference of the Parties.

Reply to this letter and type below a paragraph.
https://consult.example.int/r/7"""
MARKS = ["12", "12 (a)", "13", "14"]
QUOTED = "\n".join("> " + line for line in SENT.split("\n"))
INTRODUCED = "On Tue, Jan 5, 2027 at 10:12 AM Consult <reply+7@in.example> wrote:\n" + QUOTED


def heard(body, sent=SENT):
    return [(remark.mark, remark.type, remark.text, remark.proposed) for remark in remarks(body, sent, MARKS).remarks]


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [
        ("[12] delete it", "12", "delete it"),
        ("[12(a)] delete it", "12 (a)", "delete it"),
        ("［１２（ａ）］ delete it", "12 (a)", "delete it"),
        ("§12 Delete it", "12", "Delete it"),
        ("§ 12 (a): delete it", "12 (a)", "delete it"),
        ("¶ 12. Delete it", "12", "Delete it"),
        ("para 12: delete it", "12", "delete it"),
        ("para. 12 - delete it", "12", "delete it"),
        ("Paragraph 12\ndelete it", "12", "delete it"),
        ("paragraphe 12 : supprimer", "12", "supprimer"),
        ("Par. 12 : supprimer", "12", "supprimer"),
        ("párrafo 12: suprimir", "12", "suprimir"),
        ("párr. 12: suprimir", "12", "suprimir"),
        ("Пункт 12. Исключить", "12", "Исключить"),
        ("第12段：删除", "12", "删除"),
        ("第 12(a) 段 删除", "12 (a)", "删除"),
        ("第１２段：删除", "12", "删除"),
        ("الفقرة ١٢: تحذف", "12", "تحذف"),
        ("الفقرة 12: تحذف", "12", "تحذف"),
    ],
)
def test_a_line_that_names_a_paragraph_sends_what_follows_there(line, mark, text):
    assert heard(line) == [(mark, None, text, None)]
    assert heard(f"Thank you.\n\n{line}\n\n{INTRODUCED}") == [(None, None, "Thank you.", None), (mark, None, text, None)]


@pytest.mark.parametrize(
    "line",
    [
        "Paragraph 12 should keep the words",
        "第12段应保留“酌情”",
        "В пункте 12 следует сохранить",
        "12. May is better",
        "1. First\n2. Second",
    ],
)
def test_a_sentence_that_only_mentions_a_paragraph_stays_whole_and_general(line):
    assert heard(line) == [(None, None, line, None)]


def test_a_section_sign_places_a_sentence_and_leaves_it_whole():
    assert heard("§12 should keep the words") == [("12", None, "§12 should keep the words", None)]


def test_a_range_names_every_paragraph_in_it():
    assert [remark.marks for remark in remarks("Paragraphs 12-14: all fine\n[12, 14] both", SENT, MARKS).remarks] == [
        ("12", "13", "14"),
        ("12", "14"),
    ]


def test_an_unknown_paragraph_is_told_and_its_text_kept_as_written():
    found = remarks("[99] what of this?\n[13] and this", SENT, MARKS)
    assert found.unknown == ["99"]
    assert [(remark.mark, remark.text) for remark in found.remarks] == [(None, "[99] what of this?"), ("13", "and this")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[13] ED: a comma", [("13", "ED", "a comma", None)]),
        ("[13] technical: wrong unit", [("13", "TE", "wrong unit", None)]),
        ("[13]\nte: unit\ned: comma", [("13", "TE", "unit", None), ("13", "ED", "comma", None)]),
        ("[13] 编辑：逗号", [("13", "ED", "逗号", None)]),
        ("[13] PROPOSED: Takes note.", [("13", None, "", "Takes note.")]),
        ("[13] too weak\nProposed text: Takes note\nof it.", [("13", None, "too weak", "Takes note\nof it.")]),
        ("[13] << Takes note. >> because it is weak", [("13", None, "because it is weak", "Takes note.")]),
        ("[13] why\n<<\nTakes\nnote\n>>", [("13", None, "why", "Takes\nnote")]),
        ("[13] SUB: why\nTexto propuesto: Toma nota.", [("13", "SUB", "why", "Toma nota.")]),
        ("[13] 建议案文：注意到。", [("13", None, "", "注意到。")]),
    ],
)
def test_kinds_and_new_wordings_are_heard(body, expected):
    assert heard(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> [13] Noted.\n\nNot by us.", [("13", None, "Not by us.", None)]),
        ("> Noted.\n\nNot by us.", [("13", None, "Not by us.", None)]),
        ("> Developing countries\n\nWhich?", [("12 (a)", None, "Which?", None)]),
        (QUOTED.replace("the measures", "[Ada: which?] the measures"), [("12", None, "[Ada: which?]", None)]),
        (QUOTED.replace("> [13] Noted.", "> [13] Noted. Not by us!"), [("13", None, "Not by us!", None)]),
        (
            QUOTED.replace("shall report", "may report"),
            [("14", None, "The Executive Secretary may report to the Conference of the Parties.", None)],
        ),
        (QUOTED + "\n\nAll well.", [(None, None, "All well.", None)]),
        (QUOTED.replace("> ", "| ").replace("| [13] Noted.", "| [13] Noted.\nNot by us."), [("13", None, "Not by us.", None)]),
        (QUOTED.replace("\n> \n", "\n>\n\nyes\n\n", 1), [(None, None, "yes", None)]),
        ("no\n\n> thanks\n>\n>> " + SENT.replace("\n", "\n>> "), [(None, None, "no", None)]),
    ],
)
def test_a_remark_below_or_inside_our_words_goes_to_their_paragraph(body, expected):
    assert heard(body) == expected


@pytest.mark.parametrize(
    "own",
    [
        "Parties should consider is too weak.",
        'The words "Developing countries should be given the means." are enough.',
        "Noted.\n\nThank you.",
        "where appropriate",
        "I write to the Executive Secretary shall I?",
        "a > b and b > c",
        "From: our point of view this is short.",
        "-- not a signature",
        "> my own quotation\n\nmy answer to it",
    ],
)
def test_words_that_only_repeat_some_of_ours_are_never_cut(own):
    assert "\n\n".join(span.text for span in own_words(f"{own}\n\n{INTRODUCED}", SENT)).split() == own.split()


@pytest.mark.parametrize(
    "furniture",
    [
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Отправлено с iPhone",
        "发自我的 iPhone",
        "أرسلت من الـ iPhone",
        "-- \nAda Byron\n+44 1",
        "This e-mail is confidential and intended only for the addressee. If you have received it in error, delete it.",
    ],
)
@pytest.mark.parametrize("below", ["", INTRODUCED])
def test_what_programs_and_servers_add_is_cut(furniture, below):
    assert [span.text for span in own_words(f"We agree.\n\n{furniture}\n\n{below}", SENT)] == ["We agree."]


@pytest.mark.parametrize(
    "header",
    [
        "-------- Original message --------\nFrom: Consult\nDate: 26/11/26",
        '------------------ 原始邮件 ------------------\n发件人: "EGTT"\n发送时间: 2026年11月26日',
        '------------------ 原始邮件 ------------------\n发件人: "EGTT";\n收件人: "王伟";',
    ],
)
def test_a_few_copied_headers_below_the_words_original_message_are_cut(header):
    assert heard(f"[13] Who pays?\n\n{header}\n\n{SENT}") == [("13", None, "Who pays?", None)]


def test_what_was_cut_can_be_shown():
    assert remarks("Yes.\n\n" + INTRODUCED, SENT, MARKS).cut == INTRODUCED


def test_a_mail_with_nothing_but_a_quote_says_nothing():
    assert own_words(INTRODUCED, SENT) == [] and own_words("> On 5 Oct 2026 the Secretariat wrote:\n> Please comment.", None) == []


def test_published_text_cannot_turn_the_reading_direction_of_the_page():
    assert sanitised("Approve \u202e)etutitsni\u2066x\u2069\x07 ok\n\tyes") == "Approve )etutitsnix ok\n\tyes"


@pytest.mark.parametrize("delimiter", ["-- ", "--"])
def test_a_signature_below_a_quoted_letter_that_has_one_itself_is_no_remark(delimiter):
    sent = (
        "[3] Paragraph 3 asks the Parties to share what their laboratories have learnt.\n\n-- \nYou take part in EGTT.\nWrite STOP to us.\n"
    )
    body = clients.thunderbird(sent, [(0, "Our island has no laboratory.")], "").replace("-- \n", f"{delimiter}\n")
    assert [span.text for span in own_words(body, sent)] == ["Our island has no laboratory."]
