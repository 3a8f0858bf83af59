"""How mail programs write a reply. Each gives the body as text (and some as HTML) from what was sent and what was typed into it.

`typed`: {mark: words typed below that paragraph}; `top` and `below` stand above and below everything that is quoted."""

import html
import re
import textwrap
from dataclasses import dataclass, field

from tests.inbox.corpus.texts import LETTERS

US = "reply+7f3a@in.consult.example.int"
LABELS = {  # from, sent, to, subject as Outlook writes them
    "en": ("From:", "Sent:", "To:", "Subject:"),
    "fr": ("De :", "Envoyé :", "À :", "Objet :"),
    "es": ("De:", "Enviado el:", "Para:", "Asunto:"),
    "ru": ("От:", "Отправлено:", "Кому:", "Тема:"),
    "zh": ("发件人:", "发送时间:", "收件人:", "主题:"),
    "ar": ("من:", "تاريخ الإرسال:", "إلى:", "الموضوع:"),
}
LONG_DATE = {
    "en": "Tuesday, January 5, 2027 10:12 AM",
    "fr": "mardi 5 janvier 2027 10:12",
    "es": "martes, 5 de enero de 2027 10:12",
    "ru": "5 января 2027 г. 10:12",
    "zh": "2027年1月5日 10:12",
    "ar": "05/يناير/2027 10:12 ص",
}
GMAIL = {
    "en": f"On Tue, Jan 5, 2027 at 10:12 AM Consult <{US}> wrote:",
    "fr": f"Le mar. 5 janv. 2027 à 10:12, Consult <{US}> a écrit :",
    "es": f"El mar, 5 ene 2027 a la(s) 10:12 a.m., Consult (<{US}>) escribió:",
    "ru": f"вт, 5 янв. 2027 г. в 10:12, Consult <{US}>:",
    "zh": f"Consult <{US}> 于2027年1月5日周二 10:12写道：",
    "ar": f"في الثلاثاء، 5 يناير 2027 في 10:12 ص تمت كتابة ما يلي بواسطة Consult <{US}>:",
}
THUNDERBIRD = {
    "en": "On 1/5/27 10:12 AM, Consult wrote:",
    "fr": "Le 05/01/2027 à 10:12, Consult a écrit :",
    "es": "El 5/1/27 a las 10:12, Consult escribió:",
    "ru": "05.01.2027 10:12, Consult пишет:",
    "zh": "在 2027/1/5 10:12, Consult 写道:",
    "ar": "في 5/1/2027 10:12 ص، كتب Consult:",
}
APPLE = {
    "en": f"On 5 Jan 2027, at 10:12, Consult <{US}> wrote:",
    "fr": f"Le 5 janv. 2027 à 10:12, Consult <{US}> a écrit :",
    "es": f"El 5 ene 2027, a las 10:12, Consult <{US}> escribió:",
    "ru": f"5 янв. 2027 г., в 10:12, Consult <{US}> написал(а):",
    "zh": f"在 2027年1月5日，10:12，Consult <{US}> 写道：",
    "ar": f"في ٥ يناير ٢٠٢٧، الساعة ١٠:١٢ ص، كتب Consult <{US}>:",
}
PHONE = {
    "en": "Sent from my iPhone",
    "fr": "Envoyé de mon iPhone",
    "es": "Enviado desde mi iPhone",
    "ru": "Отправлено с iPhone",
    "zh": "发自我的 iPhone",
    "ar": "أُرسلت من الـ iPhone",
}
OUTLOOK_PHONE = {
    "en": "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "fr": "Télécharger Outlook pour Android<https://aka.ms/AAb9ysg>",
    "es": "Obtener Outlook para Android<https://aka.ms/AAb9ysg>",
    "ru": "Получить Outlook для Android<https://aka.ms/AAb9ysg>",
    "zh": "获取 Outlook for Android<https://aka.ms/AAb9ysg>",
    "ar": "الحصول على Outlook لـ Android<https://aka.ms/AAb9ysg>",
}


