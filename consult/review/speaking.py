"""Whether somebody who was asked has spoken in a round: a comment, or what higher rooms count as such (they offer, this room asks)."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, exists, or_

from consult.review.models import Comment, Invitation

_ways: list[Callable[[int], ColumnElement[bool]]] = []


def offer(way: Callable[[int], ColumnElement[bool]]) -> None:
    """Count this as having spoken; `way` is given the number of a round and returns a condition on Invitation. Offering twice is once."""
    if way not in _ways:
        _ways.append(way)


def spoke(round_id: int) -> ColumnElement[bool]:
    """The condition that the person of an invitation has said something in that round."""
    commented = exists().where(Comment.round_id == round_id, Comment.author_id == Invitation.person_id, Comment.withdrawn_at.is_(None))
    return or_(commented, *(way(round_id) for way in _ways))
