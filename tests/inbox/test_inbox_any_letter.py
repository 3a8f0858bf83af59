"""Any letter we really send, answered with any mail program, at any width, in any charset: what was typed arrives, where it was typed.

What this found to be impossible, because the same lines could have been meant otherwise, stands in LIMITS and in docs/mail.md."""

import inspect
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.inbox import html
from consult.inbox.charsets import decoded
from consult.inbox.courtesies import without_courtesies
from consult.inbox.reading import own_words, remarks
from tests import make
from tests.alerts import post
from tests.conftest import make_app
from tests.inbox import letters as answering
from tests.inbox.corpus import programs
from tests.inbox.corpus.programs import Typed
from tests.inbox.corpus.texts import LETTERS, MARKS, ON_12, ON_13, TOP

LIMITS = """Whole lines of the letter that somebody types or copies again are taken for the letter, with or without a quote mark.
A line that is only `--`, and what stands below it, is a signature unless a mark follows. A lone `>` line is a quote.
Without quote marks two remarks are told apart only where at least one whole line of the letter stands between them."""
CHARSETS = {"en": "us-ascii", "fr": "iso-8859-15", "es": "windows-1252", "ru": "koi8-r", "zh": "gb18030", "ar": "windows-1256"}
ODD = (
    "12 of us agree.", "(a) first; (b) second.", "We count:\n1. money\n2. people", "No.", "5 > 3 and 3 < 5, is it not?", "Yes",
    "See https://env.example/x?a=[13]#12 for it.", "Not “measures”, but “means”.", "同意。", "موافقون، ١٢ منا.", "Нет: 12.",
    "From our side: fine.", "To whom it may concern, this is vague.", "END of the story.", "We wrote on 5 May 2027 at 10:12: no.",
    "- one\n- two", "\u200fلا\u200f", "A — B – C", "STOP using brackets [like this].", "???! Why", "Paragraph 12 should keep its annex.",
    "| a | b |\n| c | d |", "§ 5 of the law applies.", "http://x.example", "From: the start", "12.", "* * *",
    "of the United Nations",
    "Sent by us from Geneva.", "-- is no dash here", "The fund, the fund, the fund.",
)  # fmt: skip
TEXT = {
    name: made for name, made in inspect.getmembers(programs, inspect.isfunction) if made.__module__ == programs.__name__ and name[0] != "_"
}
HELPERS = {"wrapped", "blocks", "outlook_head", "paragraphs", "no_quote"}
QUOTING = sorted(name for name in TEXT if name not in HELPERS and not name.endswith("_html"))
MARKUP = sorted(name for name in TEXT if name.endswith("_html"))
BELOW_IS_LOST = {"iphone", "yahoo_phone", "mail_ru_phone"}  # these models have no place below the quote
GREETING = {"the_bat"}  # it writes “Hello Consult,” by itself, which is left out only where other words are marked


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> dict[tuple[str, str], str]:
    """The texts of letters as the house writes them: (kind, language) → text."""
    app = make_app(tmp_path_factory.mktemp("letters"))
    with app.app_context():
        make.db.drop_all()
        make.db.create_all()
        found = {}
        for lang in LETTERS:
            found |= _written(lang)
        make.db.session.remove()
        make.db.engine.dispose()
    return found


def _written(lang: str) -> dict[tuple[str, str], str]:
    """The letters that one person with this language gets: of a round, of a comment in it, of a receipt."""
    group = make.group(f"group-{lang}", name="Expert Group on Technology Transfer")
    officer = make.officer(group)
    who = make.member(group, make.person(f"Ada {lang}", language=lang, means="mail", rhythm="at-once"))
    other = make.member(group, make.person(f"Ben {lang}"))
    pieces = [piece.split("] ", 1) for piece in LETTERS[lang].split("\n\n") if piece.startswith("[")]
    numbered = "\n\n".join(f"(a) {words}" if "(a)" in mark else f"{mark[1:]}. {words}" for mark, words in pieces)
    opened = make.round(make.published(make.draft(group, language=lang), numbered, by=officer))
    make.comment(opened, other, text=ON_12[lang])
    make.commit()
    post.work()
    kept = {each.keys[0].purpose if each.keys else each.kind: each for each in post.letters(who)}
    round_letter = kept["round"]
    found = {(kind, lang): each.text for kind, each in kept.items()}
    key = round_letter.keys[0]
    raw = answering.mail(answering.outbox.address_of(key), "[12] Fine.", sender=f"Ada <{who.address}>", name=f"r{lang}")
    answering.arrives(raw, answering.outbox.address_of(key), who.address)
    found["receipt", lang] = post.letters(who)[-1].text
    return found


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def marks_in(text: str) -> list[str]:
    return re.findall(r"^ *\[(\d[^\]\n]*)\]", text, re.MULTILINE)


