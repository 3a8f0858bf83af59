"""Answers of people to the letter of a round, as every program writes them."""

from tests.inbox.corpus import programs as p
from tests.inbox.corpus.making import Case, part, several, whole
from tests.inbox.corpus.programs import Typed
from tests.inbox.corpus.texts import KIND, NAMES, ON_12, ON_13, ON_15, PARAGRAPH, PROPOSED, TOP

SIX = ("en", "fr", "es", "ru", "zh", "ar")


def top(lang: str, words: str = "") -> tuple[Typed, list]:
    """Only words above the quote."""
    said = words or TOP[lang]
    return Typed(lang, top=said), [[None, None, said, None]]


def below(lang: str) -> tuple[Typed, list]:
    """Only words below everything."""
    return Typed(lang, below=TOP[lang]), [[None, None, TOP[lang], None]]


def between(lang: str, above: bool = True) -> tuple[Typed, list]:
    """Words above, below 12 and 13, a proposed wording below 14, and below 15."""
    word, wording = PROPOSED[lang]
    typed = {"12": ON_12[lang], "13": ON_13[lang], "14": f"{word} {wording}", "15": ON_15[lang]}
    remarks = [["12", None, ON_12[lang], None], ["13", None, ON_13[lang], None], ["14", None, "", wording], ["15", None, ON_15[lang], None]]
    if not above:
        return Typed(lang, "", typed), remarks
    return Typed(lang, TOP[lang], typed), [[None, None, TOP[lang], None], *remarks]


def marked(lang: str) -> tuple[Typed, list]:
    """Everything above the quote, each remark behind its mark, with a kind, a range and a wording in brackets."""
    wording = PROPOSED[lang][1]
    words = "\n\n".join((
        TOP[lang], f"[12] {KIND[lang]}: {ON_12[lang]}", f"§13-15 {ON_13[lang]}", f"[14] {ON_15[lang]} << {wording} >>", PARAGRAPH[lang].format(ON_15[lang])
    ))  # fmt: skip
    remarks = [
        [None, None, TOP[lang], None], ["12", "SUB", ON_12[lang], None], ["13", None, ON_13[lang], None], ["14", None, ON_15[lang], wording],
        ["12", None, ON_15[lang], None],
    ]  # fmt: skip
    return Typed(lang, top=words), remarks


def expected(lang: str, remarks: list, **more) -> dict:
    """What a reply must give."""
    return {"letter": lang, "name": NAMES[lang], "remarks": remarks, "outcome": "answer", **more}


def text_case(
    name: str, program, made: tuple[Typed, list], *, charset: str = "utf-8", cte: str = "quoted-printable", agent: str = ""
) -> Case:
    """A reply as text alone."""
    typed, remarks = made
    name = f"{name}.{typed.lang}"
    return Case(name, whole(name, part(program(typed), charset=charset, cte=cte), agent=agent), expected(typed.lang, remarks))


def html_case(name: str, program, made: tuple[Typed, list], *, charset: str = "utf-8", cte: str = "quoted-printable") -> Case:
    """A reply as HTML alone."""
    typed, remarks = made
    name = f"{name}.{typed.lang}"
    return Case(
        name, whole(name, part(program(typed), kind="text/html", charset=charset, cte=cte)), expected(typed.lang, remarks, html=True)
    )


def both_case(name: str, text, markup, made: tuple[Typed, list], **more) -> Case:
    """A reply as text and as HTML."""
    typed, remarks = made
    name = f"{name}.{typed.lang}"
    return Case(name, whole(name, several(part(text(typed)), part(markup(typed), kind="text/html")), **more), expected(typed.lang, remarks))


def cases() -> list[Case]:
    """All of them."""
    return [*_usual(), *_chinese(), *_russian(), *_others(), *_html(), *_styles()]


