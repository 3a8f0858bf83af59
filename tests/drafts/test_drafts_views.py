"""The pages of drafts as an officer and as a member meet them."""

import io
import zipfile

import pytest

from consult.drafts import queries
from tests import make
from tests.pages import Pages

NEW = "/g/experts/drafts/new"
HOME = "/g/experts/d/progress-report"
FIRST = """I. Introduction

1. The group met twice and looked at the needs of Parties.

2. Training comes before equipment.

3. Patents are hard to find.
"""
SECOND = FIRST.replace("twice", "three times").replace("Patents are hard to find.", "Freight to islands is dear.")


@pytest.fixture
def group(app):
    return make.group()


@pytest.fixture
def officer(app, group):
    return signed_in(app, make.officer(group))


@pytest.fixture
def member(app, group):
    return signed_in(app, make.member(group, make.person("Ada")))


def signed_in(app, person):
    visitor = Pages(app)
    visitor.sign_in(person)
    return visitor


@pytest.fixture
def draft(group):
    return make.draft(group, "Progress report", symbol="CONSULT/8/19")


def typed(**more):
    return {"title": "Progress report", "symbol": "", "language": "en", "text": "", **more}


def the_draft(slug="progress-report"):
    return queries.draft(1, slug)


def docx(text="1. One.\n2. Two."):
    from docx import Document

    document, out = Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def test_a_pasted_text_becomes_a_draft_to_be_checked(officer):
    officer.get(NEW)
    officer.post(NEW, typed(text=FIRST), follow=True)
    assert officer.url.endswith(f"{HOME}/v/1/prepare")
    assert "3 numbered paragraphs found, the highest number is 3." in officer.text
    assert officer.select("//form[contains(@action, '/v/1/publish')]")


