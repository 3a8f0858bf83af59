"""Pure: the parity table: everything that somebody who takes part can do, on which page and by which letter. Tests hold it complete."""

from dataclasses import dataclass

from consult.kit.words import N_

LETTERS = {
    "consult": N_("to consult@, or alone in a reply"),
    "round": N_("reply to the letter of the round"),
    "comment": N_("reply to the letter of the comment, or to the address below it in a digest"),
    "receipt": N_("reply to the receipt"),
    "poll": N_("reply to the letter of the poll"),
    "terms": N_("reply to the letter with the terms"),
    "set": N_("reply to the letter that shows the set"),
    "meeting": N_("reply to the letter of the meeting"),
    "means": N_("reply to the letter that asks how you can take part"),
    "confirm": N_("reply to the letter that asks whether a mail is yours"),
}
WHO = {
    "everybody": N_("Everybody who takes part"),
    "lead": N_("Chairs, and whoever is asked to draft responses"),
    "contact": N_("Contact points of Parties and organizations, and their reviewers"),
    "guest": N_("Reviewers from outside the group"),
}


@dataclass(frozen=True)
class Row:
    """One thing people can do: the verbs of the rooms that do it, in words, the pages, the letter and what is written there."""

    verbs: tuple[str, ...]
    sentence: str
    pages: tuple[str, ...]
    letter: str
    form: str
    who: str = "everybody"


def _row(verbs: str, sentence: str, pages: str, letter: str, form: str, who: str = "everybody") -> Row:
    return Row(tuple(verbs.split()), sentence, tuple(pages.split()), letter, form, who)


