"""Mails whose shape is odd: charsets, transfer encodings, parts, heads, lines; and what people do around their words."""

from tests.inbox.corpus import programs as p
from tests.inbox.corpus.making import Case, head, part, several, whole
from tests.inbox.corpus.programs import Typed
from tests.inbox.corpus.replies import between, expected, text_case, top
from tests.inbox.corpus.texts import ON_12, TOP

WORDS = "[12] We cannot agree: who pays?"
SAID = [["12", None, "We cannot agree: who pays?", None]]


def plain(name: str, body: str | bytes, remarks: list, **more) -> Case:
    """A mail of one part that quotes nothing."""
    lang = name.rpartition(".")[2]
    return Case(name, whole(name, part(body, **more)), expected(lang, remarks))


def cases() -> list[Case]:
    """All of them."""
    return [*_charsets(), *_parts(), *_heads(), *_lines(), *_around(), *_own_ways()]


def _charsets() -> list[Case]:
    fr, ar, ru = f"[12] {ON_12['fr']}", f"[12] {ON_12['ar']}", f"[12] {ON_12['ru']}"
    in_fr, in_ar, in_ru = ([["12", None, ON_12[lang], None]] for lang in ("fr", "ar", "ru"))
    quotes = "[12] «\u00a0L’argent\u00a0» d’abord – n’est-ce pas\u00a0?"
    return [
        plain("charset-windows-1252-declared-as-latin-1.fr", quotes.encode("cp1252"), [["12", None, quotes[5:], None]], charset="iso-8859-1", cte="8bit"),
        plain("charset-utf-8-declared-as-us-ascii.fr", fr.encode(), in_fr, charset="us-ascii", cte="8bit"),
        plain("charset-utf-8-not-declared.ru", ru.encode(), in_ru, charset="", cte="8bit"),
        plain("charset-koi8-r-not-declared.ru", ru.encode("koi8-r"), in_ru, charset="", cte="8bit"),
        plain("charset-unknown-name.fr", fr.encode(), in_fr, charset="x-unknown", cte="8bit"),
        plain("charset-utf-7.fr", fr.encode("utf-7"), in_fr, charset="utf-7", cte="7bit"),
        plain("charset-utf-16-base64.ar", ar.encode("utf-16"), in_ar, charset="utf-16", cte="base64"),
        plain("charset-iso-8859-6.ar", ar.encode("iso8859-6"), in_ar, charset="iso-8859-6", cte="8bit"),
        plain("charset-windows-1256.ar", ar.encode("cp1256"), in_ar, charset="windows-1256"),
        plain("charset-macintosh.fr", fr.encode("mac_roman"), in_fr, charset="macintosh"),
        plain("charset-utf-8-bom.en", b"\xef\xbb\xbf" + WORDS.encode(), SAID, cte="8bit"),
        plain("charset-in-quotes-and-capitals.fr", fr.encode("iso-8859-1"), in_fr, charset='"ISO-8859-1"', cte="8bit"),
    ]  # fmt: skip


def _parts() -> list[Case]:
    tiny = part(b"\x89PNG\r\n\x1a\n", kind="image/png", charset="", cte="base64", more='; name="logo.png"')
    calendar = part("BEGIN:VCALENDAR\nEND:VCALENDAR\n", kind="text/calendar", more="; method=REQUEST")
    signed = part(b"\x30\x80", kind="application/pkcs7-signature", charset="", cte="base64", more='; name="smime.p7s"')
    words, markup = part(WORDS), part(f"<p>{WORDS}</p>", kind="text/html")
    nested = several(several(words, markup, mark="in"), tiny, kind="multipart/related", mark="mid")
    forwarded = part(
        head("old.en").encode() + b"Content-Type: text/plain\n\nAn older mail with [13] in it.\n",
        kind="message/rfc822",
        charset="",
        cte="7bit",
    )
    made = {
        "parts-related-with-picture": several(nested, signed, kind="multipart/signed", mark="out"),
        "parts-html-says-the-same": several(words, markup),
        "parts-html-first": several(markup, words),
        "parts-plain-is-empty": several(part("\n \n"), markup),
        "parts-text-and-calendar": several(words, calendar, kind="multipart/mixed"),
        "parts-older-mail-attached": several(words, forwarded, kind="multipart/mixed"),
        "parts-footer-as-part": several(words, part("_______________________________________________\nTable mailing list\n"), kind="multipart/mixed"),
        "parts-boundary-not-closed": several(words, markup).replace(b"--=_part_7--\n", b""),
        "parts-one-inside-mixed": several(words, kind="multipart/mixed"),
        "parts-inline-text-file": several(words, tiny, kind="multipart/mixed", more="; charset=utf-8"),
    }  # fmt: skip
    return [Case(f"{name}.en", whole(f"{name}.en", body), expected("en", SAID)) for name, body in made.items()]


