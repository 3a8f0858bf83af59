"""Mails that no person wrote: out of office, receipts, calendars, challenges, and letters that came back."""

from tests.inbox.corpus.making import Case, part, several, whole
from tests.inbox.corpus.texts import LETTERS

RETURN = "bounce+7f3a@in.consult.example.int"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.env.example>"


def cases() -> list[Case]:
    """All of them."""
    return [*_away(), *_reports(), *_returned(), *_prose(), *_commands()]


def _auto(name: str, body: str, outcome: str, *, subject: str, more: str = "", sender: str = "", content: bytes | None = None) -> Case:
    raw = whole(name, content or part(body), subject=subject, more=more, sender=sender)
    return Case(name, raw, {"outcome": outcome})


def _away() -> list[Case]:
    out = "I am away until Monday and read no mail."
    subjects = {
        "en": "Automatic reply: Draft 7: comments", "fr": "Réponse automatique : Draft 7", "es": "Respuesta automática: Draft 7",
        "ru": "Автоматический ответ: Draft 7", "zh": "自动答复: Draft 7", "ar": "رد تلقائي: Draft 7",
    }  # fmt: skip
    exchange = "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n"
    found = [_auto(f"away-exchange.{lang}", out, "ignore", subject=subject, more=exchange) for lang, subject in subjects.items()]
    found += [_auto(f"away-without-header.{lang}", out, "hold", subject=subject) for lang, subject in subjects.items()]
    made = {
        "away-gmail.en": ("Out of office Re: Draft 7", "Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes\n", "ignore"),
        "away-sieve-vacation.en": ("Auto: Draft 7", "Auto-Submitted: auto-replied (vacation)\n", "ignore"),
        "away-unix-vacation.en": ("away from my mail", "Precedence: junk\nDelivered-To: Autoresponder\n", "ignore"),
        "away-qq.zh": ("自动回复: Draft 7", "X-Mailer: QQMail 2.x\n", "hold"),
        "away-163.zh": ("自动回复:Draft 7", "X-AUTO-REPLY: yes\n", "ignore"),
        "away-mail-ru.ru": ("Автоответ: Draft 7", "Auto-Submitted: auto-replied\n", "ignore"),
        "away-notes.en": ("AUTO: Ada Byron is out of the office (returning 12/01/2027)", "", "hold"),
        "away-groupwise.fr": ("Absence du bureau", "", "hold"),
        "challenge-tmda.en": ("Please confirm your message", "Auto-Submitted: auto-replied\nX-Delivery-Agent: TMDA/1.1.12\nPrecedence: bulk\n", "challenge"),
        "list-copy.en": ("[table] Draft 7", "List-Id: <table.lists.example>\nPrecedence: list\n", "ignore"),
        "no-reply-service.en": ("Your ticket 4711 was opened", "Auto-Submitted: auto-generated\n", "ignore"),
    }  # fmt: skip
    found += [_auto(name, out, outcome, subject=subject, more=more) for name, (subject, more, outcome) in made.items()]
    return found


def _reports() -> list[Case]:
    mdn = several(
        part("Your message was displayed.\n"),
        part("Reporting-UA: mail.env.example\nFinal-Recipient: rfc822;ada@env.example\nDisposition: manual-action/MDN-sent-manually; displayed\n", kind="message/disposition-notification", charset="", cte="7bit"),
        kind="multipart/report", more="; report-type=disposition-notification",
    )  # fmt: skip
    exchange = several(
        part("Votre message a été lu.\n"),
        part("Final-recipient: RFC822; ada@env.example\nDisposition: automatic-action/MDN-sent-automatically; displayed\n", kind="message/disposition-notification", charset="", cte="7bit"),
        kind="multipart/report", more="; report-type=disposition-notification",
    )  # fmt: skip
    accepted = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@env.example\nEND:VEVENT\nEND:VCALENDAR\n"
    calendar = several(part("\n"), part(accepted, kind="text/calendar", more="; method=REPLY"))
    return [
        _auto("read-receipt-thunderbird.en", "", "ignore", subject="Return Receipt (displayed) - Draft 7", content=mdn),
        _auto("read-receipt-exchange.fr", "", "ignore", subject="Lu : Draft 7", content=exchange),
        Case("calendar-reply-outlook.en", whole("calendar-reply-outlook.en", calendar, subject="Accepted: Meeting"), {"letter": "en", "name": "Ada Byron", "outcome": "nothing", "remarks": []}),
    ]  # fmt: skip


