"""A person's own words come back in paragraphs, and every line end they meant stays."""

import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult.inbox.unwrapping import unwrapped

ENGLISH = (
    "We share the view of Kenya that the list of conditions is not complete. Training of those who are to run the equipment should stand "
    "beside its price, and so should spare parts, without which nothing runs for longer than a year. The Secretariat may wish to ask the "
    "low-income countries first."
)
FRENCH = (
    "Nous partageons l'avis du Kenya : la liste des conditions n'est pas complète. La formation de celles et ceux qui feront fonctionner "
    "le matériel devrait figurer à côté de son prix, de même que les pièces de rechange, sans lesquelles rien ne dure plus d'une année."
)
RUSSIAN = (
    "Мы разделяем мнение Кении о том, что перечень условий неполон. Подготовка тех, кто будет работать с оборудованием, должна быть "
    "упомянута наряду с ценой, равно как и запасные части, без которых ничто не работает дольше года."
)
ARABIC = (
    "نشاطر كينيا الرأي بأن قائمة الشروط غير كاملة، وأن تدريب من سيشغلون المعدات ينبغي أن يذكر إلى جانب ثمنها، وكذلك قطع الغيار التي لا "
    "يعمل شيء من دونها أكثر من سنة واحدة في أغلب البلدان"
)
CHINESE = (
    "我们赞同肯尼亚的看法，即条件清单并不完整。对设备操作人员的培训应与价格并列，备件也是如此，没有备件，"
    "任何设备都用不了一年以上。秘书处不妨先征求最不发达国家的意见，然后再提出建议，以便各方有充分的时间进行内部协商。"
)


@pytest.mark.parametrize("width", [68, 72, 76, 78, 80])
@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, ARABIC], ids=["en", "fr", "ru", "ar"])
def test_a_paragraph_that_a_mail_program_wrapped_is_one_line_again(text, width):
    assert unwrapped("\n".join(textwrap.wrap(text, width))) == text


@pytest.mark.parametrize("width", [33, 36, 40])
def test_chinese_is_joined_without_a_blank(width):
    lines = [CHINESE[at : at + width] for at in range(0, len(CHINESE), width)]
    assert unwrapped("\n".join(lines)) == CHINESE


def test_paragraphs_stay_apart():
    text = "\n\n".join("\n".join(textwrap.wrap(part, 72)) for part in (ENGLISH, FRENCH))
    assert unwrapped(text) == f"{ENGLISH}\n\n{FRENCH}"


def test_a_short_line_ends_a_paragraph():
    text = "We agree with the paragraph as it stands now, and with its last sentence\nabove all.\nthe rest is fine"
    assert unwrapped(text) == "We agree with the paragraph as it stands now, and with its last sentence above all.\nthe rest is fine"


def test_a_word_that_broke_at_its_hyphen_is_one_word_again():
    broken = "It would be of great help if the secretariat asked the small and low-\nincome countries first."
    assert unwrapped(broken) == "It would be of great help if the secretariat asked the small and low-income countries first."
    kept = "It would be of great help to the secretariat if both of the pre-\nand the post-evaluation were done."
    assert unwrapped(kept) == "It would be of great help to the secretariat if both of the pre- and the post-evaluation were done."


LONG = "This line is as long as a mail program would make it, and it says that"
LEFT_ALONE = {
    "marks": f"{LONG}\n[13] This is about another paragraph.",
    "types": f"{LONG}\nED: a comma is missing",
    "wording": f"{LONG}\nPROPOSED: the new wording",
    "french wording": f"{LONG}\nTexte proposé : le nouveau libellé",
    "bullets": f"{LONG}\n- one thing\n- another thing",
    "items": f"{LONG}\n(a) one thing;\n(b) another thing",
    "numbers": f"{LONG}\n12. The paragraph as it should be",
    "chinese items": "本段落应当写得更加清楚一些，以便各缔约方能够理解其含义，并且包括\n一、第一项内容\n（二）第二项内容",
    "quotes": f"> {LONG}\n> and so on and so on",
    "indented": f"{LONG}\n    and this is set in",
    "what follows a colon": "This line is as long as a mail program would make it, and it names:\nfish, wood and water",
    "verse": "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\n"
    "rough winds do shake the darling buds of May",
    "long verse": "Tell me, O Muse, of that ingenious hero who travelled far and wide then\n"
    "After he had sacked the famous town of Troy; many were the cities he saw\n"
    "Many the nations with whose manners and customs he was acquainted",
    "address": "Ministry of Environment and of Sustainable Development of the Republic\nBox 1234\nPort Louis",
    "sentence a line": "The first of these paragraphs is fine as it stands and needs no change.\nThe second one is not clear to me.",
    "table": "Country            Technology transferred             Year of transfer\n"
    "kenya              solar drying                       2004",
    "table with bars": "Country | Technology that was transferred to the country  | Year of it\nkenya | solar drying | 2004",
    "code": "for name in sorted(everything_that_stands_in_this_long_list_of_things) {\nprint(name)",
    "signature": f"Fine.\n-- \n{LONG}\nand so on",
    "a person's line ends": "I like this one.\nand that one.\nand those",
    "long lines": f"{LONG} and more and more of it\n{LONG}\nand so on",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_a_person_laid_out_is_left_alone(text):
    assert unwrapped(text) == text


SAID = "a the of paragraph 12. technology [12] - ED: que пункт 技术转让 تعليق low- » ( x=1; | http://x.example/y"
WORDS = st.sampled_from([*SAID.split(), "", "\t"])
LINES = st.lists(WORDS, max_size=20).map(" ".join)


@given(st.one_of(st.text(), st.lists(LINES, max_size=12).map("\n".join)))
@example("a" * 70 + "\nb")
@example("\n")
def test_nothing_but_line_ends_and_blanks_changes(text):
    assert "".join(unwrapped(text).split()) == "".join(text.split())
    assert unwrapped(text).count("\n") <= text.count("\n")


@given(st.lists(st.text(alphabet="abc de", max_size=59), max_size=12))
def test_short_lines_stay_as_they_are(lines):
    assert unwrapped("\n".join(lines)) == "\n".join(lines)