def _usual() -> list[Case]:
    found = []
    for lang in SIX:
        found += [
            both_case("gmail-web-top-post", p.gmail, p.gmail_html, top(lang)),
            text_case("gmail-android-bottom-post", p.gmail, below(lang)),
            text_case("thunderbird-between", p.thunderbird, between(lang)),
            text_case("outlook-desktop-between", p.outlook, between(lang)),
            text_case("outlook-phone-marks", p.outlook_phone, marked(lang)),
            text_case("iphone-top-post", p.iphone, top(lang)),
        ]
    return found + [
        text_case("gmail-broken-introduction", p.gmail_broken, between("en")),
        text_case("gmail-broken-introduction", p.gmail_broken, top("fr")),
        text_case("gmail-ios-top-post", p.gmail, top("es"), cte="base64"),
        text_case("owa-top-post", p.owa, top("en")),
        text_case("owa-between", p.owa, between("fr")),
        text_case("owa-top-post", p.owa, top("ru"), charset="koi8-r"),
        text_case("outlook-bold-head", p.outlook_bold, top("fr"), charset="windows-1252"),
        text_case("outlook-bold-head", p.outlook_bold, top("ar")),
        text_case("apple-between", p.apple, between("en")),
        text_case("apple-between", p.apple, between("ru")),
        text_case("apple-between", p.apple, between("ar")),
        text_case("thunderbird-signed", p.thunderbird_signed, between("es")),
        text_case("windows-mail-top-post", p.windows_mail, top("en")),
        text_case("samsung-top-post", p.samsung, top("en")),
        text_case("samsung-top-post", p.samsung, top("fr")),
        text_case("samsung-between", p.samsung, between("ru")),
        text_case("samsung-top-post", p.samsung, top("ar")),
        text_case("huawei-top-post", p.samsung, top("zh")),
    ]


def _chinese() -> list[Case]:
    return [
        text_case("qq-top-post", p.qq, top("zh"), charset="gb18030", cte="base64", agent="QQMail 2.x"),
        text_case("qq-between", p.qq, between("zh"), charset="gb18030", cte="base64", agent="QQMail 2.x"),
        text_case("qq-english", p.qq_english, marked("en"), cte="base64", agent="QQMail 2.x"),
        text_case("163-top-post", p.netease, top("zh"), charset="gbk", cte="base64", agent="Coremail Webmail Server"),
        text_case("126-between", p.netease, between("zh"), charset="gbk", cte="base64", agent="Coremail Webmail Server"),
        text_case("163-english", p.netease, between("en"), charset="gbk", cte="base64", agent="Coremail Webmail Server"),
        text_case("foxmail-top-post", p.foxmail, top("zh"), charset="gb2312", cte="base64", agent="Foxmail 7.2.25.331[cn]"),
        text_case("aliyun-top-post", p.aliyun, top("zh"), cte="base64"),
        text_case(
            "outlook-big5",
            p.no_quote,
            (Typed("zh", top="[12] 我們不能同意。"), [["12", None, "我們不能同意。", None]]),
            charset="big5",
            cte="8bit",
        ),
        text_case(
            "hz-encoding",
            p.no_quote,
            (Typed("zh", top="[12] 没有新的资金。"), [["12", None, "没有新的资金。", None]]),
            charset="hz",
            cte="7bit",
        ),
    ]


def _russian() -> list[Case]:
    return [
        text_case("mail-ru-top-post", p.mail_ru, top("ru"), cte="base64", agent="Mail.Ru Mailer 1.0"),
        text_case("mail-ru-between", p.mail_ru, between("ru"), cte="base64", agent="Mail.Ru Mailer 1.0"),
        text_case("mail-ru-phone", p.mail_ru_phone, top("ru"), cte="base64"),
        text_case("yandex-top-post", p.yandex, top("ru"), cte="8bit", agent="Yamail [ http://yandex.ru ] 5.0"),
        text_case("yandex-between", p.yandex, between("ru"), cte="8bit", agent="Yamail [ http://yandex.ru ] 5.0"),
        text_case(
            "the-bat-between",
            p.the_bat,
            between("ru", above=False),
            charset="windows-1251",
            cte="8bit",
            agent="The Bat! (v9.1) Professional",
        ),
        text_case("thunderbird-koi8-r", p.thunderbird, between("ru"), charset="koi8-r", cte="8bit"),
        text_case("outlook-windows-1251", p.outlook, marked("ru"), charset="windows-1251"),
        text_case(
            "dos-cp866", p.no_quote, (Typed("ru", top="[12] Нет денег."), [["12", None, "Нет денег.", None]]), charset="cp866", cte="8bit"
        ),
    ]


