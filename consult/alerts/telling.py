"""Pure: which event is told to whom, how soon, and by which letter."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Telling:
    """Who is told of an event, whether at once (`official`) or in the person's own rhythm (`news`), and by which letter."""

    audience: str  # invited, reminded, asker, newcomer, members, thread, officers, voices
    pace: str  # official, news
    letter: str


TOLD: dict[str, Telling] = {
    "round.opened": Telling("invited", "official", "opening"),
    "round.extended": Telling("invited", "official", "extension"),
    "round.closed": Telling("invited", "official", "closing"),
    "round.reminded": Telling("reminded", "official", "reminder"),
    "round.missed": Telling("reminded", "official", "missed"),
    "round.compiled": Telling("circle", "official", "compiled"),
    "membership.began": Telling("newcomer", "official", "welcome"),
    "address.failing": Telling("officers", "official", "failing"),
    "draft.issued": Telling("members", "official", "issued"),
    "version.published": Telling("members", "news", "version"),
    "changes.asked": Telling("asker", "official", "changes"),
    "comment.made": Telling("members", "news", "comment"),
    "comment.joined": Telling("author", "news", "joined"),
    "comment.left": Telling("author", "news", "joined"),
    "delegation.named": Telling("named", "official", "appointed"),
    "delegation.changed": Telling("named", "official", "appointed"),
    "delegate.added": Telling("named", "official", "appointed"),
    "delegation.due": Telling("leads", "official", "set"),
    "delegation.reminded": Telling("leads", "official", "set"),
    "delegation.left": Telling("leads", "official", "set"),
    "contribution.made": Telling("leads", "news", "set"),
    "delegation.submitted": Telling("members", "news", "comment"),
    "reviewer.invited": Telling("invitee", "official", "terms"),
    "reviewer.accepted": Telling("named", "official", "opening"),
    "answer.made": Telling("thread", "news", "answer"),
    "response.given": Telling("thread", "news", "response"),
    "comments.entered": Telling("members", "news", "entered"),
    "responses.given": Telling("members", "news", "responses"),
    "questions.added": Telling("invited", "official", "questions"),
    "poll.opened": Telling("voices", "official", "poll"),
    "poll.closed": Telling("voices", "official", "outcome"),
}

NOT_TOLD: dict[str, str] = {
    "person.added": "the person is welcomed when they join a group",
    "person.away": "the pages of rounds show the officers who is away",
    "person.changed": "people who change how they are written to see it on the page",
    "group.formed": "a group without members has nobody to tell",
    "group.changed": "the page of the group shows its name, mandate and terms as they are",
    "membership.ended": "the secretariat tells a leaving member in its own words",
    "draft.begun": "nothing to read yet",
    "draft.labelled": "the label stands on whatever is read from then on",
    "ties.corrected": "the page of changes and the comments show it where they are read",
    "invitation.accepted": "the page of the round shows who will comment",
    "invitation.declined": "the page of the round shows who cannot, and why",
    "round.planned": "people are asked when the round opens",
    "comment.edited": "the digest shows a comment as it stands when it is written",
    "comment.withdrawn": "a withdrawn comment is left out of letters that are still to come",
    "wording.adopted": "the version that takes a wording in is told when it is published, and credits it",
    "comment.consent": "how a comment is published is between its author and the officers",
    "comment.moved": "the place of a comment is seen where the comment is",
    "import.begun": "until the file is taken nobody else sees anything of it",
    "import.taken": "the comments of a file are told as comments, or of very many only how many they are",
    "reviewer.declined": "officers see who declined, and why, where they invited",
    "reviewer.revoked": "the secretariat tells an external reviewer in its own words",
    "delegate.removed": "the contact point tells its own people in its own words",
    "contribution.edited": "the letter of the set shows each comment as it stands",
    "contribution.verified": "the letter of the set shows what is verified",
    "contribution.withdrawn": "the letter of the set shows what is withdrawn",
    "contribution.restored": "the letter of the set shows each comment as it stands",
    "contribution.merged": "the letter of the set shows each comment as it stands",
    "arrival.opened": "the timeline keeps it for the officers",
    "answer.withdrawn": "a withdrawn answer is left out of letters that are still to come",
    "arrival.released": "the comments made of it are told as comments",
    "questions.written": "they stand in the letter that opens the round",
    "question.answered": "the answers are read together on the page of the questions",
    "question.withdrawn": "the page of the questions shows the answers that stand",
    "poll.read": "kept to know whom a silence procedure has reached",
    "poll.voted": "voices are shown to everybody when the poll closes",
    "poll.unvoted": "voices are shown to everybody when the poll closes",
    "letter.resent": "the person gets the letter itself",
    "response.proposed": "nobody but the drafting team knows of a response before it is published",
    "response.agreed": "nobody but the drafting team knows of a response before it is published",
    "comments.assigned": "drafters find what is theirs in the working view",
    "comments.grouping": "how far the machine is stands in the working view",
    "comments.grouped": "what says the same is seen where the responses are prepared",
    "comments.joined": "what says the same is seen where the responses are prepared",
    "comments.parted": "what says the same is seen where the responses are prepared",
    "phrase.kept": "officers find frequent answers where they respond",
    "phrase.removed": "officers find frequent answers where they respond",
    "task.raised": "officers find it among their tasks, and what raised it tells them where it is urgent",
    "task.settled": "the page of the tasks shows what became of each",
    "round.answered": "each response was told when it was given",
}