@dataclass
class Typed:
    """One answer: its language, the words above, below paragraphs, and below everything."""

    lang: str
    top: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    below: str = ""
    sent: str = ""  # another letter than the one of the corpus
    width: int = 0  # another width than the program's own

    def pieces(self, width: int):
        """(ours?, lines) in order: our letter wrapped at that width, and what was typed below a paragraph."""
        mark = ""
        lines = (self.sent or LETTERS[self.lang]).split("\n")
        for number, line in enumerate([*lines, ""]):
            if not line and mark in self.typed:
                yield False, self.typed[mark].split("\n")
            if number < len(lines):
                yield True, wrapped(line, width)
            begins = re.match(r" *\[([^\]\n]+)\]", line)
            mark = begins[1] if begins else mark if line else ""

    def quoted(self, width: int = 74, mark: str = "> ") -> str:
        """Our letter behind quote marks, what was typed between blank lines."""
        lines: list[str] = []
        for ours, piece in self.pieces(self.width or width):
            lines += [(mark + line).rstrip() for line in piece] if ours else ["", *piece, ""]
        return "\n".join(lines)

    def bare(self, width: int = 10_000) -> str:
        """Our letter without any mark, what was typed between blank lines."""
        lines: list[str] = []
        for ours, piece in self.pieces(self.width or width):
            lines += piece if ours else ["", *piece]
        return "\n".join(lines)


def wrapped(line: str, width: int) -> list[str]:
    """A line as a program breaks it: Chinese between any two characters, everything else at blanks."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in line):
        return _wrapped_chinese(line, width)
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def _wrapped_chinese(line: str, width: int) -> list[str]:
    lines, columns = [""], 0
    for word in re.findall(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]|[^\u2e80-\u9fff\uff00-\uffef\u3000-\u303f\s]+|\s+", line):
        wide = sum(2 if sign > "\u2e80" else 1 for sign in word)
        if columns and columns + wide > width:
            lines[-1], columns = lines[-1].rstrip(), 0
            lines.append("")
        lines[-1] += word if lines[-1] or word.strip() or not columns and len(lines) == 1 else ""
        columns += wide
    return lines


def blocks(*parts: str) -> str:
    """Parts that are there, with an empty line between them."""
    return "\n\n".join(part for part in parts if part) + "\n"


def gmail(t: Typed) -> str:
    """Gmail on the web and on Android."""
    return blocks(t.top, GMAIL[t.lang] + "\n\n" + t.quoted(), t.below)


def gmail_broken(t: Typed) -> str:
    """Gmail where the introducing line is too long for one line."""
    said = GMAIL[t.lang]
    cut = said.rindex(" ", 0, said.index("<") + 1)
    return blocks(t.top, said[:cut] + "\n" + said[cut + 1 :] + "\n\n" + t.quoted(), t.below)


def thunderbird(t: Typed) -> str:
    """Thunderbird, the answer below or between."""
    return blocks(t.top, THUNDERBIRD[t.lang] + "\n" + t.quoted(72), t.below)


def thunderbird_signed(t: Typed) -> str:
    """Thunderbird with a signature."""
    return thunderbird(t) + "\n-- \nAda Byron\nMinistry of Engines, Nest Street 7\n+254 20 555 0101\n"


def apple(t: Typed) -> str:
    """Apple Mail: the introducing line is part of the quote."""
    return blocks(t.top, f"> {APPLE[t.lang]}\n> \n" + t.quoted(10_000), t.below)


def iphone(t: Typed) -> str:
    """Mail on a telephone."""
    return blocks(t.top, PHONE[t.lang], f"> {APPLE[t.lang]}\n> \n" + t.quoted(10_000).replace("\n>", "\n> ").replace(">  ", "> "))


def outlook_head(lang: str, bold: str = "") -> str:
    """The head that Outlook copies."""
    said = (f"Consult <{US}>", LONG_DATE[lang], "Ada Byron <ada@env.example>", "Draft 7: comments")
    return "\n".join(f"{bold}{label}{bold} {value}" for label, value in zip(LABELS[lang], said, strict=True))


def outlook(t: Typed) -> str:
    """Outlook on a desk: only the head stands between."""
    return blocks(t.top, outlook_head(t.lang) + "\n\n" + t.bare(), t.below)


def outlook_bold(t: Typed) -> str:
    """Outlook as some servers make text of it: the labels between stars."""
    return blocks(t.top, outlook_head(t.lang, "*") + "\n\n" + t.bare(), t.below)


def owa(t: Typed) -> str:
    """Outlook in a browser: a rule above the head."""
    return blocks(t.top, "_" * 32 + "\n" + outlook_head(t.lang) + "\n\n" + t.bare(), t.below)


def outlook_phone(t: Typed) -> str:
    """Outlook on a telephone."""
    return blocks(t.top, OUTLOOK_PHONE[t.lang], "_" * 32 + "\n" + outlook_head(t.lang) + "\n\n" + t.bare(), t.below)


def windows_mail(t: Typed) -> str:
    """Mail for Windows."""
    return blocks(t.top, "Sent from Mail for Windows", outlook_head(t.lang) + "\n\n" + t.bare(), t.below)


def qq(t: Typed) -> str:
    """QQ Mail."""
    head = (
        "------------------ 原始邮件 ------------------\n"
        f'发件人: "Consult" <{US}>;\n发送时间: 2027年1月5日(星期二) 上午10:12\n收件人: "艾达"<ada@env.example>;\n主题: Draft 7: comments'
    )
    return blocks(t.top, "&nbsp;", head + "\n\n" + t.bare(), t.below)


def qq_english(t: Typed) -> str:
    """QQ Mail of somebody who uses it in English."""
    head = (
        "------------------ Original ------------------\n"
        f'From:  "Consult"<{US}>;\nDate:  Tue, Jan 5, 2027 10:12 AM\nTo:  "Ada"<ada@env.example>;\n\nSubject:  Draft 7: comments'
    )
    return blocks(t.top, head + "\n\n" + t.bare(), t.below)


def netease(t: Typed) -> str:
    """163.com and 126.com: each quoted line begins with > and no blank."""
    said = f'At 2027-01-05 10:12:00, "Consult" <{US}> wrote:' if t.lang == "en" else f'在 2027-01-05 10:12:00，"Consult" <{US}> 写道：'
    return blocks(t.top, said + "\n" + t.quoted(10_000, ">"), t.below)


def foxmail(t: Typed) -> str:
    """Foxmail: an address as signature, then the head with full-width colons."""
    head = "发件人： Consult\n发送时间： 2027-01-05 10:12\n收件人： ada\n主题： Draft 7: comments"
    return blocks(t.top, "ada@env.example\n \n" + head, t.bare(), t.below)


def aliyun(t: Typed) -> str:
    """Alibaba's mail: a long rule, and a full-width blank inside a label."""
    head = f"发件人：Consult <{US}>\n发送时间：2027年1月5日(星期二) 10:12\n收件人：ada <ada@env.example>\n主　题：Draft 7: comments"
    return blocks(t.top, "-" * 66 + "\n" + head + "\n\n" + t.bare(), t.below)