def test_a_word_file_becomes_a_draft_and_the_original_can_be_fetched_back(officer):
    content = docx()
    officer.get(NEW)
    officer.post(NEW, typed(file=(io.BytesIO(content), "Rapport d’étape.docx")), content_type="multipart/form-data", follow=True)
    assert "2 numbered paragraphs found" in officer.text
    answer = officer.get(f"{HOME}/v/1/file")
    assert answer.data == content
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;") and "filename*=UTF-8''Rapport%20d%E2%80%99%C3%A9tape.docx" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.mimetype == "application/octet-stream"


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("word/document.xml", b"0" * 250_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("not.docx", b"This is only a text with a wrong ending."),
        ("bomb.docx", bomb),
        ("empty.txt", b" \r\n "),
        ("old.doc", b"\xd0\xcf\x11\xe0 old Word"),
        ("picture.png", b"\x89PNG\r\n"),
        ("wrong.txt", b"\x81\x8d\x8f\x90\x9d" * 40),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why_and_nothing_typed_is_lost(officer, name, content):
    officer.get(NEW)
    data = content() if callable(content) else content
    officer.post(NEW, typed(title="My title", symbol="A/1", file=(io.BytesIO(data), name)), expect=422, content_type="multipart/form-data")
    assert officer.select("string(//div[@role='alert'])").strip()
    assert officer.select("string(//input[@name='title']/@value)") == "My title"
    assert officer.select("string(//input[@name='symbol']/@value)") == "A/1"
    assert queries.drafts(1) == []


def test_an_empty_text_is_refused_in_words(officer):
    officer.get(NEW)
    officer.post(NEW, typed(text=" \n "), expect=422)
    assert "There is no text in it." in officer.text
    assert queries.drafts(1) == []


def test_a_text_and_a_file_at_once_are_refused_and_the_text_comes_back(officer):
    officer.get(NEW)
    officer.post(NEW, typed(text=FIRST, file=(io.BytesIO(b"1. One."), "a.txt")), expect=422, content_type="multipart/form-data")
    assert "Send one of the two" in officer.text
    assert "looked at the needs of Parties" in officer.select("string(//textarea[@name='text'])")


def test_a_missing_title_is_asked_for_and_the_text_comes_back(officer):
    officer.get(NEW)
    officer.post(NEW, typed(title="", text=FIRST), expect=422)
    assert "Give the draft a title." in officer.text
    assert "Patents are hard to find." in officer.select("string(//textarea[@name='text'])")


def test_an_upload_of_200_megabytes_is_too_large(officer):
    officer.get(NEW)
    answer = officer.client.post(
        NEW,
        input_stream=io.BytesIO(b"the first of many"),
        environ_overrides={"CONTENT_LENGTH": "200000000"},
        content_type="multipart/form-data; boundary=b",
        headers={"X-CSRFToken": officer.token(NEW)},
    )
    assert answer.status_code == 413
    assert "This is too large" in answer.get_data(as_text=True)


def test_a_text_without_any_number_is_fine(officer):
    officer.get(NEW)
    officer.post(NEW, typed(text="A first thought, which nobody has numbered.\n\nA second thought, after some time."), follow=True)
    assert "No numbered paragraph was found." in officer.text
    assert "[u2]" in officer.text


def test_the_chinese_report_keeps_its_52_numbered_paragraphs(officer, shared):
    officer.get(NEW)
    text = (shared / "cop-8-19.zh.txt").read_text()
    officer.post(NEW, typed(title="执行进度报告", language="zh", text=text), follow=True)
    assert "52 numbered paragraphs found, the highest number is 52." in officer.text
    assert not officer.select("//div[contains(@class, 'warn')]")
    version = queries.version(the_draft("draft-1"), 1)
    assert [row.number for row in queries.paragraphs(version.id) if row.kind == "paragraph"] == [str(number) for number in range(1, 53)]


def test_gaps_and_repeats_in_the_numbering_are_pointed_out(officer, draft):
    make.prepared(draft, "1. One is here.\n\n2. Two is here.\n\n4. Four is here.\n\n5. Five is here.\n\n5. Five is here twice.")
    officer.get(f"{HOME}/v/1/prepare")
    assert "After 2 comes 4." in officer.text
    target = officer.select("string(//a[contains(., '5. is taken for a point of a list')]/@href)")
    officer.get(target)
    assert officer.select(f"//*[@id='{target.partition('#')[2]}']")


def prepared(officer, draft, text=FIRST):
    make.prepared(draft, text)
    return officer.get(f"{HOME}/v/1/prepare")


def correct(officer, verb, position, expect=303, **more):
    officer.get(f"{HOME}/v/1/prepare?at={position}")
    seen = officer.select("string(//input[@name='seen']/@value)")
    officer.post(f"{HOME}/v/1/prepare/{verb}", {"position": position, "seen": seen, **more}, expect=expect, follow=expect == 303)


def texts(draft):
    return [(row.number, row.text) for row in queries.paragraphs(queries.version(draft, 1).id)]


def test_an_officer_joins_splits_renumbers_and_relevels(officer, draft):
    make.prepared(draft, "1. One. And more.\n\nStill one.\n\n2. Two.")
    correct(officer, "merge", 1)
    correct(officer, "split", 0, parts="One. And more.\r\n----\r\nStill one.")
    correct(officer, "change", 1, number="1 bis", kind="paragraph", level="1")
    correct(officer, "change", 2, number="2", kind="item", level="1")
    assert texts(draft) == [("1", "One. And more."), ("1 bis", "Still one."), ("2", "Two.")]
    assert queries.paragraphs(queries.version(draft, 1).id)[2].kind == "item"


def test_a_point_of_a_list_made_a_paragraph_keeps_its_printed_number(officer, draft):
    make.prepared(draft, "1. One is here.\n\n2. Two is here.\n\n3. Three is here.\n\n3. Three is here again.\n\n4. Four is here.")
    at = next(row.position for row in queries.paragraphs(queries.version(draft, 1).id) if row.kind == "list")
    correct(officer, "change", at, number="", kind="paragraph", level="1")
    assert [number for number, _ in texts(draft)] == ["1", "2", "3", "3", "4"]
    assert "The number 3 comes twice." in officer.text


def test_a_level_that_cannot_be_is_told_in_the_form(officer, draft):
    prepared(officer, draft)
    correct(officer, "change", 1, number="1", kind="item", level="6", expect=422)
    assert "The level is a number from 1 to 4." in officer.text


def test_the_page_of_the_group_leads_to_its_drafts(officer, member, draft):
    make.prepared(draft, FIRST)
    officer.get("/g/experts/")
    assert "Check version 1" in officer.text and officer.select(f"//a[@href='{NEW}']")
    member.get("/g/experts/")
    assert "There is no draft to read yet." in member.text and not member.select(f"//a[@href='{NEW}']")
    officer.post(f"{HOME}/v/1/publish", page=f"{HOME}/v/1/prepare")
    member.get("/g/experts/")
    assert member.select(f"//a[@href='{HOME}/v/1']")


def test_a_split_that_changes_the_words_is_refused_and_comes_back(officer, draft):
    prepared(officer, draft)
    correct(officer, "split", 1, parts="The group met\n----\nfour times.", expect=422)
    assert "the words of the text stay as they are" in officer.text
    assert "four times." in officer.select("string(//textarea[@name='parts'])")


def test_two_officers_do_not_correct_over_each_other(officer, draft):
    prepared(officer, draft)
    seen = officer.select("string(//input[@name='seen']/@value)")
    officer.post(f"{HOME}/v/1/prepare/merge", {"position": 2, "seen": seen})
    officer.post(f"{HOME}/v/1/prepare/merge", {"position": 2, "seen": seen}, expect=422, page=f"{HOME}/v/1/prepare")
    assert "corrected in another window" in officer.text
    assert len(texts(draft)) == 3


@pytest.mark.parametrize(("verb", "position"), [("merge", 99), ("merge", -1), ("split", 99), ("merge", "x")])
def test_a_correction_of_a_piece_that_is_not_there_is_refused(officer, draft, verb, position):
    prepared(officer, draft)
    officer.post(f"{HOME}/v/1/prepare/{verb}", {"position": position, "parts": "a\n----\nb"}, expect=422)
    assert len(texts(draft)) == 4


def test_a_long_text_is_checked_a_section_at_a_time(officer, draft):
    prepared(officer, draft, "\n\n".join(f"{n}. Measure {n} costs {n * 37} dollars." for n in range(1, 501)))
    assert "500 numbered paragraphs found" in officer.text
    assert len(officer.select("//div[contains(@class, 'piece')]")) <= 60
    correct(officer, "change", 444, number="445 bis", kind="paragraph", level="1")
    assert officer.select("//*[@id='at444']")
    assert "Measure 445 " in officer.text and "Measure 1 " not in officer.text


def test_a_piece_far_down_is_found_by_its_link(officer, draft):
    prepared(officer, draft, "\n\n".join(f"{n}. Measure {n}." for n in [*range(1, 400), *range(401, 500)]))
    officer.get(officer.select("string(//a[contains(., 'After 399 comes 401')]/@href)"))
    assert officer.select("//*[@id='at399']")


def test_publishing_from_the_page_shows_the_version_to_the_group(officer, member, draft):
    prepared(officer, draft)
    member.get(HOME + "/")
    assert "There is no version to read yet." in member.text
    for closed in ("v/1.txt", "v/1/diff/1", "v/1/file"):
        member.get(f"{HOME}/{closed}", expect=404)
    officer.post(f"{HOME}/v/1/publish", {"note": "First text"})
    member.get(HOME + "/")
    assert "Version 1" in member.text and "First text" in member.text and "4 pieces" in member.text


def test_a_published_version_is_no_longer_prepared(officer, draft):
    make.published(draft, FIRST)
    answer = officer.get(f"{HOME}/v/1/prepare", expect=303)
    assert answer.location.endswith(f"{HOME}/v/1")
    officer.post(f"{HOME}/v/1/prepare/merge", {"position": 2}, expect=422, page=f"{HOME}/upload")
    assert len(texts(draft)) == 4


def test_the_next_version_is_uploaded_replaced_and_deleted(officer, draft):
    make.published(draft, FIRST)
    officer.get(f"{HOME}/upload")
    officer.post(f"{HOME}/upload", {"text": SECOND})
    officer.get(f"{HOME}/upload")
    assert "Version 2 is being prepared." in officer.text
    officer.post(f"{HOME}/upload", {"text": "1. Quite different."})
    assert queries.how_many(queries.version(draft, 2).id) == 1
    officer.get(f"{HOME}/v/2/delete")
    officer.post(f"{HOME}/v/2/delete", follow=True)
    assert "Version 2 is deleted." in officer.text
    assert [version.number for version in queries.versions(draft)] == [1]


def test_what_changed_is_shown_word_by_word_and_said_in_words(member, draft):
    make.published(draft, FIRST)
    make.published(draft, SECOND)
    member.get(f"{HOME}/v/2/diff/1")
    assert "2 unchanged" in member.text and "1 changed" in member.text
    assert member.select("//del[contains(., 'twice')]") and member.select("//ins[contains(., 'three times')]")
    assert "removed:" in member.select("string(//del)") and "added:" in member.select("string(//ins)")
    assert "Training comes before" not in member.text
    member.get(f"{HOME}/v/2/diff/1?show=all")
    assert "Training comes before" in member.text


def test_what_was_split_merged_moved_and_deleted_is_told_in_words(member, draft):
    parts = [
        "1. Countries that are small and far away pay more for freight than for the machines themselves, as all reports show.",
        "2. Training of technicians in their own country is asked for by nearly every Party that answered the questionnaire.",
        "3. Manuals are wanted in six languages, because an English manual is of no use in most of the workshops visited.",
        "4. Patents expire after twenty years, and a list of those which have expired would help many laboratories.",
        "5. The committee thanks its hosts in Bangkok and in Montreal for rooms, interpreters and patience.",
    ]
    make.published(draft, "\n\n".join(parts))
    merged = parts[3].replace("4.", "1.") + parts[4].removeprefix("5.")
    make.published(draft, "\n\n".join([merged, parts[2].replace("3.", "2."), parts[0].replace("1.", "3.")]))
    member.get(f"{HOME}/v/2/diff/1")
    told = [" ".join("".join(line.itertext()).split()) for line in member.select("//div[contains(@class, 'change')]/p[@class='facts']")]
    assert told == [
        "[4], [5] were merged into [1]; this is what [4] said",
        "[4], [5] were merged into [1]; this is what [5] said",
        "[2] was deleted",
        "[3] moved here, was [1]",
    ]
    make.published(draft, "\n\n".join(parts))
    member.get(f"{HOME}/v/3/diff/2")
    assert "was split into" in member.text


def test_a_version_and_its_changes_can_be_read_as_plain_text(member, draft):
    make.published(draft, FIRST)
    make.published(draft, SECOND)
    answer = member.get(f"{HOME}/v/1.txt")
    lines = answer.get_data(as_text=True).split("\n")
    assert lines[:3] == ["Progress report", "CONSULT/8/19", "Group experts"]
    assert "[1] The group met twice and looked at the needs of Parties." in lines
    assert "[h1] I. Introduction" in lines
    changed = member.get(f"{HOME}/v/2/diff/1.txt").get_data(as_text=True)
    assert "[1] changed\nThe group met [-twice-]{+three times+} and" in changed
    again = member.get(f"{HOME}/v/1.txt", expect=304, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.data == b""


def test_versions_are_compared_the_right_way_round(member, draft):
    make.published(draft, FIRST)
    make.published(draft, SECOND)
    assert member.get(f"{HOME}/v/1/diff/2", expect=303).location.endswith(f"{HOME}/v/2/diff/1")
    member.get(f"{HOME}/v/2/diff/2", expect=404)
    member.get(f"{HOME}/v/2/diff/7", expect=404)


def test_an_arabic_draft_is_shown_from_right_to_left(officer, group):
    arabic = make.draft(group, "تقرير", language="ar")
    make.prepared(arabic, "1- اجتمع الفريق مرتين في السنة.\n\n2- طلبت الأطراف التدريب قبل المعدات.")
    officer.get(f"/g/experts/d/{arabic.slug}/v/1/prepare")
    assert officer.select("//div[@lang='ar' and @dir='rtl']")


@pytest.mark.parametrize("page", ["upload", "v/1/prepare", "v/1/delete"])
def test_members_and_strangers_do_not_prepare(app, member, draft, page):
    make.prepared(draft)
    member.get(f"{HOME}/{page}", expect=403)
    stranger = signed_in(app, make.person("Stranger"))
    stranger.get(f"{HOME}/{page}", expect=404)
    stranger.get(NEW, expect=404)


def test_markup_in_a_title_or_a_text_stays_text(officer, group):
    nasty = make.draft(group, "<script>alert(1)</script> report")
    version = make.prepared(nasty, "1. <img src=x onerror=alert(1)> & more.\n\n2. <b>Bold</b>")
    officer.get(f"/g/experts/d/{nasty.slug}/v/1/prepare?at=0")
    assert not officer.select("//main//script | //main//img | //main//b")
    assert "<img src=x" in queries.paragraphs(version.id)[0].text


def test_an_officer_writes_the_next_version_on_the_last_one(officer, draft):
    make.published(draft, FIRST)
    officer.get(HOME + "/")
    officer.post(HOME + "/next", follow=True)
    officer.get(HOME + "/v/2/prepare?at=2")
    seen = officer.select("//form[@id='reword']//input[@name='seen']/@value")[0]
    words = "Training comes long before equipment."
    officer.post(HOME + "/v/2/prepare/reword", {"position": 2, "seen": seen, "words": words}, follow=True)
    assert words in officer.text
    officer.post(HOME + "/v/2/prepare/insert", {"position": 2, "new_words": "Also before buildings.", "new_number": "2 bis"}, follow=True)
    officer.post(HOME + "/v/2/prepare/count", {"position": 0}, follow=True)
    officer.post(HOME + "/v/2/prepare/shift", {"position": 4, "below": ""}, follow=True)
    assert [p.number for p in queries.pieces(the_draft().versions[1].id)] == ["4", "I", "1", "2", "3"]
    officer.post(HOME + "/v/2/prepare/remove", {"position": 0}, follow=True)
    officer.get(HOME + "/v/2/diff/1?view=side")
    assert "[3] is new" in officer.text
    assert "long" in " ".join("".join(e.itertext()) for e in officer.select("//p[@class='is']//ins"))


def test_what_cannot_be_written_comes_back_filled_in(officer, draft):
    make.published(draft, FIRST)
    officer.get(HOME + "/")
    officer.post(HOME + "/next")
    officer.get(HOME + "/v/2/prepare?at=2")
    officer.post(HOME + "/v/2/prepare/insert", {"position": 2, "new_words": " ", "new_number": "2 bis"}, expect=422)
    assert "Write the new paragraph first." in officer.text and officer.select("//input[@name='new_number']/@value") == ["2 bis"]
    officer.post(HOME + "/v/2/prepare/shift", {"position": 2, "below": "99"}, expect=422)
    assert "no paragraph 99" in officer.text
    officer.post(HOME + "/v/2/prepare/reword", {"position": 2, "seen": "somethingelse", "words": "Mine."}, expect=422)
    assert "another window" in officer.text and "Mine." in officer.select("//textarea[@name='words']")[0].text


def test_a_difference_is_read_side_by_side(member, draft):
    make.published(draft, FIRST)
    make.published(draft, SECOND)
    member.get(HOME + "/v/2/diff/1?view=side")
    assert len(member.select("//div[contains(@class, 'two')]/p[@class='was']")) == 3
    assert member.select("//p[@class='was']//del") and not member.select("//p[@class='was']//ins")
    assert member.select("//p[@class='is']//ins") and not member.select("//p[@class='is']//del")