TABLE: tuple[Row, ...] = (
    _row("review.comment review.comment_all", N_("Comment on a paragraph"), "review.paragraph review.read_paragraph", "round", "[12] …"),
    _row("review.edit", N_("Say a comment better"), "review.edit review.edit_own", "consult", "CORRECT 57: …"),
    _row("review.withdraw", N_("Take a comment back"), "review.withdraw review.withdraw_own", "consult", "WITHDRAW 57"),
    _row("review.move", N_("Put a comment on the right paragraph"), "review.move", "consult", "MOVE 57 TO 13"),
    _row("review.consent", N_("Say how a comment is published"), "review.consent", "consult", "CONSENT 57 anonymous"),
    _row("review.answer", N_("Answer a comment"), "review.answer", "comment", "…"),
    _row("review.withdraw_answer", N_("Take an answer back"), "review.withdraw_answer", "receipt", "UNDO"),
    _row("review.join", N_("Join a comment for one's Party or organization"), "review.join", "comment", "JOIN"),
    _row("review.leave", N_("Join it no longer"), "review.leave", "comment", "LEAVE"),
    _row("review.answer_invitation", N_("Say whether one will comment"), "review.answer_invitation", "round", "ACCEPT"),
    _row("review.accept_terms", N_("Accept the terms of a review"), "review.terms review.invited", "terms", "ACCEPT", "guest"),
    _row("review.decline_terms", N_("Decline a review, and say why"), "review.terms review.invited", "terms", "DECLINE", "guest"),
    _row("polls.reply", N_("Answer the guiding questions of a round"), "polls.questions", "round", "[Q1] …"),
    _row("polls.take_back", N_("Take such an answer back"), "polls.questions", "receipt", "UNDO"),
    _row("polls.vote", N_("Give a voice in a poll"), "polls.vote", "poll", "AGREE"),
    _row("polls.unvote", N_("Take the voice back"), "polls.unvote", "poll", "UNDO"),
    _row("meetings.answer", N_("Say whether one comes to a meeting"), "meetings.answer", "meeting", "ATTEND"),
    _row("meetings.take_back", N_("Take that back"), "meetings.unanswer", "meeting", "UNDO"),
    _row("reach.answer", N_("Say by which means one can take part"), "reach.own", "means", "1: slow"),
    _row(
        "exchange.begin exchange.choose exchange.take exchange.drop exchange.leave exchange.place", N_("Bring comments in a file"),
        "exchange.imports", "round", "📎",
    ),
    _row("offline.take offline.preview", N_("Bring back what was written without a network"), "offline.bring", "consult", "📎"),
    _row("drafts.ask_for_changes", N_("Get what changed between two versions"), "drafts.send_changes", "consult", "DIFF report 1 2"),
    _row("papers.ask", N_("Get a text or a compilation to keep"), "papers.take", "consult", "GET R3 compilation"),
    _row("alerts.watch", N_("Follow something, or hear no news of it"), "inbox.watching_page", "consult", "FOLLOW R3"),
    _row("people.change_preferences", N_("Choose how one is written to"), "people.me people.bytes", "consult", "DIGEST weekly"),
    _row("people.be_away people.be_back", N_("Say when one is away"), "people.away people.back", "consult", "AWAY 2026-12-20 2027-01-05"),
    _row("people.add_address", N_("Add an address of one's own"), "people.another_address", "consult", "ADDRESS ADD ada@example.org"),
    _row("people.put_address_first", N_("Say where letters go"), "people.address_first", "consult", "ADDRESS FIRST ada@example.org"),
    _row("people.remove_address", N_("Remove an address"), "people.address_away", "consult", "ADDRESS REMOVE ada@example.org"),
    _row("inbox.confirm", N_("Say that a mail is one's own"), "inbox.confirm_yes", "confirm", "YES"),
    _row("inbox.revoke", N_("Withdraw one's reply addresses"), "inbox.revoke_key inbox.revoke_keys", "consult", "REVOKE ALL"),
    _row("inbox.deny", N_("Say that it is not"), "inbox.confirm_no", "confirm", "NO"),
    _row(
        "delegations.contribute delegations.contribute_all", N_("Draft for a Party or organization"), "delegations.paragraph", "round",
        "[12] …", "contact",
    ),
    _row("delegations.edit", N_("Say a comment of the set better"), "delegations.edit", "set", "CORRECT 3: …", "contact"),
    _row("delegations.verify", N_("Stand by comments of the set"), "delegations.do", "set", "VERIFY 3 5", "contact"),
    _row("delegations.withdraw", N_("Leave comments out of the set"), "delegations.do", "set", "WITHDRAW 4", "contact"),
    _row("delegations.restore", N_("Put them back"), "delegations.do", "set", "RESTORE 4", "contact"),
    _row("delegations.merge", N_("Make one comment of several"), "delegations.do", "set", "MERGE 3 5", "contact"),
    _row("delegations.submit", N_("Submit the set"), "delegations.submit", "set", "SUBMIT", "contact"),
    _row(
        "delegations.add_reviewer", N_("Ask somebody to draft along"), "delegations.add_reviewer", "consult",
        "REVIEWER ADD Ama Boateng ama@example.org", "contact",
    ),
    _row(
        "delegations.remove_reviewer", N_("Ask them no longer"), "delegations.remove_reviewer", "consult",
        "REVIEWER REMOVE ama@example.org", "contact",
    ),
    _row("delegations.name_deputy", N_("Name a deputy"), "delegations.deputy", "consult", "REVIEWER DEPUTY ama@example.org", "contact"),
    _row(
        "delegations.set_deadline", N_("Set a deadline of one's own"), "delegations.deadline", "consult",
        "REVIEWER UNTIL 2026-12-10", "contact",
    ),
    _row("review.extend review.extend_together", N_("Extend a round"), "review.extend", "consult", "EXTEND R3 2026-12-20 …", "lead"),
    _row("review.close review.close_together", N_("Close a round"), "review.close", "consult", "CLOSE R3", "lead"),
    _row("review.remind", N_("Remind those who have been silent"), "review.remind", "consult", "REMIND R3", "lead"),
    _row("review.schedule", N_("Choose the days of reminders"), "review.schedule", "consult", "REMIND R3 7, 2", "lead"),
    _row(
        "review.respond review.respond_many", N_("Respond to comments"), "review.respond review.many", "consult",
        "RESPOND 57 ACCEPTED: …", "lead",
    ),
    _row("review.propose review.propose_each", N_("Prepare a response"), "review.prepare", "consult", "PROPOSE 57 NOTED: …", "lead"),
    _row(
        "review.publish_agreed review.publish_drafts", N_("Publish what was agreed"), "review.publish", "consult",
        "RESPOND R3 AGREED", "lead",
    ),
    _row("review.finish_answering", N_("Say that a round is answered"), "review.finish_answering", "consult", "RESPOND R3 DONE", "lead"),
    _row("review.assign", N_("Say who drafts the responses"), "review.many", "consult", "ASSIGN 57 TO ama@example.org", "lead"),
    _row("polls.open_poll", N_("Open a poll"), "polls.open_poll", "consult", "POLL R3 12 straw 2026-12-10: …?", "lead"),
    _row("polls.close", N_("Close a poll"), "polls.close", "consult", "POLL P5 CLOSE", "lead"),
)  # fmt: skip