def mail_ru(t: Typed) -> str:
    """mail.ru."""
    said = f">Вторник,  5 января 2027, 10:12 +03:00 от Consult <{US}>:\n> \n"
    return blocks(t.top, " \n" + said + t.quoted(10_000, ">"), t.below, "--\nАда Байрон")


def mail_ru_phone(t: Typed) -> str:
    """mail.ru on a telephone: its own line stands below the quote."""
    said = f"вторник,  5 января 2027, 10:12 +03:00 от Consult <{US}>:\n"
    return blocks(t.top, "--\nОтправлено из Mail.ru для Android", said + t.quoted(10_000, ">"))


def yandex(t: Typed) -> str:
    """Yandex."""
    return blocks(t.top, f'05.01.2027, 10:12, "Consult" <{US}>:\n' + t.quoted(10_000, "> "), t.below, "-- \nОтправлено из Яндекс Почты")


def yahoo(t: Typed) -> str:
    """Yahoo on the web: our text comes back indented, without quote marks."""
    said = {
        "en": f" On Tuesday, January 5, 2027 at 10:12:00 AM GMT+1, Consult <{US}> wrote:",
        "fr": f" Le mardi 5 janvier 2027 à 10:12:00 UTC+1, Consult <{US}> a écrit :",
        "es": f" En martes, 5 de enero de 2027, 10:12:00 GMT+1, Consult <{US}> escribió:",
        "ar": f" في الثلاثاء، ٥ يناير ٢٠٢٧ ١٠:١٢:٠٠ ص غرينتش+٣، كتب Consult <{US}>:",
    }[t.lang]
    return blocks(t.top, "   " + said, "\n".join("  " + line for line in t.bare().split("\n")), t.below)


