"""What a Word file of a version carries beside its text: the comments for its margin, and the pictures of its figures."""

from collections.abc import Sequence

from flask_babel import gettext

from consult.drafts.models import Version
from consult.files import queries as files
from consult.office.images import known
from consult.papers.word import Remark, Said
from consult.papers.wordbody import Picture
from consult.review import queries as review
from consult.review.grammar import responded, written
from consult.review.rules import DISPOSITIONS


def remarks(version: Version) -> list[Remark]:
    """Every standing comment of a version with the answers and the response below it, in the order of the text; those on the whole text,
    and those that have lost their paragraph, first. Dispositions are said in the language that is set."""
    places = {row.id: row.position for row in review.drafts.paragraphs(version.id)}
    threads, secretariat = review.answers_on_version(version.id), version.draft.group.name
    found = []
    for row in review.all_on_version(version.id):
        place = places.get(row.at_id) if row.state != "orphaned" else None
        replies = [Said(answer.author, answer.received_at, answer.text) for answer in threads.get(row.id, ())]
        if row.disposition:
            label = gettext(DISPOSITIONS.get(row.disposition, row.disposition))
            replies.append(Said(secretariat, row.responded_at, responded(label, row.response)))
        said = Said(row.author, row.received_at, written(row.type, row.text, row.proposed))
        found.append(Remark(said, place, row.quote, tuple(replies)))
    return sorted(found, key=lambda remark: -1 if remark.place is None else remark.place)


def pictures(pieces: Sequence) -> dict[int, Picture]:
    """The pictures of the figures among these pieces that a Word file can show, by the number of their file."""
    found = {}
    for file_id in {piece.file_id for piece in pieces if piece.file_id}:
        file = files.find(file_id)
        image = known(files.content(file)) if file else None
        if image is not None:
            found[file_id] = Picture(files.content(file), image.kind, image.width, image.height)
    return found