def _heads() -> list[Case]:
    body = b"\n" + WORDS.encode() + b"\n"
    made = {
        "head-no-mime-version": (head("head-no-mime-version.en").replace("MIME-Version: 1.0\n", "")).encode() + body,
        "head-no-message-id": "\n".join(line for line in head("x.en").split("\n") if not line.startswith("Message-ID")).encode() + body,
        "head-no-date": "\n".join(line for line in head("x.en").split("\n") if not line.startswith("Date")).encode() + body,
        "head-content-type-nonsense": head("x.en").encode() + b"Content-Type: text\n" + body,
        "head-folded-in-many-lines": head("x.en").replace("Subject: Re: Draft", "Subject: Re:\n  Draft").encode() + b"Content-Type:\n\ttext/plain;\n\tcharset=utf-8\n" + body,
        "head-raw-utf-8": head("x.en", sender="Ada Byron <ada@env.example>").replace("Subject: Re", "Subject: Réponse").encode() + body,
        "head-encoding-unknown": head("x.en").encode() + b"Content-Type: text/plain\nContent-Transfer-Encoding: 8-bit-ish\n" + body,
        "head-lone-line-feeds": head("x.en").encode() + b"Content-Type: text/plain\n" + body,
    }  # fmt: skip
    return [Case(f"{name}.en", raw if "lone" in name else raw.replace(b"\n", b"\r\n"), expected("en", SAID)) for name, raw in made.items()]


def _lines() -> list[Case]:
    long_line = " ".join([WORDS, *["We explain it at length."] * 60])
    flowed = "[12] We cannot agree to this because nobody has said who is going \nto pay for it, and \nwhen.\n\n-- \nAda Byron\n"
    delsp = "[12] 没有新的资金， \n我们不能同意。\n"
    stuffed = "[12] We quote:\n >From the annex we learn nothing.\n"
    quoted = p.thunderbird(between("en")[0])
    flowing = "\n".join(line + " " if line.startswith(">") and len(line) > 60 else line for line in quoted.split("\n"))
    return [
        plain("lines-of-1500-characters.en", long_line, [["12", None, long_line[5:], None]], cte="8bit"),
        plain("lines-flowed.en", flowed, [["12", None, "We cannot agree to this because nobody has said who is going to pay for it, and when.", None]], more="; format=flowed", cte="7bit"),
        plain("lines-flowed-delsp.zh", delsp, [["12", None, "没有新的资金，我们不能同意。", None]], more="; format=flowed; delsp=yes", cte="8bit"),
        plain("lines-flowed-stuffed.en", stuffed, [["12", None, "We quote:\nFrom the annex we learn nothing.", None]], more="; format=flowed", cte="7bit"),
        plain("lines-flowed-quote.en", flowing, between("en")[1], more="; format=flowed", cte="7bit"),
        plain("lines-carriage-returns.en", "[12] We cannot agree: who pays?\r[13] Agreed.\r", [*SAID, ["13", None, "Agreed.", None]], cte="base64"),
        Case("lines-broken-quoted-printable.fr", (head("lines-broken-quoted-printable.fr") + "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n[12] Priv=E9 d'argent, non=\n=XX.\n").replace("\n", "\r\n").encode(), expected("fr", [["12", None, "Privé d'argent, non=XX.", None]])),
        plain("lines-nul-bytes.en", "[12] We cannot\0 agree: who pays?\n", SAID, cte="base64"),
        plain("lines-base64-in-one-line.en", WORDS, SAID, cte="base64"),
        Case("lines-uneven-ends.en", head("lines-uneven-ends.en").encode() + b"Content-Type: text/plain\n\n[12] We cannot agree: who pays?\r\n\n\r\n[13] Agreed.\n", expected("en", [*SAID, ["13", None, "Agreed.", None]])),
    ]  # fmt: skip


