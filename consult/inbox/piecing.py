"""Mails that came in pieces: once the last piece is there, the whole comes in like any other mail, and the pieces are settled."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from consult.errors import NotFound
from consult.extensions import db
from consult.inbox import queries, spool
from consult.inbox.models import Arrival
from consult.inbox.pieces import Piece, complete, piece_of, together
from consult.kit.words import N_

LASTS = timedelta(days=30)
MOST_LOOKED_AT = 100
PUT_TOGETHER = N_("It was put together with the other pieces of the same mail, and that is taken as one.")


def gather(arrival: Arrival, raw: bytes) -> bool:
    """Whether this piece, held a moment ago, was the last that was missing; then the whole waits in the spool. A stranger's wait at the
    desk: to look through many for each would be work that anybody can order."""
    this = piece_of(raw) if arrival.person_id is not None else None
    if this is None:
        return False
    found: dict[int, tuple[Piece, Arrival, bytes]] = {this.number: (this, arrival, raw)}
    for other in _alike(arrival):
        try:
            content = queries.raw(other)
        except NotFound:
            continue
        piece = piece_of(content)
        if piece is not None and piece.identity == this.identity:
            found.setdefault(piece.number, (piece, other, content))
    if not complete({number: piece for number, (piece, *_) in found.items()}):
        return False
    rows = [found[number][1] for number in sorted(found)]
    whole = together([found[number][2] for number in sorted(found)], vouched=all(row.verified for row in rows))
    if len(whole) > spool.LIMIT:
        return False
    spool.keep(whole, arrival.envelope_from, arrival.envelope_to, arrival.door, current_app.config["DATA"])
    for row in rows:
        row.state, row.reason = "settled", str(PUT_TOGETHER)
    return True


def _alike(arrival: Arrival) -> list[Arrival]:
    """The mails that wait for the same reason, from the same sender to the same address."""
    wanted = select(Arrival).where(
        Arrival.envelope_to == arrival.envelope_to, Arrival.sender == arrival.sender, Arrival.state == "held",
        Arrival.reason == arrival.reason, Arrival.received_at > arrival.received_at - LASTS,
    )  # fmt: skip
    rows = db.session.scalars(wanted.order_by(Arrival.id.desc()).limit(MOST_LOOKED_AT))
    return [each for each in rows if each.id != arrival.id]