def yahoo_phone(t: Typed) -> str:
    """Yahoo on a telephone: one line signs and introduces."""
    said = f"  On Tue, Jan 5, 2027 at 10:12 AM, Consult<{US}> wrote:"
    return blocks(t.top, "Sent from Yahoo Mail on Android \n ", said + "   " + t.bare().replace("\n", "\n  "))


def proton(t: Typed) -> str:
    """Proton Mail."""
    sent = "Sent with [Proton Mail](https://proton.me/mail/home) secure email."
    return blocks(t.top, sent, f"On Tuesday, January 5th, 2027 at 10:12 AM, Consult <{US}> wrote:\n\n" + t.quoted(10_000), t.below)


def tuta(t: Typed) -> str:
    """Tuta."""
    signed = "-- \nSecured with Tuta Mail:\nhttps://tuta.com/free-email"
    return blocks(t.top, signed, f"5 Jan 2027, 10:12 by {US}:\n\n" + t.quoted(), t.below)


def notes(t: Typed) -> str:
    """Lotus Notes, as its later versions write it."""
    labels = ("De :", "A :", "Date :", "Objet :") if t.lang == "fr" else ("From:", "To:", "Date:", "Subject:")
    said = (f"Consult <{US}>", "Ada Byron/Engines/ENV@ENV", "05/01/2027 10:12", "Draft 7: comments")
    head = "\n".join(f"{label}        {value}" for label, value in zip(labels, said, strict=True))
    return blocks(t.top, head + "\n\n\n\n" + t.bare(), t.below)


def notes_old(t: Typed) -> str:
    """Lotus Notes of long ago: the labels stand alone on their lines."""
    head = f"Consult <{US}>\n05/01/2027 10:12\n\nTo\nAda Byron/Engines/ENV@ENV\ncc\n\nSubject\nDraft 7: comments"
    return blocks(t.top, head + "\n\n\n" + t.bare(), t.below)


def mutt(t: Typed) -> str:
    """mutt."""
    return blocks(t.top, "On Tue, Jan 05, 2027 at 10:12:00AM +0000, Consult wrote:\n" + t.quoted(72), t.below)


def pine(t: Typed) -> str:
    """Pine and Alpine."""
    return blocks(t.top, "On Tue, 5 Jan 2027, Consult wrote:\n\n" + t.quoted(72), t.below)


def k9(t: Typed) -> str:
    """K-9 Mail."""
    signed = "-- \nSent from my Android device with K-9 Mail. Please excuse my brevity."
    return blocks(t.top, f"On January 5, 2027 10:12:00 AM GMT+01:00, Consult <{US}> wrote:\n" + t.quoted(72, ">"), t.below, signed)


def roundcube(t: Typed) -> str:
    """Roundcube."""
    said = {
        "en": "On 2027-01-05 10:12, Consult wrote:", "fr": "Le 2027-01-05 10:12, Consult a écrit :", "es": "El 2027-01-05 10:12, Consult escribió:",
        "ru": "Consult писал 2027-01-05 10:12:", "zh": "在 2027-01-05 10:12，Consult 写道：", "ar": "في 2027-01-05 10:12, Consult كتب:",
    }[t.lang]  # fmt: skip
    return blocks(t.top, said + "\n" + t.quoted(72), t.below)


def zimbra(t: Typed) -> str:
    """Zimbra: no quote marks, a head between dashes."""
    title = {"en": "Original Message", "fr": "Mail original", "es": "Mensaje original", "ru": "Исходное сообщение"}[t.lang]
    labels = {
        "en": ("From:", "To:", "Sent:", "Subject:"), "fr": ("De:", "À:", "Envoyé:", "Objet:"),
        "es": ("De:", "Para:", "Enviados:", "Asunto:"), "ru": ("От:", "Кому:", "Отправленные:", "Тема:"),
    }[t.lang]  # fmt: skip
    said = (
        f'"Consult" <{US}>',
        '"ada" <ada@env.example>',
        "Mardi 5 Janvier 2027 10:12:00" if t.lang == "fr" else LONG_DATE[t.lang],
        "Draft 7",
    )
    head = f"----- {title} -----\n" + "\n".join(f"{label} {value}" for label, value in zip(labels, said, strict=True))
    return blocks(t.top, head + "\n\n" + t.bare(), t.below)


