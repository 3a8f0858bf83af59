"""Everybody reads pages and letters in their own language; what is not translated yet is named here."""

import copy
import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from babel.messages.mofile import read_mo
from babel.messages.plurals import get_plural
from flask import render_template_string
from flask_babel import force_locale, ngettext

from consult.demo import cast, loading
from consult.extensions import db
from consult.kit import clock
from consult.people import actions as people_actions
from consult.people import queries as people
from consult.review import actions as review
from consult.web.locale import LANGUAGES
from tests import make
from tests.alerts import post
from tests.inbox import letters
from translations import catalogues

PLACES = re.compile(r"%\((\w+)\)[sd]")
TEMPLATES = sorted((catalogues.ROOT / "templates").rglob("*.*"))
SAME_EVERYWHERE = {"Consult", "CSV", "JSON", "UNDO", "PROPOSED", "ED", "name", "email", "role", "organization", "language", "zone", "means"}
COMMANDS = {"CORRECT", "MOVE", "TO", "WITHDRAW", "CONFIRM"}  # each works in every language; answers show the English one
FILES = {"Word", "Excel", "zip", "txt", "html", "start", "draft", "form", "MANIFEST"}  # names of programs and of files
HEADS = {"Round", "Version", "Code", "Language", "End"}  # the lines by which a machine knows a file of answers


@pytest.fixture(scope="module")
def gathered():
    """Every sentence that stands in the code and the templates now."""
    return catalogues.gathered()


def test_french_has_every_sentence_the_house_says(gathered):
    catalog = catalogues.brought_up_to_date("fr", gathered)
    missing = [message.id for message in catalog if message.id and not catalogues.whole(message)]
    assert not missing, (
        f"say these in French too (make messages, then translations/fr/LC_MESSAGES/messages.po, then make messages): {missing}"
    )


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_compiled_catalogue_is_what_is_written_down(language):
    held = catalogues.po(language).with_suffix(".mo").read_bytes()
    assert held == catalogues.compiled(catalogues.read(language)), "run make messages"
    assert read_mo(BytesIO(held)).get("Sign in").string


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_catalogue_translates_what_nobody_says_any_more(language, gathered):
    said = {message.id for message in gathered if message.id}
    assert not [message.id for message in catalogues.read(language) if message.id and message.id not in said], "run make messages"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_has_the_same_places_to_fill_as_the_sentence(language):
    for message in catalogues.read(language):
        if message.id and catalogues.whole(message):
            wanted = set(PLACES.findall(message.id[1] if message.pluralizable else message.id))
            for form in message.string if message.pluralizable else [message.string]:
                given = set(PLACES.findall(form))
                assert given == wanted or message.pluralizable and given == wanted - {"num"}, (message.id, form)
                assert form.count("%") == sum(map(len, re.findall(r"%%|%(?=\()", form))), form


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_plural_has_as_many_forms_as_the_language(language):
    for message in catalogues.read(language):
        assert not message.pluralizable or len(message.string) == get_plural(language).num_plurals, message.id


ARABIC = {
    0: "لا تعليقات",
    1: "تعليق واحد",
    2: "تعليقان",
    3: "3 تعليقات",
    10: "10 تعليقات",
    11: "11 تعليقا",
    60: "60 تعليقا",
    100: "100 تعليق",
}
RUSSIAN = {1: "1 замечание", 3: "3 замечания", 5: "5 замечаний", 11: "11 замечаний", 21: "21 замечание", 112: "112 замечаний"}


@pytest.mark.parametrize(("language", "said"), [("ar", ARABIC), ("ru", RUSSIAN), ("fr", {0: "0 observation", 2: "2 observations"})])
def test_counting_follows_the_rules_of_the_language(app, language, said):
    with app.test_request_context(), force_locale(language):
        assert {number: ngettext("%(num)s comment", "%(num)s comments", number) for number in said} == said


def test_counting_what_is_not_translated_follows_the_rules_of_english(app):
    with app.test_request_context(), force_locale("ar"):
        assert [ngettext("%(num)s heading", "%(num)s headings", n) for n in (0, 1, 11)] == ["0 headings", "1 heading", "11 headings"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_which_language_it_is_in_and_how_it_runs(client, language):
    client.get(f"/sign-in?lang={language}")
    assert (client.tree.get("lang"), client.tree.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(catalogues.ROOT)))