READ: tuple[tuple[str, str], ...] = (
    ("HELP", N_("what can be asked for; HELP and a word: how that is written")),
    ("STATUS", N_("how you are written to, what waits for you, what was sent this month")),
    ("LIST", N_("the drafts and rounds of your groups, each with the line that fetches it")),
    (
        "GET report v2 12-18",
        N_("a draft, a version, some paragraphs; GET R3: the text of a round; GET R3/57: a comment; a symbol: a document"),
    ),
    ("PART 3", N_("one letter of a series once more; PART 3 OF and the number on its other parts, if you answer none of them")),
    ("COMMENTS 12", N_("what others say on a paragraph; COMMENTS R3: in a round; COMMENTS since 2026-11-01")),
    ("SEARCH", N_("words in the drafts and comments you can read")),
    ("MEANS", N_("the questions about how you can take part, and how else you can be reached")),
    ("WHICH", N_("who you are here, and which letter you answered")),
    ("YES 12", N_("what was announced under that number is sent or done; NO 12: it is not")),
)
"""What only reads, or only answers: no verb of a room stands behind it."""

# Verbs that no member, chair, contact point or guest needs by mail, each with the reason.
OFFICERS: dict[str, str] = {
    "alerts.again": "sending a letter once more belongs to the letters page of the officers",
    "delegations.name_contact": "officers say who speaks for a Party",
    "drafts.begin": "officers bring in texts", "drafts.prepare": "officers bring in texts", "drafts.write_on": "officers bring in texts",
    "drafts.replace": "officers bring in texts", "drafts.delete": "officers bring in texts", "drafts.correct": "officers bring in texts",
    "drafts.publish": "officers publish versions; review.publish does it with the comments",
    "drafts.retie": "officers correct what became of a paragraph", "drafts.issue": "officers issue a text",
    "drafts.relabel": "officers word the label",
    "exchange.seen_by": "asks whether somebody may see a file: no verb of its own",
    "inbox.release": "officers, by page or with RELEASE; a person's own letter is confirmed by YES",
    "inbox.settle": "officers, by page or with ASIDE", "inbox.opened": "noted by itself", "inbox.take_over": "officers read again",
    "inbox.sort": "officers sort what is stray", "inbox.put_back": "officers sort what is stray",
    "inbox.do": "officers settle many at once",
    "meetings.plan": "officers plan meetings", "meetings.change": "officers plan meetings", "meetings.announce": "officers plan meetings",
    "meetings.cancel": "officers plan meetings", "meetings.write_agenda": "officers plan meetings", "meetings.adopt_agenda": "officers",
    "meetings.adopt_report": "officers",
    "meetings.add_document": "officers", "meetings.drop_document": "officers", "meetings.circulate_report": "officers",
    "meetings.mark_presence": "officers note who was there", "meetings.note": "writes the journal of a meeting: no verb of its own",
    "meetings.change_document": "officers", "meetings.compose_report": "officers", "meetings.send_documents": "officers",
    "people.address_works": "officers know that an address takes letters again; a letter from it says so by itself",
    "papers.publish_compilation": "officers publish compilations",
    "people.add_person": "staff and officers add people", "people.known_or_added": "part of adding somebody", "people.form_group": "staff",
    "people.add_member": "officers", "people.end_membership": "officers", "people.import_people": "officers",
    "people.change_person": "staff change others; people change themselves by change_preferences", "people.change_group": "staff",
    "polls.ask": "officers write guiding questions", "polls.opened": "noted by itself when the page of a poll is read",
    "reach.ask": "officers ask by which means people take part", "reach.enter": "officers type in what came on paper",
    "review.publish": "officers publish versions", "review.retie": "officers correct what became of a paragraph",
    "review.place_by_hand": "officers; authors move their own with MOVE",
    "review.adopt": "officers write the next version", "review.let_go": "officers write the next version",
    "review.open_round": "officers open rounds", "review.open_together": "officers open rounds",
    "review.invite_reviewer": "officers", "review.revoke_reviewer": "officers", "review.set_terms": "officers word the terms",
    "review.gather": "arranges the working page of who responds; each response is given without it",
    "review.group_same": "arranges the working page of who responds; each response is given without it",
    "review.part": "arranges the working page of who responds; each response is given without it",
    "review.keep_phrase": "saves typing on the working page", "review.remove_phrase": "saves typing on the working page",
    "review.take_late_mail": "officers say what becomes of mail after the deadline",
    "tasks.raise_task": "officers", "tasks.settle": "officers",
}  # fmt: skip
OFFICES = (
    ("DESK", N_("for officers: what waits, each with the lines that settle it")),
    ("RELEASE 812 TO R3 12", N_("for officers: enter a mail; AS and an address: for that person")),
    ("LATE R3 dated 7", N_("for officers: what becomes of mail that comes after the deadline: never, dated or always")),
    ("ASIDE 812 …", N_("for officers: put a mail aside, and say why")),
)
"""What an officer who travels does by mail."""


def covered() -> set[str]:
    """Every verb for which there is a page and a letter."""
    return {verb for row in TABLE for verb in row.verbs}


def by_who() -> list[tuple[str, list[Row]]]:
    """The table as it is read: who, and what they can do."""
    return [(words, [row for row in TABLE if row.who == who]) for who, words in WHO.items()]
