"""STATUS, LIST and WHICH: what waits, what there is to read, who somebody is here."""

from flask import current_app, render_template
from flask_babel import gettext
from sqlalchemy import func, select

from consult.delegations import queries as delegations
from consult.drafts import queries as drafts
from consult.extensions import db
from consult.inbox.commands import affording, naming
from consult.inbox.commands.asked import Asked
from consult.inbox.commands.settings import limit_words
from consult.inbox.models import Wish
from consult.meetings import queries as meetings
from consult.meetings import showing
from consult.outbox import ledger
from consult.outbox.models import ReplyKey
from consult.people import queries as people
from consult.people import weighing
from consult.people.rules import ATTACHMENTS, DIGEST_FORMS, FORMS, LANGUAGES, PACKINGS, RHYTHMS
from consult.polls import queries as polls
from consult.review import queries as review
from consult.review import reviewers
from consult.web.filters import instant_words


def status(asked: Asked) -> str:
    """STATUS: how one is written to, and all that waits for an answer."""
    person = asked.person
    rounds = [(each, instant_words(each.closes_at, person.zone)) for each in review.open_rounds_of(person.id)]
    waiting = [(each, instant_words(each.closes_at, person.zone)) for each in polls.waiting_for(person)]
    return render_template(
        "mail/inbox/status.txt", person=person, rhythm=gettext(RHYTHMS[person.rhythm]), form=gettext(FORMS[person.form]),
        limit=limit_words(person.limit_bytes), language=LANGUAGES[person.language], rounds=rounds, polls=waiting,
        groups=people.groups_of(person), meetings=_meetings(person), terms=reviewers.waiting_for(person.id), sets=_sets(person),
        wishes=_wishes(asked),
        keys=_keys(asked),
        bytes=weighing.in_words(person, ledger.month(person.id, asked.at)), files=gettext(ATTACHMENTS[person.attachments]),
        packing=gettext(PACKINGS[person.packing]), digest=gettext(DIGEST_FORMS[person.digest_form]),
        quiet=affording.quiet_words(person.quiet_from, person.quiet_to),
    ).strip()  # fmt: skip


def _meetings(person) -> list[tuple]:
    """Meetings whose invitation waits for an answer, each with when it is."""
    return [(each, showing.span_words(each)) for each in meetings.waiting_for(person)]


def _sets(person) -> list[tuple]:
    """The sets of comments of Parties and organizations for which the person drafts, each with the end of its round."""
    return [(each, instant_words(each.round.closes_at, person.zone)) for each in delegations.waiting_for(person.id)]


def _wishes(asked: Asked) -> list[Wish]:
    wanted = select(Wish).where(Wish.person_id == asked.person.id, Wish.done_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Wish.id.desc()).limit(5)))


def _keys(asked: Asked) -> int:
    """How many reply addresses take an answer of this person now."""
    standing = (ReplyKey.revoked_at.is_(None)) & (ReplyKey.expires_at.is_(None) | (ReplyKey.expires_at > asked.at))
    return db.session.scalar(select(func.count()).where(ReplyKey.person_id == asked.person.id, standing)) or 0


def listed(asked: Asked) -> str:
    """LIST: the drafts and rounds of one's groups, numbered, each with the line that fetches it."""
    results, found = asked.shared.results, []
    for group in people.groups_where(asked.person, "draft.read") if not asked.person.staff else people.groups_of(asked.person):
        texts = [
            (draft, _numbered(results, f"GET {naming.name_of(draft, asked.person)}"))
            for draft in drafts.drafts(group.id)
            if drafts.latest(draft)
        ]
        rounds = [each for each in review.rounds_of_group(group.id) if review.state(each) != "closed" or each.compiled_at]
        found.append((group, texts, [_round(each, asked) for each in rounds[:12]], _coming(group, asked)))
    guest = [each for each in naming.rounds(asked.person) if each.id in naming.guest_rounds(asked.person) and each.opened_at]
    own = [_round(each, asked) for each in guest]
    return render_template("mail/inbox/list.txt", groups=found, guest=own, domain=current_app.config["MAIL_DOMAIN"]).strip()


def _coming(group, asked: Asked) -> list[tuple]:
    """The meetings of the group that are to come or were held last, each with the lines that fetch its documents."""
    found = [meetings.next_of(group.id, asked.at), meetings.last_held(group.id)]
    return [
        (
            each,
            showing.span_words(each),
            [_numbered(asked.shared.results, f"GET {paper.document.symbol}") for paper in meetings.shelf(each) if paper.octets],
        )
        for each in found
        if each is not None
    ]


def _round(of, asked: Asked) -> tuple:
    state = review.state(of)
    line = f"GET R{of.id} compilation" if state == "closed" and of.compiled_at else f"GET R{of.id}"
    return of, state, instant_words(of.closes_at, asked.person.zone), _numbered(asked.shared.results, line)


def _numbered(results, line: str) -> str:
    results.append(line)
    return f"{len(results)}. {line}"


def which(asked: Asked) -> str:
    """WHICH: who one is here, and which letter was answered."""
    person, key = asked.person, asked.key
    addresses = ", ".join(each.address for each in person.addresses)
    words = [gettext("You are known here as %(name)s, with these addresses: %(addresses)s.", name=person.name, addresses=addresses)]
    if key is not None and key.letter is not None and key.person_id == person.id:
        sent = instant_words(key.letter.sent_at or key.letter.created_at, person.zone)
        words.append(gettext("The letter you answered is “%(subject)s” of %(sent)s.", subject=key.letter.subject, sent=sent))
    else:
        words.append(gettext("To learn what a reply address is for, answer the letter itself and put consult@ in place of its address."))
    return " ".join(words)