def test_no_template_says_anything_that_cannot_be_translated(template):
    text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", " ", template.read_text(), flags=re.DOTALL)
    named = re.findall(r'(?:aria-label|title|placeholder|alt|content)="([^"]*)"', text) if template.suffix == ".html" else []
    if template.suffix == ".html":
        text = re.sub(r"<pre>name,email.*?</pre>|<code.*?</code>", " ", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", " ", text)
    elif template.suffix == ".typ":  # a program: words to print stand in brackets, or between quotation marks as a sentence
        text = re.sub(r"(?m)//.*$", "", text)
        said = [*re.findall(r'"([^"]*)"', text), *re.findall(r"\[(\s*[^\W\d_][^\]]*)\]", text)]
        text = " ".join(words for words in said if re.search("[A-Z ]", words))
    else:
        text = re.sub(r"(?m)^(\[\d+\] )?[A-Z]{2,8}:?( (daily|40 kB|text|fr))? +", " ", text)
    named = [words for words in named if not words.startswith(("width=", "light", "no-referrer"))]
    loose = set(re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", " ".join([text, *named])))) - SAME_EVERYWHERE - COMMANDS - FILES
    loose -= HEADS if template.parent.name == "kit" else set()
    assert not loose, f"not marked for translation: {loose}"


def test_no_sentence_is_put_together_from_pieces_of_sentences():
    files = [*TEMPLATES, *sorted((catalogues.ROOT / "consult").rglob("*.py"))]
    glued = re.compile(r"""_\("[^"]*"(?:, [^()]*)?\) *~|~ *_\("|gettext\("[^"]*"\) *\+ *(?!"\\n")[^\n]*gettext|\b_\(f"|gettext\(f["']""")
    found = [f"{path.relative_to(catalogues.ROOT)}: {hit[0]}" for path in files for hit in glued.finditer(path.read_text())]
    assert not found, found


# ---- what French people read -------------------------------------------------------------------------------------------------------


def english() -> list[str]:
    """Whatever a French reader must never see: sentences, and parts of sentences of at least three words, that French says otherwise."""
    parts = set()
    for message in catalogues.read("fr"):
        for form in (message.id if message.pluralizable else [message.id]) if message.id else []:
            french = " ".join(message.string) if message.pluralizable else message.string
            pieces = [piece.strip(" ,.:;!?“”()-\n") for piece in re.split(r"%\(\w+\)[sd]|%%", form)]
            parts |= {piece for piece in pieces if len(piece.split()) >= 3 and piece not in french}
    return sorted(parts)


def words() -> set[str]:
    """Single words and short labels that French says otherwise: wrong as the whole of a button, link or heading."""
    return {message.id for message in catalogues.read("fr") if message.id and not message.pluralizable and message.string != message.id}


def read_by_a_french_person(text: str) -> list[str]:
    """The English in a text."""
    flat = " ".join(text.split())
    return [piece for piece in english() if " ".join(piece.split()) in flat]


def test_every_page_of_the_example_group_is_in_french(app, client):
    loading.load()
    officer = people.find_by_address(cast.OFFICER["address"])
    officer.language = "fr"
    db.session.commit()
    client.sign_in(officer)
    left, seen = ["/", "/people/new", "/help/mail"], {}
    while left:
        url = left.pop(0)
        endpoint, _ = app.create_url_adapter(None).match(urlsplit(url).path, return_rule=False)
        if seen.get(endpoint, 0) >= 2 or endpoint in ("static", "drafts.file", "inbox.raw", "papers.as_page"):
            continue
        seen[endpoint] = seen.get(endpoint, 0) + 1
        client.get(url)
        if client.tree is None:
            continue
        left += [link for link in client.select("//a/@href") if link.startswith("/")]
        assert (client.tree.get("lang"), client.tree.get("dir")) == ("fr", "ltr")
        assert not english_on(client.tree), f"{url}: {english_on(client.tree)}"
    assert len(seen) > 25, sorted(seen)


def english_on(tree) -> list[str]:
    """English that is ours on a page: not the texts and names people gave."""
    ours = copy.deepcopy(tree)
    for given in ours.xpath("//bdi | //pre | //textarea | //*[@dir='auto'] | //*[contains(@class, 'draft')]"):
        given.drop_tree()
    labels = {
        " ".join(each.text_content().split()) for each in ours.xpath("//a | //button | //label | //th | //h1 | //h2 | //legend | //option")
    }
    return read_by_a_french_person(ours.text_content()) + sorted(labels & words())


def test_letters_about_a_round_are_in_french(app):
    group, claire, of = post.a_round(name="Claire", language="fr")
    officer, newcomer = make.officer(group), make.person("Fatou", language="fr")
    people_actions.add_member(group, newcomer, "co-chair", by=officer, door="page")
    review.extend(of, of.closes_at + timedelta(days=7), "Un congrès.", by=officer, door="page")
    make.commit()
    claire.rhythm = "daily"
    post.work()
    review.remind(of, [claire], by=officer, door="page")
    make.commit()
    post.work()
    review.close(of, by=officer, door="page")
    make.commit()
    post.work()
    got = post.letters(claire) + post.letters(newcomer)
    assert {"opening", "extension", "reminder", "closing", "welcome"} <= {letter.kind for letter in got}
    for letter in got:
        assert not read_by_a_french_person(f"{letter.subject}\n{letter.text}"), letter.kind
    opening = next(letter for letter in got if letter.kind == "opening")
    assert "Répondez à cette lettre" in opening.text and "Observations attendues d’ici au" in opening.subject


def test_a_digest_is_in_french(app, travel_a_day):
    group, claire, of = post.a_round(name="Claire", language="fr", rhythm="daily")
    make.commit()
    post.work()
    make.comment(of, make.officer(group), mark="2", text="Peut-être.")
    make.commit()
    post.work()
    travel_a_day()
    post.work()
    (digest,) = post.letters(claire, "digest")
    assert "Peut-être." in digest.text and "Pour répondre à une observation" in digest.text and "#1 Olga" in digest.text
    assert not read_by_a_french_person(f"{digest.subject}\n{digest.text}")


@pytest.fixture
def travel_a_day():
    """A clock that can be put on by a day and a bit."""
    import time_machine

    with time_machine.travel(clock.now(), tick=False) as clock_of_tests:
        yield lambda: clock_of_tests.shift(timedelta(hours=26))


def test_a_receipt_is_in_french_and_says_how_to_undo_in_french(app):
    table = letters.laid()
    letters.kept(lambda: setattr(db.session.merge(table.ada), "language", "fr"))
    letters.answers(table, "[12] TE: trop vague.\n\n[99] nulle part.")
    (receipt,) = letters.letters_after(table.letter.id)
    assert "technique" in receipt.text and "ANNULER" in receipt.text
    assert not read_by_a_french_person(f"{receipt.subject}\n{receipt.text}")
    undo = letters.arrives(letters.mail(receipt.reply_to, "ANNULER", name="m2"), receipt.reply_to)
    assert undo.state == "taken" and all(comment.withdrawn_at for comment in letters.comments())


def test_a_refusal_is_in_french(app):
    table = letters.laid()
    letters.kept(lambda: setattr(db.session.merge(table.ada), "language", "fr"))
    letters.closed(table)
    letters.answers(table, "[12] Trop tard ?")
    (refusal,) = letters.letters_after(table.letter.id)
    assert "Ce tour d’observations est clos" in refusal.text and "> [12] Trop tard ?" in refusal.text
    assert not read_by_a_french_person(f"{refusal.subject}\n{refusal.text}")


def test_a_refused_remark_names_the_types_in_french(app):
    table = letters.laid(types=["editorial", "technical"])
    letters.kept(lambda: setattr(db.session.merge(table.ada), "language", "fr"))
    letters.answers(table, "[12] SUB: sur le fond")
    (refusal,) = letters.letters_after(table.letter.id)
    assert "rédactionnelle, technique" in " ".join(refusal.text.split())


def test_the_words_a_refusal_names_are_in_french_too(app):
    from consult.errors import Refused
    from consult.review import rules
    from consult.web.forms import translated

    with app.test_request_context(), force_locale("fr"), pytest.raises(Refused) as refused:
        rules.check_type("general", ["editorial", "technical"])
    with app.test_request_context(), force_locale("fr"):
        assert translated(refused.value).endswith("rédactionnelle, technique.")


def test_a_sentence_with_a_moment_in_it_keeps_the_moment_whole(app):
    with app.test_request_context(), force_locale("fr"):
        shown = render_template_string('{{ _("until %(when)s", when=at|instant) }}', at=clock.now())
    assert shown.startswith("jusqu’au <time datetime=")


def test_english_on_a_page_that_runs_from_the_right_keeps_its_numbers_and_full_stops_in_place(app):
    said = '{{ ngettext("%(num)s heading", "%(num)s headings", 3) }} {{ _("Sign in") }} {{ _("There is no draft to read yet.") }}'
    with app.test_request_context(), force_locale("ar"):
        assert render_template_string(said) == "\u20663 headings\u2069 تسجيل الدخول \u2066There is no draft to read yet.\u2069"
    with app.test_request_context(), force_locale("en"):
        assert render_template_string(said) == "3 headings Sign in There is no draft to read yet."
