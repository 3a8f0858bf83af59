"""Files of comments as people really send them: heads renamed, merged, missing, sheets hidden, tables cut, places turned into dates."""

from datetime import date

import pytest

from consult.errors import Refused
from consult.exchange.reading import read
from consult.exchange.rules import another_document
from tests.exchange import files

ISO = [
    "MB/NC",
    "Line number",
    "Clause/Subclause",
    "Paragraph/Figure/Table",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations",
]
IPBES = ["Reviewer Name", "Chapter", "From Page (start)", "From Line (start)", "To Page (end)", "To Line (end)", "Comment"]


def sentences(sheet) -> list[str]:
    """The notes as an officer reads them."""
    return [sentence % values if values else sentence for sentence, values in sheet.notes]


def test_an_ipbes_sheet_with_titles_above_and_examples_behind():
    rows = [
        ["IPBES review"],
        ["Chapter reviewed: Chapter 3"],
        [],
        IPBES,
        ["Ada Obi", "3", 12, 4, 12, 9, "Unclear."],
        ["Ada Obi", "", 0, 0, "", "", "Good."],
    ]
    sheet = read(files.xlsx(*rows, more={"Examples": [IPBES, ["J. Doe", "1", 1, 1, 1, 1, "An example"]]}), "review.xlsx")
    assert (sheet.template, sheet.title) == ("ipbes", "Chapter 3")
    assert [(r.number, r.name, r.section, r.page_from, r.line_to, r.comment, r.whole) for r in sheet.rows] == [
        (5, "Ada Obi", "3", "12", "9", "Unclear.", False), (6, "Ada Obi", "", "", "", "Good.", True),
    ]  # fmt: skip
    assert sentences(sheet) == ["The sheet “Examples” holds examples or instructions and was not read."]


def test_columns_may_be_moved_renamed_misspelt_and_added():
    heads = ["column 1", "Coments", "Our ref for the ministry", "Paragraf", "Country", "Proposed text"]
    sheet = read(files.xlsx(heads, ["x", "Unclear.", "A-1", "12", "Kenya", "Clear."]), "c.xlsx")
    (row,) = sheet.rows
    assert (row.comment, row.paragraph, row.on_behalf_of, row.proposed) == ("Unclear.", "12", ("Kenya",), "Clear.")
    assert sentences(sheet) == [
        "Columns that were not used: column 1, Our ref for the ministry.",
        "Taken for a known column although spelt otherwise: Coments, Paragraf.",
    ]


def test_heads_over_two_rows_with_merged_cells():
    rows = [
        ["Reviewer Name", "Chapter", "From", "", "To", "", "Comment"],
        ["", "", "Page", "Line", "Page", "Line", ""],
        ["Ada", "2", 3, 4, 5, 6, "x"],
    ]

    def merge(page):
        for cells in ("C1:D1", "E1:F1", "A1:A2", "B1:B2", "G1:G2"):
            page.merge_cells(cells)

    (row,) = read(files.edited(rows, merge), "c.xlsx").rows
    assert (row.number, row.page_from, row.line_from, row.page_to, row.line_to) == (3, "3", "4", "5", "6")


def test_a_country_and_a_clause_merged_over_rows_count_for_each_of_them():
    rows = [ISO, ["DE", "", "4.1", "", "te", "First.", "", ""], ["", "", "", "2", "ed", "Second.", "", ""]]

    def merge(page):
        page.merge_cells("A2:A3")
        page.merge_cells("C2:C3")

    first, second = read(files.edited(rows, merge), "c.xlsx").rows
    assert (second.on_behalf_of, second.section, second.paragraph, second.comment) == (("DE",), "4.1", "2", "Second.")


def test_a_country_is_carried_down_and_a_row_with_nothing_else_is_passed_over():
    sheet = read(files.xlsx(ISO, ["FR", "", "1", "", "te", "One.", "", ""], ["", "", "2", "", "te", "Two.", "", ""], ["JP"]), "c.xlsx")
    assert [row.on_behalf_of for row in sheet.rows] == [("FR",), ("FR",)]
    assert sheet.skipped == 1


