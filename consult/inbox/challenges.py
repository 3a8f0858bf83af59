"""Pure: challenge-response: a mail server that wants a proof that a person wrote before it delivers; and the link it wants pressed."""

import re

from consult.inbox.headers import Headers
from consult.inbox.message import Read

HEADERS = frozenset(
    (
        "x-tmda-confirm-done",
        "x-boxtrapper",
        "x-boxtrapper-queue",
        "x-spamarrest-noauth",
        "x-challenge-response",
        "x-choicemail-registration-request",
        "x-qconfirm",
        "x-ask-version",
        "x-mailblocks-challenge",
        "x-sender-verification",
    )
)
MAILERS = re.compile(r"tmda/|boxtrapper|spamarrest|choicemail|mailblocks|active spam killer|qconfirm|vanquish", re.IGNORECASE)
SENDERS = re.compile(
    r"@(?:[\w-]+\.)?(?:spamarrest\.com|boxbe\.com|sendio\.com|antispamuol\.uol\.com\.br|spamlion\.com)$|"
    r"^(?:antispam|antispamuol|challenge|confirm\+?[\w.-]*|verify)@",
    re.IGNORECASE,
)
SUBJECTS = re.compile(
    r"(?:please |kindly )?confirm (?:your|this|the) (?:message|e-?mail|mail)\b|your e-?mail requires verification|"
    r"verify your e-?mail to|"
    r"\[?spam ?arrest\]?|verification (?:required|needed) for your (?:message|e-?mail)|"
    r"message (?:awaiting|pending) (?:your )?(?:verification|approval)|"
    r"challenge[- ]response|antispam uol|confirma(?:ção|r) (?:de |o )?(?:e-?mail|mensagem)|"
    r"confirme(?:z)? (?:que|l'envoi|votre (?:message|courriel|e-?mail|adresse))|vérification de l'expéditeur|"
    r"confirme (?:su|el|este) (?:mensaje|correo|envío)|verificación (?:del|de) remitente|"
    r"подтвердите (?:отправку|доставку|ваше|своё|ваш|что)|подтверждение (?:отправителя|отправки|доставки)|"
    r"请(?:您)?(?:验证|确认)(?:您的|此|发送|邮件)|发件人验证|邮件验证|(?:يرجى |الرجاء )?تأكيد (?:إرسال|رسالتك|المرسل|البريد)",
    re.IGNORECASE,
)
BODIES = re.compile(
    r"(?:click|reply|press|visit|follow)[^.\n]{0,80}(?:so that|to|and)[^.\n]{0,60}(?:deliver|release|accept|let)"
    r"[^.\n]{0,40}(?:message|e-?mail|mail)|"
    r"(?:message|e-?mail|mail) (?:is|has been|was) (?:being )?(?:held|queued|quarantined)[^.]{0,120}(?:confirm|verif|click|reply)|"
    r"(?:has not been|will not be) delivered until[^.]{0,80}(?:confirm|verif|click|reply)|"
    r"cliquez[^.\n]{0,120}(?:remis|livr|délivr|transmis|distribu|confirmer|valider)|"
    r"(?:en attente|mis en quarantaine)[^.]{0,120}(?:cliquez|répondez|confirm)|"
    r"haga (?:un )?clic[^.\n]{0,120}(?:entreg|confirm|verific)|pulse[^.\n]{0,80}enlace[^.\n]{0,80}(?:entreg|confirm)|"
    r"(?:clique|acesse)[^.\n]{0,120}(?:entreg|confirm|liber)|"
    r"(?:нажмите|перейдите|щ[её]лкните|ответьте)[^.\n]{0,120}(?:доставлен|подтверд|получ)|"
    r"(?:点击|點擊|单击|回复)[^。\n]{0,60}(?:投递|送达|验证|确认|通过)|(?:انقر|اضغط)[^.\n]{0,120}(?:تسليم|تأكيد|توصيل)",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://[^\s<>\"')\]]{4,300}")
LONGEST = 4000


def challenge(headers: Headers, read: Read) -> bool:
    """Whether a machine asks for a proof before it delivers what we wrote; what a person writes about confirming is none."""
    if any(name in HEADERS or name.startswith("x-tmda-") for name, _ in headers.fields):
        return True
    if any(MAILERS.search(headers.text(name)) for name in ("x-mailer", "x-delivery-agent", "user-agent", "x-generator")):
        return True
    known = bool(SENDERS.search(read.sender.address or ""))
    asked = (SUBJECTS.search if known else SUBJECTS.match)(read.subject) is not None
    text = read.text[:LONGEST]
    return (asked or known) and (LINK.search(text) is not None or BODIES.search(text) is not None)


def link_of(read: Read) -> str:
    """The first link in the text: the one that wants to be pressed; empty where there is none."""
    found = LINK.search(read.text[:LONGEST])
    return found[0].rstrip(".,;") if found else ""