def _around() -> list[Case]:
    """Greetings, names, signatures, notices, warnings, translations of them; none is a remark."""
    notice = {
        "en": "This e-mail and any attachments are confidential and intended only for the person it is addressed to. If you have received it in error, please delete it.",
        "fr": "Ce message et ses pièces jointes sont confidentiels et destinés exclusivement à leur destinataire. Si vous le recevez par erreur, merci de le détruire.",
        "es": "Este mensaje es confidencial y se dirige exclusivamente a su destinatario. Si lo ha recibido por error, le rogamos que lo elimine.",
        "ru": "Настоящее сообщение конфиденциально и предназначено только адресату. Если вы получили его по ошибке, удалите его.",
        "zh": "本邮件及其附件含有保密信息，仅限于发送给收件人。如果您误收本邮件，请立即删除。",
        "ar": "هذه الرسالة سرية وموجهة إلى المرسل إليه وحده. إذا وصلتكم بالخطأ فيرجى حذفها.",
    }  # fmt: skip
    hello = {
        "en": "Dear colleagues,",
        "fr": "Chers collègues,",
        "es": "Estimados colegas:",
        "ru": "Уважаемые коллеги!",
        "zh": "各位同事：",
        "ar": "السادة الزملاء،",
    }
    bye = {
        "en": "Best regards,\nAda Byron",
        "fr": "Cordialement,\nAda Byron",
        "es": "Saludos cordiales,\nAda Byron",
        "ru": "С уважением,\nАда Байрон",
        "zh": "此致\n敬礼\n艾达",
        "ar": "مع التحية\nآدا بايرون",
    }
    found = []
    for lang in notice:
        body = f"{hello[lang]}\n\n[12] {ON_12[lang]}\n\n{bye[lang]}\n\n-- \nAda\nTel. +254 20 555 0101\n\n{notice[lang]}\n"
        found.append(plain(f"courtesies-signature-notice.{lang}", body, [["12", None, ON_12[lang], None]]))
    warning = "CAUTION: This email originated from outside of the organization. Do not click links unless you know the sender.\n\n"
    cases_ = {
        "warning-above": (warning + WORDS, SAID),
        "notice-without-dashes": (f"{WORDS}\n\n{notice['en']}\n", SAID),
        "environment-notice": (f"{WORDS}\n\nPlease consider the environment before printing this e-mail.\nThis message is confidential.\n", None),
        "pgp-signed-inline": (f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{WORDS}\n-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n=aBcD\n-----END PGP SIGNATURE-----\n", SAID),
        "empty-body": ("\n\n", []),
        "only-a-signature": ("-- \nAda Byron\nMinistry of Engines\n", []),
        "only-spaces-and-nbsp": ("\u00a0\n \u200b\n", []),
        "phone-line-without-quote": (f"{WORDS}\n\nSent from my Galaxy\n", SAID),
        "list-footer": (f"{WORDS}\n\n_______________________________________________\nTable mailing list\nTable@lists.example\nhttps://lists.example/mailman/listinfo/table\n", None),
    }  # fmt: skip
    found += [plain(f"{name}.en", body, remarks) for name, (body, remarks) in cases_.items() if remarks is not None]
    quote_only = Typed("en")
    found.append(text_case("only-the-quote", p.gmail, (quote_only, [])))
    found.append(text_case("only-the-quote-outlook", p.outlook, (Typed("fr"), [])))
    return found


def _own_ways() -> list[Case]:
    """How people write when they think of nothing but what they want to say."""
    made = {
        "ways-list-of-marks.en": ("[12, 14 and 16] The same wording should stand in all three.", [["12", None, "The same wording should stand in all three.", None]]),
        "ways-number-in-a-sentence.en": ("Paragraph 12 should keep its annex, and 13 is fine.", [[None, None, "Paragraph 12 should keep its annex, and 13 is fine.", None]]),
        "ways-sub-item.en": ("[12 (a)] ED: “the means” is vague.\n[12(a)] TE: Which means?", [["12 (a)", "ED", "“the means” is vague.", None], ["12 (a)", "TE", "Which means?", None]]),
        "ways-unknown-mark.en": ("[12] Agreed.\n\n[99] What about this?", [["12", None, "Agreed.", None], [None, None, "[99] What about this?", None]]),
        "ways-wording-in-brackets.en": ("[14] << A fund shall be established and paid for. >>", [["14", None, "", "A fund shall be established and paid for."]]),
        "ways-wording-over-lines.en": ("[14]\nPROPOSED: A fund shall be established\nand paid for.\n\n[16] Agreed.", [["14", None, "", "A fund shall be established\nand paid for."], ["16", None, "Agreed.", None]]),
        "ways-full-width-marks.zh": ("［１２］没有新的资金。\n【１３】同意。", [["12", None, "没有新的资金。", None], ["13", None, "同意。", None]]),
        "ways-arabic-digits.ar": ("[١٢] لا نوافق.\n§ ١٣ موافقون.", [["12", None, "لا نوافق.", None], ["13", None, "موافقون.", None]]),
        "ways-pilcrow.fr": ("¶ 12 – 13 Sans argent.\n¶ 14 : D'accord.", [["12", None, "Sans argent.", None], ["14", None, "D'accord.", None]]),
        "ways-russian-words.ru": ("Пункт 12: нет денег.\nп. 13. Какой доклад?\nАбзац 14 – согласны.", [["12", None, "нет денег.", None], ["13", None, "Какой доклад?", None], ["14", None, "согласны.", None]]),
        "ways-numbers-inside-remarks.en": ("[12] We count:\n1. money\n2. people\n\n[13] 12 of us agree.", [["12", None, "We count:\n1. money\n2. people", None], ["13", None, "12 of us agree.", None]]),
        "ways-bullets-and-links.en": ("[12] See https://env.example/a?b=[13] and\n- [14] is cited there\n- not here", [["12", None, "See https://env.example/a?b=[13] and\n- [14] is cited there\n- not here", None]]),
        "ways-invisible-marks.ar": ("\u200f[12]\u200f لا نوافق.\u200e", [["12", None, "لا نوافق.", None]]),
        "ways-emoji.en": ("[12] 👍🏽 agreed", [["12", None, "👍🏽 agreed", None]]),
        "ways-quote-own-marks.en": ("> [12] Parties should consider, where appropriate, the measures\n> set out in the annex\n\nWho pays?\n\n> [14] A fund shall be established.\n\nYes.", [["12", None, "Who pays?", None], ["14", None, "Yes.", None]]),
        "ways-answers-inside-a-quoted-line.en": ("> [14] A fund shall be established. BY WHOM?\n", [["14", None, "BY WHOM?", None]]),
        "ways-html-entities-typed.en": ("[12] a &lt; b &amp; c", [["12", None, "a &lt; b &amp; c", None]]),
        "ways-command-word-in-remark.en": ("[12] Stop here. Help developing countries first.", [["12", None, "Stop here. Help developing countries first.", None]]),
        "ways-from-at-line-start.en": ("[12] We differ.\n>From the start this was unclear.", [["12", None, "We differ.\nFrom the start this was unclear.", None]]),
        "ways-top-and-marks.en": (f"{TOP['en']}\n\n[15] Eight weeks.\n", [[None, None, TOP["en"], None], ["15", None, "Eight weeks.", None]]),
    }  # fmt: skip
    found = [plain(name, body, remarks) for name, (body, remarks) in made.items()]
    deep = "\n".join("> > " + line for line in top("en")[0].bare(60).split("\n"))
    nested = f"{TOP['en']}\n\nOn Wed, 6 Jan 2027, Ben wrote:\n> I forward this.\n>\n> On Tue, 5 Jan 2027, Consult wrote:\n{deep}\n"
    found.append(plain("forwarded-by-a-colleague-then-answered.en", nested, [[None, None, TOP["en"], None]]))
    return found