def test_formulas_give_what_they_last_showed_and_are_never_computed():
    data = files.edited([["para", "comment"], ["1", "=1+1"], ["2", "Words."]], lambda page: None)
    page = files.part(data, "xl/worksheets/sheet1.xml").replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>two</v>")
    data = files.with_parts(data, xl__worksheets__sheet1_dot_xml=page.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>two</v>"))
    assert {row.comment for row in read(data, "c.xlsx").rows} >= {"Words."}
    assert not any("1+1" in row.comment for row in read(data, "c.xlsx").rows)


def test_a_place_that_became_a_date_is_told_as_a_date():
    data = files.edited([["clause", "comment"], [date(2026, 1, 3), "Unclear."]], lambda page: None)
    (row,) = read(data, "c.xlsx").rows
    assert row.section == "2026-01-03"


def test_hidden_sheets_are_not_read():
    sheet = read(
        files.xlsx(["para", "comment"], ["1", "Seen."], more={"Old": [["para", "comment"], ["1", "Hidden."]]}, hidden=("Old",)), "c.xlsx"
    )
    assert [row.comment for row in sheet.rows] == ["Seen."]
    assert sentences(sheet) == ["The hidden sheet “Old” was not read."]


def test_two_sheets_of_comments_are_both_read_and_their_rows_told_apart():
    head = ["para", "comment"]
    sheet = read(files.xlsx(head, ["1", "One."], ["2", "Two."], more={"Second": [head, ["1", "Three."]]}), "c.xlsx")
    assert [(row.number, row.comment) for row in sheet.rows] == [(2, "One."), (3, "Two."), (100_002, "Three.")]
    assert sentences(sheet) == ["Rows of the sheet “Second” are counted from 100000 on."]


def test_a_word_table_cut_in_two_goes_on_without_heads():
    first = files.table(ISO, ["DE", "", "1", "", "te", "One.", "", ""])
    second = files.table(["FR", "", "2", "", "ge", "Two.", "", "Noted"])
    sheet = read(files.docx(first, second), "c.docx")
    assert [(row.number, row.comment) for row in sheet.rows] == [(2, "One."), (3, "Two.")]
    assert sentences(sheet) == ["A table without column heads was read like the one before it."]


def test_a_word_table_that_lost_its_heads_is_known_by_its_types():
    sheet = read(files.docx(files.table(["DE", "", "1", "", "te", "One.", "", ""])), "c.docx")
    assert (sheet.template, sheet.rows[0].section, sheet.rows[0].type) == ("iso2012", "1", "technical")


def test_numbers_of_columns_and_repeated_heads_are_no_comments():
    rows = [ISO, [str(n) for n in range(1, 9)], ["DE", "", "1", "", "te", "One.", "", ""], ISO, ["DE", "", "2", "", "te", "Two.", "", ""]]
    assert [row.comment for row in read(files.docx(files.table(*rows)), "c.docx").rows] == ["One.", "Two."]


def test_deleted_and_hidden_words_of_a_word_table_are_not_read():
    tracked = (
        "<w:tc><w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText> gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r></w:p></w:tc>"
    )
    (row,) = read(files.docx(files.table(["Paragraph", "Comment"], ["1", tracked])), "c.docx").rows
    assert row.comment == "Kept new"


def test_a_peer_review_form_with_its_contact_block():
    contact = files.table(["Surname:", "Obi"], ["Given name:", "Ada"], ["Government:", "Nigeria"], ["E-mail:", "a@env.example"])
    general = files.table(["General comments"], ["A good draft."])
    specific = files.table(["Page", "Line", "Comment"], ["3", "12", "Unclear."])
    sheet = read(files.docx(contact, general, specific), "review.docx")
    assert sheet.template == "cbd"
    assert [(r.name, r.address, r.on_behalf_of, r.whole, r.comment) for r in sheet.rows] == [
        ("Ada Obi", "a@env.example", ("Nigeria",), True, "A good draft."), ("Ada Obi", "a@env.example", ("Nigeria",), False, "Unclear."),
    ]  # fmt: skip


def test_government_comments_of_ar4():
    rows = [
        ["No.", "Batch", "From", "To", "Comment", "Notes"],
        [1, "A", "0:0", "", "Well done. [Govt. of Algeria (Reviewer’s comment ID #: 2001-1)]", "Noted"],
        [2, "A", "12:34", "12:40", "Unclear. [Govt. of Chad (Reviewer's comment ID #: 2002-7)]", ""],
    ]
    sheet = read(files.xlsx(*rows), "ar4.xlsx")
    assert sheet.template == "ipcc-ar4"
    assert [(r.whole, r.on_behalf_of, r.reference, r.comment, r.page_from, r.line_to) for r in sheet.rows] == [
        (True, ("Algeria",), "2001-1", "Well done.", "", ""), (False, ("Chad",), "2002-7", "Unclear.", "12", "40"),
    ]  # fmt: skip


def test_an_ocs_sheet_with_joint_comments():
    heads = [
        "Comment Number",
        "Section",
        "Para nber",
        "Sentence/row/indent",
        "Type of comment",
        "Proposed rewording",
        "Explanation",
        "Country(ies)",
    ]
    sheet = read(
        files.xlsx(heads, ["7", "Scope", "[12]", "", "Substantive", "New words", "Because.", "Argentina, Brazil, Korea"]), "ocs.xlsx"
    )
    (row,) = sheet.rows
    assert (sheet.template, row.reference, row.paragraph, row.type, row.proposed, row.comment) == (
        "ocs", "7", "[12]", "substantive", "New words", "Because.",
    )  # fmt: skip
    assert row.on_behalf_of == ("Argentina", "Brazil", "Korea")


@pytest.mark.parametrize("heads", [
    ["Абзац", "Замечание", "Предлагаемый текст", "Страна"], ["段落", "意见", "建议修改", "国家"],
    ["الفقرة", "التعليق", "النص المقترح", "البلد"],
    ["Paragraphe", "Commentaire", "Texte proposé", "Pays"], ["Párrafo", "Comentario", "Texto propuesto", "País"],
])  # fmt: skip
def test_heads_in_the_six_languages(heads):
    (row,) = read(files.xlsx(heads, ["12", "x y", "z", "Q"]), "c.xlsx").rows
    assert (row.paragraph, row.comment, row.proposed, row.on_behalf_of) == ("12", "x y", "z", ("Q",))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_program(separator, encoding):
    text = separator.join(["para", "comment"]) + "\r\n" + separator.join(["12", '"A ""quoted""\nremark é"']) + "\r\n"
    (row,) = read(text.encode(encoding), "c.csv").rows
    assert (row.number, row.paragraph, row.comment) == (2, "12", 'A "quoted"\nremark é')


def test_csv_in_windows_letters_is_read_and_doubted():
    sheet = read("para,comment\n1,préférée\n".encode("windows-1252"), "c.csv")
    assert sheet.rows[0].comment == "préférée"
    assert sentences(sheet) == ["The file is not in UTF-8. Check that letters with accents read right."]


def test_json_as_other_programs_write_it():
    sheet = read(b'{"comments": [{"paragraph": 12, "comment": "x", "countries": ["Chad", "Mali"]}, {"comment": null}]}', "c.json")
    (row,) = sheet.rows
    assert (sheet.template, row.number, row.paragraph, row.on_behalf_of) == ("json", 1, "12", ("Chad", "Mali"))


@pytest.mark.parametrize("data, name, reason", [
    (b"", "c.xlsx", "The file is empty."),
    (b"PK\x03\x04 broken", "c.xlsx", "This workbook is damaged"),
    (b"PK\x03\x04 broken", "c.docx", "This Word document is damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "c.xlsx", "protected by a password or is of the old .xls kind"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "c.docx", "protected by a password or is of the old .doc kind"),
    (b"\x89PNG\0\0", "c.xlsx", "neither an Office file nor text"),
    (b"Dear all, here are my comments.", "c.csv", "no table of comments"),
    (b"para,comment\n", "c.csv", "no row of it holds a comment"),
    (b"para,comment\n1,\"open\n", "c.csv", "a quotation mark is open"),
    (b"[{]", "c.json", "not a list of comments in JSON"),
    (b"[" * 100_000, "c.json", "not a list of comments in JSON"),
    (b"comments: !!python/object/apply:os.system ['true']", "c.yaml", "not a list of comments in YAML"),
    (b"a: &a [x]\nb: &b [*a,*a]\ncomments: [*b,*b]", "c.yaml", "not a list of comments in YAML"),
    (files.xlsx(["nothing", "of", "the kind"], [1, 2, 3]), "c.xlsx", "no table of comments"),
])  # fmt: skip
def test_what_cannot_be_read_gets_a_reason(data, name, reason):
    with pytest.raises(Refused) as refused:
        read(data, name)
    assert reason in str(refused.value)


def test_a_workbook_with_macros_is_read_without_them():
    data = files.with_parts(files.xlsx(["para", "comment"], ["1", "x"]), xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0")
    sheet = read(data, "c.xlsm")
    assert len(sheet.rows) == 1
    assert sentences(sheet) == ["The file carries macros. They were not run; only what stands in its cells was read."]


def test_the_empty_form_of_iso_says_that_it_is_empty(shared):
    with pytest.raises(Refused) as refused:
        read((shared / "templates" / "iso_comment_template_2012-03.docx").read_bytes(), "form.docx")
    assert "no row of it holds a comment" in str(refused.value)


def test_the_real_german_comments(shared):
    name = "iso80000-2_DE_comments_with_observations.yaml"
    rows = read((shared / "templates" / name).read_bytes(), name).rows
    kinds = [row.type for row in rows]
    assert (len(rows), kinds.count("technical"), kinds.count("editorial"), kinds.count("general")) == (55, 41, 10, 4)
    found = [row.disposition for row in rows]
    assert (found.count("accepted"), found.count("clarification-needed"), found.count("")) == (48, 2, 5)
    assert rows[1].response == "Accepted. Now “An empty set contains no elements.”"


def test_a_file_of_a_hundred_megabytes_is_refused_unread():
    with pytest.raises(Refused) as refused:
        read(bytes(100_000_000), "c.xlsx")
    assert str(refused.value).startswith("The file has 100.0 MB; a file of comments has at most 60.0 MB.")


def test_a_draft_of_the_same_document_is_no_other_document():
    assert not another_document("UNEP/CBD/COP/8/19", "UNEP/CBD/COP/8/19", "Report")
    assert not another_document("Second draft: options for technology transfer", "", "Options for technology transfer")
    assert another_document("ISO-TC171-SC2-WG8_N0858_ISO32000-Extensions", "", "Options for technology transfer")
