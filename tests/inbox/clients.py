"""How mail programs write a reply: each takes (sent text, inserts, top, width) and gives the body that comes back to us.

`inserts` are (line of the sent text, remark) pairs: the remark is typed below that line. `top` stands above everything."""

import html
import textwrap

WHEN_EN = "On Tue, Jan 5, 2027 at 10:12 AM Consult <reply+7f3a@in.consult.example.int> wrote:"
WHEN = {
    "en": WHEN_EN,
    "fr": "Le mar. 5 janv. 2027 à 10:12, Consult <reply+7f3a@in.consult.example.int> a écrit :",
    "es": "El mar, 5 ene 2027 a las 10:12, Consult (<reply+7f3a@in.consult.example.int>) escribió:",
    "ru": "вт, 5 янв. 2027 г. в 10:12, Consult <reply+7f3a@in.consult.example.int>:",
    "zh": "Consult <reply+7f3a@in.consult.example.int> 于2027年1月5日周二 上午10:12写道：",
    "ar": "في الثلاثاء، 5 يناير 2027 في 10:12 ص تمت كتابة ما يلي بواسطة Consult <reply+7f3a@in.consult.example.int>:",
}
OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "es": ("De", "Enviado el", "Para", "Asunto"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "zh": ("发件人", "发送时间", "收件人", "主题"),
    "ar": ("من", "تم الإرسال", "إلى", "الموضوع"),
}


def _pieces(sent, inserts, width):
    """(ours?, lines) in order: our lines wrapped as the program wraps them, each remark where it was typed."""
    remarks = {}
    for line, remark in inserts:
        remarks.setdefault(line, []).append(remark)
    for number, line in enumerate(sent.split("\n")):
        yield True, textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
        for remark in remarks.get(number, []):
            yield False, remark.split("\n")


def _quoted(sent, inserts, width, mark="> "):
    lines = []
    for ours, piece in _pieces(sent, inserts, width):
        lines += [(mark + line).rstrip() if line else mark.rstrip() for line in piece] if ours else ["", *piece, ""]
    return "\n".join(lines)


def gmail(sent, inserts, top, width=78, lang="en"):
    """Gmail on the web, in any of the six languages."""
    return f"{top}\n\n{WHEN[lang]}\n\n{_quoted(sent, inserts, width)}\n"


def gmail_wrapped(sent, inserts, top, width=78, lang="en"):
    """Gmail with a sender's name so long that the line that introduces the quote is broken."""
    return f"{top}\n\n{WHEN[lang].replace('<', '<' + chr(10), 1)}\n{_quoted(sent, inserts, width)}\n"


def thunderbird(sent, inserts, top, width=72, lang="en"):
    """Thunderbird, answer above."""
    return f"{top}\n\nOn 05/01/2027 10:12, Consult wrote:\n{_quoted(sent, inserts, width)}\n\n-- \nAda Byron\nMinistry of Engines\n"


def mutt(sent, inserts, top, width=72, lang="en"):
    """mutt: quote first, remarks inside, the rest below."""
    return f"On Tue, Jan 05, 2027 at 10:12:00AM +0000, Consult wrote:\n{_quoted(sent, inserts, width)}\n\n{top}\n"


def apple(sent, inserts, top, width=78, lang="en"):
    """Apple Mail: the introducing line is quoted too."""
    return f"{top}\n\n> {WHEN[lang]}\n> \n{_quoted(sent, inserts, width)}\n"


def iphone(sent, inserts, top, width=78, lang="en"):
    """Mail on a phone."""
    return f"{top}\n\nSent from my iPhone\n\n> {WHEN[lang]}\n> \n{_quoted(sent, inserts, width)}\n"


def outlook(sent, inserts, top, width=76, lang="en"):
    """Outlook on a desk: copied headers, no quote marks, remarks typed between our lines."""
    labels = OUTLOOK[lang]
    values = ("Consult <reply+7f3a@in.consult.example.int>", "Tuesday, January 5, 2027 10:12 AM", "Ada Byron <ada@env.example>", "Draft 7")
    head = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    lines = []
    for ours, piece in _pieces(sent, inserts, width):
        lines += piece if ours else ["", *piece, ""]
    return f"{top}\n\n________________________________\n{head}\n\n" + "\n".join(lines) + "\n"


def outlook_html(sent, inserts, top, width=76, lang="en"):
    """Outlook on a desk, as the HTML it really sends."""
    labels = OUTLOOK[lang]
    values = ("Consult &lt;reply+7f3a@in.consult.example.int&gt;", "Tuesday, January 5, 2027 10:12 AM", "Ada Byron", "Draft 7")
    head = "<br>".join(f"<b>{label}:</b> {value}" for label, value in zip(labels, values, strict=True))
    lines = []
    for _, piece in _pieces(sent, inserts, 10_000):
        lines += [f'<p class="MsoNormal">{html.escape(line) or "&nbsp;"}<o:p></o:p></p>' for line in piece]
    own = "".join(f'<p class="MsoNormal">{html.escape(line) or "&nbsp;"}</p>' for line in top.split("\n"))
    return (
        f'<html><head><style>p {{margin:0}}</style></head><body><div class="WordSection1">{own}'
        f'<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;'
        f'padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{head}</p></div></div>{"".join(lines)}</div></body></html>'
    )


def gmail_html(sent, inserts, top, width=76, lang="en"):
    """Gmail on the web, as HTML only: the quote is broken where a remark is typed."""
    parts = []
    for ours, piece in _pieces(sent, inserts, 10_000):
        text = "<br>".join(html.escape(line) for line in piece)
        parts.append(
            f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{text}</blockquote>' if ours else f'<div dir="ltr">{text}</div>'
        )
    own, attribution = html.escape(top).replace("\n", "<br>"), html.escape(WHEN[lang])
    return f'<div dir="ltr">{own}</div><br><div class="gmail_quote"><div class="gmail_attr">{attribution}<br></div>{"".join(parts)}</div>'


TEXT = (gmail, gmail_wrapped, thunderbird, mutt, apple, iphone, outlook)
HTML = (outlook_html, gmail_html)
