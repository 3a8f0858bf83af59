"""Whatever mail program a person answers with, exactly their remarks arrive, each on its paragraph."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.inbox import html
from consult.inbox.reading import remarks
from tests.inbox import clients

OURS = {
    "en": (
        "parties should consider where appropriate measures annex decision biological diversity "
        "means report conference executive secretary shall take note"
    ),
    "fr": (
        "les parties devraient envisager selon qu'il convient mesures annexe décision diversité "
        "biologique moyens rapport conférence secrétaire prend note"
    ),
    "es": (
        "las partes deberían considerar según proceda medidas anexo decisión diversidad biológica "
        "medios informe conferencia secretario toma nota"
    ),
    "ru": (
        "сторонам следует рассмотреть при необходимости меры приложение решение биологическое "
        "разнообразие средства доклад конференция секретарь отмечает"
    ),
    "ar": ("ينبغي للأطراف أن تنظر عند الاقتضاء في التدابير المرفق المقرر التنوع البيولوجي الوسائل التقرير المؤتمر الأمين يحيط علما"),
    "zh": ("缔约方 应当 酌情 考虑 附件 所载 措施 决定 生物 多样性 手段 报告 会议 执行秘书 注意到"),
}
THEIRS = {
    "en": ("we cannot agree because farmers lack money please add seeds instead thanks Ministry doubts this wording strongly"),
    "fr": ("nous refusons car agriculteurs manquent argent veuillez ajouter semences"),
    "es": ("no aceptamos porque agricultores carecen dinero añadan semillas gracias"),
    "ru": ("мы возражаем поскольку фермерам нужны деньги добавьте семена пожалуйста"),
    "ar": ("نعترض لأن المزارعين بحاجة إلى المال نرجو إضافة البذور شكرا"),
    "zh": ("我们 反对 因为 农民 缺乏 资金 请 加入 种子 谢谢"),
}
INTRO = {
    "en": ("Dear Ada Byron,\n\nPlease comment on each numbered piece before the first of May."),
    "zh": ("尊敬的专家：\n\n请于五月一日前逐段提出看法。"),
}
FOOT = {
    "en": ("Answer this letter and type below the piece you mean.\nhttps://consult.example.int/r/7#p1"),
    "zh": ("请直接回复本信。\nhttps://consult.example.int/r/7"),
}


def sentence(draw, vocabulary, lang, least, most):
    chosen = draw(st.lists(st.sampled_from(vocabulary[lang].split()), min_size=least, max_size=most))
    return "".join(chosen) + "。" if lang == "zh" else " ".join(chosen).capitalize() + "."


@st.composite
def letters(draw):
    """(language, sent text, lines of paragraphs by mark)."""
    lang = draw(st.sampled_from(sorted(OURS)))
    numbers = sorted(draw(st.sets(st.integers(1, 60), min_size=1, max_size=8)))
    lines, places = INTRO.get(lang, INTRO["en"]).split("\n") + [""], {}
    for number in numbers:
        places[str(number)] = len(lines)
        lines += [f"[{number}] {sentence(draw, OURS, lang, 4, 40)}", ""]
    return lang, "\n".join([*lines, *FOOT.get(lang, FOOT["en"]).split("\n")]), places


def squeezed(text):
    return " ".join(text.split())


def heard(body, sent, places):
    return [(remark.mark, squeezed(remark.text)) for remark in remarks(body, sent, list(places)).remarks]


@pytest.mark.parametrize("client", clients.TEXT, ids=lambda client: client.__name__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_remarks_typed_into_any_text_reply_arrive_on_their_paragraphs(client, data):
    lang, sent, places = data.draw(letters())
    said = {mark: sentence(data.draw, THEIRS, lang, 1, 14) for mark in data.draw(st.lists(st.sampled_from(list(places)), unique=True))}
    top = data.draw(st.sampled_from(["", sentence(data.draw, THEIRS, lang, 2, 10)]))
    body = client(sent, [(places[mark], text) for mark, text in said.items()], top, data.draw(st.integers(40, 120)), lang)
    expected = [(mark, squeezed(said[mark])) for mark in places if mark in said]
    general = [(None, squeezed(top))] if top else []
    assert heard(body, sent, places) == (expected + general if client is clients.mutt else general + expected)


@pytest.mark.parametrize("client", clients.HTML, ids=lambda client: client.__name__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_remarks_typed_into_any_html_reply_arrive_on_their_paragraphs(client, data):
    lang, sent, places = data.draw(letters())
    said = {mark: sentence(data.draw, THEIRS, lang, 1, 14) for mark in data.draw(st.lists(st.sampled_from(list(places)), unique=True))}
    top = data.draw(st.sampled_from(["", sentence(data.draw, THEIRS, lang, 2, 10)]))
    body = html.text_of(client(sent, [(places[mark], text) for mark, text in said.items()], top, 76, lang))
    general = [(None, squeezed(top))] if top else []
    assert heard(body, sent, places) == general + [(mark, squeezed(said[mark])) for mark in places if mark in said]