def horde(t: Typed) -> str:
    """Horde IMP."""
    said = {"en": f"Quoting Consult <{US}>:", "fr": f"Consult <{US}> a écrit :", "es": f"Consult <{US}> escribió:"}[t.lang]
    return blocks(t.top, said + "\n\n" + t.quoted(72), t.below)


def samsung(t: Typed) -> str:
    """The mail program of Samsung telephones."""
    title, labels = {
        "en": ("Original message", ("From:", "Date:", "To:", "Subject:")),
        "fr": ("Message d'origine", ("De :", "Date :", "À :", "Objet :")),
        "es": ("Mensaje original", ("De:", "Fecha:", "Para:", "Asunto:")),
        "ru": ("Исходное сообщение", ("От:", "Дата:", "Кому:", "Тема:")),
        "zh": ("原始邮件", ("发件人：", "日期：", "收件人：", "主题：")),
        "ar": ("الرسالة الأصلية", ("من:", "التاريخ:", "إلى:", "الموضوع:")),
    }[t.lang]
    said = (f"Consult <{US}> ", "05/01/2027  10:12  (GMT+03:00) ", "ada@env.example ", "Draft 7: comments ")
    head = f"-------- {title} --------\n" + "\n".join(f"{label} {value}" for label, value in zip(labels, said, strict=True))
    return blocks(t.top, "Sent from my Galaxy" if t.lang == "en" else "", head + "\n\n" + t.bare(), t.below)


def groupwise(t: Typed) -> str:
    """GroupWise."""
    return blocks(t.top, f">>> Consult <{US}> 1/5/2027 10:12 AM >>>\n" + t.bare(), t.below)


def orange(t: Typed) -> str:
    """The webmail of French providers: the head is part of the quote."""
    head = f'> Message du 05/01/27 10:12\n> De : "Consult" <{US}>\n> A : ada@env.example\n> Copie à : \n> Objet : Draft 7: comments\n> '
    return blocks(t.top, head + "\n" + t.quoted(72), t.below)


def the_bat(t: Typed) -> str:
    """The Bat!: it greets by itself and quotes with initials."""
    if t.lang == "ru":
        hello, said = "Здравствуйте, Consult.", "Вы писали 5 января 2027 г., 10:12:00:"
    else:
        hello, said = "Hello Consult,", "Tuesday, January 5, 2027, 10:12:00 AM, you wrote:"
    return blocks(hello, said, t.quoted(70, "C> "), t.below or t.top)


def gnus(t: Typed) -> str:
    """Gnus in Emacs."""
    return blocks(t.top, f"Consult <{US}> writes:\n\n" + t.quoted(70), t.below)


def evolution(t: Typed) -> str:
    """Evolution."""
    return blocks(t.top, "On Tue, 2027-01-05 at 10:12 +0000, Consult wrote:\n" + t.quoted(70), t.below)


def fastmail(t: Typed) -> str:
    """Fastmail."""
    return blocks(t.top, "On Tue, 5 Jan 2027, at 10:12 AM, Consult wrote:\n" + t.quoted(72), t.below)


def em_client(t: Typed) -> str:
    """eM Client."""
    head = f'------ Original Message ------\nFrom: "Consult" <{US}>\nTo: "Ada Byron" <ada@env.example>\nSent: 05/01/2027 10:12:00\nSubject: Draft 7'
    return blocks(t.top, head + "\n\n" + t.bare(), t.below)


def no_quote(t: Typed) -> str:
    """A program that quotes nothing, or a person who deleted it."""
    return blocks(t.top, *t.typed.values(), t.below)


def paragraphs(text: str, tag: str = "p", attributes: str = "") -> str:
    """Each line of a text as one element."""
    return "".join(f"<{tag}{attributes}>{html.escape(line) or '&nbsp;'}</{tag}>" for line in text.split("\n"))