def recoded(body: str, lang: str) -> str:
    """Through the charset people of that language use, where it can hold the mail, and back as the intake reads it."""
    try:
        return decoded(body.encode(CHARSETS[lang]), CHARSETS[lang])
    except UnicodeEncodeError:
        return decoded(body.encode(), "utf-8")


@st.composite
def typed(draw, text: str, lang: str, html_only: bool = False):
    """(what somebody types into this letter, the remarks it must give)."""
    marks = marks_in(text)
    chosen = draw(st.lists(st.sampled_from(marks), unique=True, max_size=4)) if marks else []
    words = st.one_of(
        st.sampled_from([ON_12[lang], ON_13[lang]]), st.sampled_from([odd for odd in ODD if not html_only or "\n" not in odd])
    )
    said = {mark: draw(words) for mark in sorted(chosen, key=marks.index)}
    top = draw(st.sampled_from(["", TOP[lang]]))
    made = Typed(lang, top, said, "", text, draw(st.integers(30, 120)))
    return made, [("", squeezed(top))] * bool(top) + [(mark, squeezed(words)) for mark, words in said.items()]


def heard(body: str, text: str) -> list[tuple[str, str]]:
    found = without_courtesies(remarks(body, text, marks_in(text)).remarks, "Zoe")
    return [(each.mark or "", squeezed(each.text)) for each in found]


@pytest.mark.parametrize("name", QUOTING)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_typed_into_a_letter_of_a_round_arrives_on_its_paragraph(sent, name, data):
    lang = data.draw(st.sampled_from(sorted(LETTERS)))
    text = sent["round", lang]
    made, expected = data.draw(typed(text, lang))
    try:
        body = TEXT[name](made)
    except KeyError:
        return  # this program has no form in that language
    found = heard(recoded(body, lang), text)
    if name in GREETING:
        found, expected = [each for each in found if each[0]], [each for each in expected if each[0]]
    assert [(mark, squeezed(words.replace("\u200f", ""))) for mark, words in expected] == found


@pytest.mark.parametrize("name", MARKUP)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_is_typed_into_html_arrives_on_its_paragraph(sent, name, data):
    lang = data.draw(st.sampled_from(sorted(LETTERS)))
    text = sent["round", lang]
    made, expected = data.draw(typed(text, lang, html_only=True))
    found = heard(html.text_of(TEXT[name](made)), text)
    assert [(mark, squeezed(words.replace("\u200f", ""))) for mark, words in expected] == found


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_above_any_other_letter_exactly_the_own_words_are_left(sent, data):
    kind, lang = data.draw(st.sampled_from(sorted(key for key in sent if key[0] != "round")))
    name = data.draw(st.sampled_from([name for name in QUOTING if name not in GREETING]))
    words = data.draw(st.sampled_from([TOP[lang], ON_13[lang], *ODD]))
    try:
        body = TEXT[name](Typed(lang, words, {}, "", sent[kind, lang], data.draw(st.integers(30, 120))))
    except KeyError:
        return
    own = own_words(recoded(body, lang), sent[kind, lang])
    assert squeezed("\n".join(span.text for span in own)) == squeezed(words)


def test_letters_of_every_kind_are_there(sent):
    assert {kind for kind, _ in sent} >= {"round", "receipt"} and len({lang for _, lang in sent}) == 6
    assert all(marks_in(text) for (kind, _), text in sent.items() if kind == "round") and len(MARKS) == 6