def _dsn(
    name: str,
    prose: str,
    fields: str,
    bounce: list | None,
    *,
    sender: str = DAEMON,
    subject: str = "Undelivered Mail Returned to Sender",
    machine: str = "mx.env.example",
) -> Case:
    """A report in the form of RFC 3464."""
    told = part(
        f"Reporting-MTA: dns; {machine}\nArrival-Date: Tue, 5 Jan 2027 10:12:03 +0000\n\n{fields}\n",
        kind="message/delivery-status",
        charset="",
        cte="7bit",
    )
    old = part(
        f"From: Consult <reply+7f3a@in.consult.example.int>\nTo: ada@env.example\nSubject: Draft 7\n\n{LETTERS['en'][:200]}\n",
        kind="message/rfc822",
        charset="",
        cte="7bit",
    )
    content = several(part(prose), told, old, kind="multipart/report", more="; report-type=delivery-status")
    raw = whole(name, content, sender=sender, subject=subject, to=RETURN, more="Auto-Submitted: auto-replied\n")
    return Case(name, raw, {"outcome": "bounce", "bounce": bounce})


def _returned() -> list[Case]:
    to = "Final-Recipient: rfc822; ada@env.example\n"
    return [
        _dsn("dsn-postfix-unknown-user.en", "I'm sorry to have to inform you that your message could not be delivered.", f"{to}Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <ada@env.example>: Recipient address rejected: User unknown", [True, "5.1.1"]),
        _dsn("dsn-postfix-delayed.en", "This is just a warning. You do not need to resend.", f"{to}Action: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx.env.example: Connection timed out", [False, "4.4.1"], subject="Delayed Mail (still being retried)"),
        _dsn("dsn-postfix-greylisted-too-long.en", "Could not be delivered.", f"{to}Action: failed\nStatus: 4.4.7\nDiagnostic-Code: smtp; 450 4.7.1 Greylisted", [False, "4.4.7"]),
        _dsn("dsn-exchange-online-unknown.en", "Your message to ada@env.example couldn't be delivered. ada wasn't found at env.example.", f"{to}Action: failed\nStatus: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", [True, "5.1.10"], sender="Microsoft Outlook <MicrosoftExchange329e71ec@env.example>", subject="Undeliverable: Draft 7"),
        _dsn("dsn-exchange-mailbox-full.fr", "La boîte aux lettres du destinataire est pleine.", f"{to}Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver; QuotaExceeded", [False, "5.2.2"], sender="Microsoft Outlook <postmaster@env.example>", subject="Non remis : Draft 7"),
        _dsn("dsn-exchange-unknown.ru", "Не удалось выполнить доставку следующим получателям.", f"{to}Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", [True, "5.1.1"], subject="Не удается доставить: Draft 7"),
        _dsn("dsn-exchange-unknown.zh", "邮件未能送达以下收件人。", f"{to}Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;550 5.1.1 User unknown", [True, "5.1.1"], subject="未传递: Draft 7"),
        _dsn("dsn-sendmail-host-unknown.en", "   ----- The following addresses had permanent fatal errors -----\n<ada@env.example>\n", f"{to}Action: failed\nStatus: 5.1.2\nRemote-MTA: DNS; env.example\nDiagnostic-Code: SMTP; 550 Host unknown", [True, "5.1.2"], sender="Mail Delivery Subsystem <MAILER-DAEMON@mx.env.example>", subject="Returned mail: see transcript for details"),
        _dsn("dsn-gmail-unknown.en", "** Address not found **\n\nYour message wasn't delivered to ada@env.example.", f"{to}Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.env.example.\nDiagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.", [True, "5.1.1"], sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>", subject="Delivery Status Notification (Failure)"),
        _dsn("dsn-gmail-delayed.es", "El mensaje se retrasa.", f"{to}Action: delayed\nStatus: 4.0.0\nWill-Retry-Until: Thu, 07 Jan 2027 10:12:03 +0000", [False, "4.0.0"], subject="Delivery Status Notification (Delay)"),
        _dsn("dsn-mail-ru-blocked.ru", "Письмо не доставлено.", f"{to}Action: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 spam message rejected", [True, "5.7.1"]),
        _dsn("dsn-delivered.en", "Your message was delivered.", f"{to}Action: delivered\nStatus: 2.0.0", None, subject="Successful Mail Delivery Report"),
        _dsn("dsn-relayed.en", "Relayed to a server that sends no reports.", f"{to}Action: relayed\nStatus: 2.0.0", None, subject="Delivery Status Notification (Relay)"),
        _dsn("dsn-two-recipients-one-failed.en", "One of two.", f"Final-Recipient: rfc822; ben@env.example\nAction: delivered\nStatus: 2.0.0\n\n{to}Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 No such user", [True, "5.1.1"]),
        _dsn("dsn-domino.en", "Your message was not delivered.", f"{to}Action: failed\nStatus: 5.1.1\nDiagnostic-Code: X-Notes; User ada (ada@env.example) not listed in Domino Directory", [True, "5.1.1"], subject="DELIVERY FAILURE: User not listed in Domino Directory"),
    ]  # fmt: skip


def _prose() -> list[Case]:
    """Servers that tell it in words of their own."""
    made = {
        "dsn-exim.en": ("Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@env.example\n    SMTP error from remote mail server after RCPT TO:<ada@env.example>:\n    host mx.env.example [192.0.2.7]: 550 5.1.1 User unknown\n", "X-Failed-Recipients: ada@env.example\nAuto-Submitted: auto-replied\n", [True, "5.1.1"]),
        "dsn-qmail.en": ("failure notice", "Hi. This is the qmail-send program at mx.env.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@env.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <bounce+7f3a@in.consult.example.int>\n", "", [True, "5.1.1"]),
        "dsn-qmail-full.en": ("failure notice", "Hi. This is the qmail-send program at mx.env.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ada@env.example>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)\n", "", [False, "5.2.2"]),
        "dsn-yahoo.en": ("Failure Notice", "Sorry, we were unable to deliver your message to the following address.\n\n<ada@env.example>:\n550: 5.1.1 <ada@env.example>: Recipient address rejected: User unknown\n\n--- Below this line is a copy of the message.\n", "", [True, "5.1.1"]),
    }  # fmt: skip
    found = []
    for name, (subject, body, more, bounce) in made.items():
        raw = whole(name, part(body), subject=subject, to=RETURN, more=more, sender=DAEMON)
        found.append(Case(name, raw, {"bounce": bounce}))
    return found


def _commands() -> list[Case]:
    """Commands to the address for commands, as people really send them."""
    made = {
        "commands-two-lines.en": ("STATUS\nHELP\n", ["STATUS", "HELP"], []),
        "commands-then-end.en": ("LIST\nEND\nPlease answer soon, Ada\n", ["LIST"], []),
        "commands-with-signature.fr": ("AIDE\n\n-- \nAda Byron\nSTOP à tout moment\n", ["HELP"], []),
        "commands-greeting-unread.es": ("Hola,\n\nESTADO\n", ["STATUS"], ["Hola,"]),
        "commands-russian.ru": ("Статус\nСписок\n", ["STATUS", "LIST"], []),
        "commands-chinese.zh": ("状态\n帮助\n", ["STATUS", "HELP"], []),
        "commands-arabic.ar": ("الحالة\nمساعدة\n", ["STATUS", "HELP"], []),
        "commands-phone.en": ("STATUS\n\nSent from my iPhone\n", ["STATUS"], []),
        "commands-digest-weekly.en": ("DIGEST weekly\nLIMIT 40 kB\n", ["DIGEST", "LIMIT"], []),
        "commands-above-a-quote.en": ("STATUS\n\nOn Tue, Jan 5, 2027 at 10:12 AM Consult <consult@in.consult.example.int> wrote:\n\n> HELP\n> STOP\n", ["STATUS"], []),
        "commands-five-dashes.fr": ("ÉTAT\n-----\nSTOP\n", ["STATUS"], []),
    }  # fmt: skip
    found = []
    for name, (body, verbs, unread) in made.items():
        raw = whole(name, part(body), subject="commands", to="consult@in.consult.example.int")
        found.append(Case(name, raw, {"commands": verbs, "unread": unread}))
    markup = "<div>STATUS</div><div>LIST</div><div><br></div><div>-- <br></div><div>Ada</div>"
    found.append(
        Case(
            "commands-html.en",
            whole("commands-html.en", part(markup, kind="text/html"), to="consult@in.consult.example.int"),
            {"commands": ["STATUS", "LIST"], "unread": []},
        )
    )
    return found
