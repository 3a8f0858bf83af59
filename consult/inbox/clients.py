"""Pure: what mail programs add around a person's words: attributions, header blocks, rules, signatures, footers. No pattern backtracks."""

import re
import unicodedata

from consult.inbox.labels import LABELS
from consult.inbox.subtraction import QUOTE, unquoted

INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,190}\.[^\s<>@]{1,60}")
TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.hH時时點点]\s?\d{2}(?!\d)")
DATE = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?!\d)")
WROTE = re.compile(
    r"\b(?:wrote|writes|quoting|citando a|citation de|zitat von|"
    r"a écrit|ha scritto|escribió|escreveu|schrieb|schreef|skrev|kirjoitti|napisał(?:\(a\))?|napsal|írta|yazdı|"
    r"написала?|пишет|писали?|пишете|написал\(а\))\b|写道|寫道|写了|書きました|작성|كتب|تمت كتابة|כתב",
    re.IGNORECASE,
)
LABEL = re.compile(r"[*_ \t]{0,4}([^\W\d_][^:：\n]{0,24}?)[*_ \t]{0,4}[:：]")
RULE = re.compile(r"[ \t]*(?:_{10,}|-{10,}|={10,}|\*{10,})[ \t]*")
LONG_RULE = re.compile(r"[_-]{40,}[ \t]*")
JOINED = re.compile(r"([^\n]{10,300}?[:：])[ \t\u00a0]{2,}(\S.*)")
GROUPWISE = re.compile(r">>> [^>]{2,100}(?:<[^<>@\s]+@[^<>@\s]+>)?[^>]{0,80}\d{1,2}[:.]\d{2}[^>]{0,20}>>>")
MESSAGE_OF = re.compile(r"Message du \d.{4,40}")  # above the head that the webmail of French providers copies
ORIGINAL = re.compile(
    r"[ \t]*[-_=]{2,}[ \t>]*(?:original|mail original|e-mail original|correo original|"
    r"original message|original appointment|forwarded message|message d'origine|message original|message "
    r"transféré|"
    r"mensaje original|mensaje reenviado|исходное сообщение|пересылаемое сообщение|пересланное "
    r"сообщение|原始邮件|原始郵件|转发邮件|轉寄的郵件|原始信件|"
    r"الرسالة الأصلية|رسالة معاد توجيهها|ursprüngliche nachricht|messaggio originale|mensagem original|oorspronkelijk bericht|"
    r"originalmeddelande)[ \t]*[-_=]{2,}[ \t]*",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?:sent (?:from|via|using|with) (?:my |the |a )?(?:[\w.+-]+ ){0,5}?(?:i?phone|ipad|ipod|android|mobile|device|smartphone|"
    r"blackberry|galaxy|samsung|huawei|"
    r"xiaomi|outlook|yahoo|gmail|proton ?mail|mail|windows|mac|tablet|nokia|oppo|vivo|app)\b.{0,60}|get outlook for .{1,60}|download "
    r"outlook for .{1,60}|"
    r"(?:envoyé|télécharger|obtenez|provenance) (?:de|depuis|à partir d|outlook|par|du)\W?.{0,60}|(?:enviado|obtener|descargar|obtén) "
    r"(?:desde|con|de|outlook) ?.{0,60}|"
    r"отправлено (?:с|из|через) .{1,60}|скачать outlook .{1,50}|получить outlook .{1,50}|(?:发|發)自我的.{1,40}|(?:来|來)自我的.{1,40}|"
    r"从我的.{1,30}(?:发|發)送|"
    r"(?:获|獲)取 ?outlook.{1,50}|取得 ?outlook.{1,50}|发自.{1,30}邮箱.{0,20}|发送自.{1,40}|أرسلت? من .{1,50}|"
    r"أُ?رسلت? من .{1,50}|مرسل من .{1,50}|"
    r"تم الإرسال من .{1,50}|"
    r"(?:احصل|الحصول) على outlook.{1,50}|gesendet (?:von|mit) .{1,50}|von meinem .{1,30} gesendet|inviato da(?:l mio)? .{1,50}|"
    r"verzonden (?:vanaf|met) .{1,50}|"
    r"skickat från .{1,50})",
    re.IGNORECASE,
)
PHONE_PLACES = re.compile(
    r"phone|ipad|android|outlook|mobile|móvil|mobil|galaxy|samsung|huawei|xiaomi|mail|почт|"
    r"устройств|телефон|手机|手機|邮箱|邮件|小米|华为|هاتف|"
    r"بريد|ال?جوال|آيفون|جهاز|tablet|appareil|dispositivo|mac|windows|yahoo|yandex|яндекс|app",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"confidential|privileged|intended (?:only|solely)|unauthori[sz]ed|if you (?:are not|have received)|confidentiel|destinataire|par "
    r"erreur|confidencial|destinatario|"
    r"por error|конфиденциал|адресат|по ошибке|保密|机密|機密|误收|收件人|سري|المرسل إليه|بالخطأ|disclaimer|"
    r"virus|consider the environment|avant "
    r"d'imprimer",
    re.IGNORECASE,
)
FOOTER_START = re.compile(
    r"[\W_]*(?:this (?:e-?mail|message|communication)|confidential|disclaimer|the information (?:contained )?in this|ce (?:message|"
    r"courriel)|cet e-?mail|este (?:mensaje|correo)|"
    r"aviso|avis|настоящ|это (?:сообщение|письмо)|данн|本(?:电子)?邮件|本電子郵件|هذه الرسالة|هذا البريد|"
    r"please consider the environment|p please "
    r"consider)",
    re.IGNORECASE,
)
BANNER = re.compile(
    r"[\W_]*(?:caution|warning|external e-?mail|external sender|attention|\[external\])\b.{0,20}(?:external|outside|originated|"
    r"expéditeur|exterior).{0,200}",
    re.IGNORECASE,
)
MARKED = re.compile(r"\s*(?:[\[［【]\s*[\d０-９٠-٩]|§|¶|para(?:graph)?s?\b|第\s*\d)", re.IGNORECASE)


def plain(line: str) -> str:
    """A line without quote marks, invisible marks and full-width digits, as the patterns read it."""
    text = INVISIBLE.sub("", line.replace("\u00a0", " "))
    return unicodedata.normalize("NFKC", unquoted(text)).translate(DIGITS).strip()


DIGITS = {start + n: str(n) for start in (0x0660, 0x06F0) for n in range(10)}


def attribution(lines: list[str], at: int, quote_follows: bool | None = None) -> int:
    """How many lines from `at` (0 to 3) are the line by which a program introduces a quote: who wrote when."""
    if len(lines[at]) > 400 or not lines[at].strip():
        return 0
    joined = ""
    for count in range(1, 4):
        if at + count > len(lines) or not lines[at + count - 1].strip():
            return 0
        joined = f"{joined} {plain(lines[at + count - 1])}".strip()
        if len(joined) > 400:
            return 0
        if joined.endswith(":"):
            return count if _introduces(joined, _quote_after(lines, at + count) if quote_follows is None else quote_follows) else 0
    return 0


def _introduces(joined: str, quote_follows: bool) -> bool:
    address, time, wrote = ADDRESS.search(joined), TIME.search(joined), WROTE.search(joined)
    dated = bool(DATE.search(joined))
    if address and (time or wrote and dated):
        return True
    if wrote and time and dated:
        return True
    return bool(wrote and quote_follows and (dated or address or time))


def _quote_after(lines: list[str], at: int) -> bool:
    for line in lines[at : at + 3]:
        if line.strip():
            return bool(QUOTE.match(line))
    return False


def header_block(lines: list[str], at: int) -> int:
    """How many lines from `at` are the copied headers of an older mail (From, Sent, To, Subject in many languages); 0 when none."""
    kinds: list[str] = []
    end = at
    for number in range(at, min(at + 14, len(lines))):
        text = plain(lines[number])
        if not text and kinds and _copied(kinds, lines[at:end]):
            break
        kind = _label(text)
        if kind:
            kinds.append(kind)
            end = number + 1
        elif not kinds or not text or number > end + 1 or kinds[-1] not in ("to", "other"):
            break
    if not _copied(kinds, lines[at:end]):
        return notes_block(lines, at)
    return (end if "subject" in kinds else _with_subject(lines, end)) - at


def _with_subject(lines: list[str], end: int) -> int:
    """Where copied headers end that stand above `end`, when the subject stands apart below an empty line or two."""
    below = next((number for number in range(end, min(end + 3, len(lines))) if lines[number].strip()), len(lines))
    return below + 1 if below < len(lines) and _label(plain(lines[below])) == "subject" else end


def notes_block(lines: list[str], at: int) -> int:
    """How many lines from `at` are the head that old Lotus Notes copies: the sender, a date, then labels alone on their lines."""
    told = [number for number in range(at, min(at + 16, len(lines))) if lines[number].strip()]
    if len(told) < 6 or told[0] != at or not ADDRESS.search(lines[at]) or len(lines[at]) > 200:
        return 0
    if not DATE.search(plain(lines[told[1]])) or len(lines[told[1]]) > 60:
        return 0
    alone = {LABELS.get(plain(lines[number]).lower()): place for place, number in enumerate(told)}
    if "to" not in alone or "subject" not in alone or alone["to"] != 2 or alone["subject"] + 1 >= len(told):
        return 0
    return told[alone["subject"] + 1] + 1 - at


def _label(text: str) -> str | None:
    found = LABEL.match(text)
    if not found:
        return None
    label = found[1].strip().lower()
    return LABELS.get(label) or LABELS.get(label.replace(" ", ""))  # 主　题


def _copied(kinds: list[str], lines: list[str]) -> bool:
    """A sender first, and a date; a third label, unless an address or a time already shows that a program wrote it."""
    if not kinds or kinds[0] not in ("from", "sent") or "from" not in kinds or len(set(kinds)) < 3:
        return False
    text = plain(" ".join(lines))
    return "sent" in kinds and bool(TIME.search(text) or DATE.search(text)) or bool(ADDRESS.search(text)) and "subject" in kinds


def rule(lines: list[str], at: int) -> bool:
    """Whether this line is a rule that stands right above copied headers, or says by itself that an older mail follows."""
    text = plain(lines[at])
    if ORIGINAL.fullmatch(text) or GROUPWISE.fullmatch(lines[at].strip()[:300]):
        return True
    if not (RULE.fullmatch(text) or MESSAGE_OF.fullmatch(text[:80])):
        return False
    below = next((number for number in range(at + 1, min(at + 4, len(lines))) if lines[number].strip()), None)
    return below is not None and (header_block(lines, below) > 0 or ORIGINAL.fullmatch(plain(lines[below])) is not None)


def copied_lines(lines: list[str], at: int) -> int:
    """How many lines from `at` are copied headers, however few: right below the words “Original message” one is enough."""
    count = 0
    while count < 8 and at + count < len(lines) and _label(plain(lines[at + count])):
        count += 1
    return _with_subject(lines, at + count) - at if count else 0


def phone_line(line: str) -> bool:
    """Whether a line is what a phone or a mail program signs with ("Sent from my …")."""
    text = re.sub(r"\[([^\[\]]{1,60})\]\(https?://[^()\s]{1,300}\)", r"\1", plain(line))
    text = re.sub(r"<?https?://\S{1,300}>?", "", text).strip(" .*_-—–\t")
    return len(text) <= 90 and PHONE.fullmatch(text) is not None and PHONE_PLACES.search(text) is not None


def lone_address(line: str) -> bool:
    """Whether a line is nothing but an address, as some programs sign."""
    return ADDRESS.fullmatch(plain(line).strip("<>")) is not None


def apart(line: str) -> list[str]:
    """A line cut in two where a program wrote its introduction and the beginning of the older mail on one line."""
    if len(line) > 2000 or "@" not in line:
        return [line]
    found = JOINED.match(line)
    return [found[1], found[2]] if found and WROTE.search(found[1]) and TIME.search(found[1]) else [line]


def list_footer(lines: list[str], at: int) -> bool:
    """Whether the footer of a mailing list begins here: a long rule, and a line or two about the list."""
    if not LONG_RULE.fullmatch(lines[at]) or len(lines) - at > 8:
        return False
    return any(re.search(r"mailing list|mailman|listinfo|unsubscribe", line, re.IGNORECASE) for line in lines[at + 1 :])


def signature_starts(line: str) -> bool:
    """Whether a line is the dashes that part a signature from the text (RFC 3676 4.3), also with the blank lost on the way."""
    return line in ("--", "-- ", "--\u00a0", "— ", "-- \t")


def footer(paragraph: str) -> bool:
    """Whether a paragraph is the notice that an organization's server puts under every mail, or the warning it puts above."""
    head = paragraph[:1500]
    notice = FOOTER_START.match(head) is not None and len({found.lower() for found in FOOTER.findall(head)}) >= 2
    return notice or (len(paragraph) < 400 and BANNER.match(head) is not None)


def has_mark(line: str) -> bool:
    """Whether a line begins with a paragraph mark, and so is surely meant for us."""
    return MARKED.match(line) is not None