def outlook_html(t: Typed) -> str:
    """Outlook on a desk, as the HTML it really sends."""
    labels = LABELS[t.lang]
    values = (f"Consult &lt;{US}&gt;", LONG_DATE[t.lang], "Ada Byron", "Draft 7: comments")
    head = "<br>".join(f"<b>{label}</b> {value}" for label, value in zip(labels, values, strict=True))
    body = "".join(
        f'<p class="MsoNormal">{html.escape(line) or "&nbsp;"}<o:p></o:p></p>' if ours
        else f'<p class="MsoNormal"><span style="color:red">{html.escape(line)}</span><o:p></o:p></p>'
        for ours, piece in t.pieces(100_000) for line in piece
    )  # fmt: skip
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        "<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt} --></style></head>"
        f'<body lang="EN-GB"><div class="WordSection1">{paragraphs(t.top, "p", " class=MsoNormal") if t.top else ""}'
        f'<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{head}</p></div></div>'
        f"{body}</div></body></html>"
    )


def owa_html(t: Typed) -> str:
    """Outlook in a browser, as HTML: a rule and a named division."""
    labels = LABELS[t.lang]
    values = (f"Consult &lt;{US}&gt;", LONG_DATE[t.lang], "Ada Byron", "Draft 7: comments")
    head = "<br>".join(f"<b>{label}</b> {value}" for label, value in zip(labels, values, strict=True))
    body = "".join(
        f'<div class="PlainText">{html.escape(line) or "<br>"}</div>' if ours else f'<div style="color:rgb(12,100,192)">{html.escape(line)}</div>'
        for ours, piece in t.pieces(100_000) for line in piece
    )  # fmt: skip
    return (
        '<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head><body dir="ltr">'
        f'<div class="elementToProof">{html.escape(t.top)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" style="font-size:11pt">{head}</font><div>&nbsp;</div></div>{body}</body></html>'
    )


def gmail_html(t: Typed) -> str:
    """Gmail as HTML."""
    body, quote = [], []
    for ours, piece in t.pieces(100_000):
        if ours:
            quote += [html.escape(line) for line in piece]
        else:
            body.append(f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{"<br>".join(quote)}</blockquote>')
            body.append("".join(f"<div>{html.escape(line)}</div>" for line in piece))
            quote = []
    body.append(f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{"<br>".join(quote)}</blockquote>')
    above = "<br>".join(html.escape(line) for line in t.top.split("\n"))
    return (
        f'<div dir="{"rtl" if t.lang == "ar" else "ltr"}">{above}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{html.escape(GMAIL[t.lang])}<br></div>{"".join(body)}</div>'
    )


def apple_html(t: Typed) -> str:
    """Apple Mail as HTML: one citing quote, left and entered again around what was typed."""
    body = []
    for ours, piece in t.pieces(100_000):
        for line in piece:
            div = f"<div>{html.escape(line) or '<br>'}</div>"
            body.append(f'<blockquote type="cite">{div}</blockquote>' if ours else f"<div>{html.escape(line)}</div>")
    above = "".join(f"<div>{html.escape(line)}</div>" for line in t.top.split("\n"))
    said = f'<blockquote type="cite"><div>{html.escape(APPLE[t.lang])}</div></blockquote>'
    return f'<html><body style="overflow-wrap: break-word;">{above}<div><br>{said}{"".join(body)}</div></body></html>'


def thunderbird_html(t: Typed) -> str:
    """Thunderbird as HTML."""
    body = []
    for ours, piece in t.pieces(100_000):
        for line in piece:
            said = html.escape(line) or "<br>"
            body.append(
                f'<blockquote type="cite" cite="mid:x@consult.example.int"><p>{said}</p></blockquote>' if ours else f"<p>{said}</p>"
            )
    return (
        f'<html><body><p>{html.escape(t.top)}</p><div class="moz-cite-prefix">{THUNDERBIRD[t.lang]}<br></div>{"".join(body)}</body></html>'
    )


def qq_html(t: Typed) -> str:
    """QQ Mail as HTML: a grey head in a division."""
    head = f'<div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"Consult"&lt;{US}&gt;;</div><div><b>发送时间:</b>&nbsp;2027年1月5日(星期二) 上午10:12</div><div><b>收件人:</b>&nbsp;"艾达"&lt;ada@env.example&gt;;</div><div><b>主题:</b>&nbsp;Draft 7: comments</div></div>'
    body = "".join(f"<div>{html.escape(line) or '<br>'}</div>" for _, piece in t.pieces(100_000) for line in piece)
    return f'<div>{html.escape(t.top)}</div><div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div>{head}<div><br></div>{body}'