def _others() -> list[Case]:
    return [
        text_case("yahoo-web-top-post", p.yahoo, top("en")),
        text_case("yahoo-web-between", p.yahoo, between("fr")),
        text_case("yahoo-web-top-post", p.yahoo, top("es")),
        text_case("yahoo-web-top-post", p.yahoo, top("ar")),
        text_case("yahoo-phone-top-post", p.yahoo_phone, top("en")),
        text_case("proton-top-post", p.proton, top("en")),
        text_case("proton-between", p.proton, between("en")),
        text_case("tuta-top-post", p.tuta, top("en")),
        text_case("notes-top-post", p.notes, top("en"), agent="HCL Notes Release 11.0.1"),
        text_case("notes-between", p.notes, between("fr"), charset="iso-8859-1", agent="Lotus Notes Release 8.5.3"),
        text_case("notes-old-top-post", p.notes_old, top("en"), charset="us-ascii", cte="7bit", agent="Lotus Notes Release 6.5.4"),
        text_case("mutt-between", p.mutt, between("en"), cte="8bit"),
        text_case("mutt-bottom-post", p.mutt, below("fr"), charset="iso-8859-15", cte="8bit"),
        text_case("pine-between", p.pine, between("en"), charset="us-ascii", cte="7bit"),
        text_case("alpine-between", p.pine, between("es"), cte="8bit"),
        text_case("k9-top-post", p.k9, top("en")),
        text_case("k9-between", p.k9, between("fr")),
        *(text_case("roundcube-between", p.roundcube, between(lang)) for lang in SIX),
        text_case("zimbra-top-post", p.zimbra, top("en")),
        text_case("zimbra-between", p.zimbra, between("fr")),
        text_case("zimbra-top-post", p.zimbra, top("es")),
        text_case("zimbra-between", p.zimbra, between("ru")),
        text_case("horde-between", p.horde, between("en")),
        text_case("horde-between", p.horde, between("es")),
        text_case("groupwise-top-post", p.groupwise, top("en")),
        text_case("orange-top-post", p.orange, top("fr"), charset="iso-8859-1"),
        text_case("gnus-between", p.gnus, between("en"), cte="8bit"),
        text_case("evolution-between", p.evolution, between("en")),
        text_case("fastmail-between", p.fastmail, between("en")),
        text_case("em-client-top-post", p.em_client, top("en")),
    ]


def _html() -> list[Case]:
    return [
        *(html_case("outlook-html-between", p.outlook_html, between(lang)) for lang in SIX),
        html_case("owa-html-between", p.owa_html, between("en")),
        html_case("owa-html-between", p.owa_html, between("zh"), charset="gb2312", cte="base64"),
        html_case("owa-html-marks", p.owa_html, top("ar"), cte="base64"),
        html_case("gmail-html-between", p.gmail_html, between("en")),
        html_case("gmail-html-between", p.gmail_html, between("ar")),
        html_case("apple-html-between", p.apple_html, between("fr")),
        html_case("apple-html-between", p.apple_html, between("ru"), charset="koi8-r"),
        html_case("thunderbird-html-between", p.thunderbird_html, between("es"), charset="iso-8859-1"),
        html_case("qq-html-top-post", p.qq_html, top("zh"), charset="gb18030", cte="base64"),
        html_case("qq-html-between", p.qq_html, between("zh"), charset="gb18030", cte="base64"),
    ]


def _styles() -> list[Case]:
    """How people name paragraphs, kinds and wordings when they write everything themselves."""
    found = []
    for lang in SIX:
        typed, remarks = marked(lang)
        found.append(text_case("deleted-the-quote-marks", p.no_quote, (typed, remarks), cte="base64"))
    return found
