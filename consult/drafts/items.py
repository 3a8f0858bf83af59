"""Pure: the row of items open under a paragraph, (a) (i) …, and where the next one belongs in it."""

from consult.drafts.numbering import Label, Reading, find_label, number_text

DEEPEST = 4


class Items:
    """The open items, outermost first; each is the reading of its printed number."""

    def __init__(self) -> None:
        self._open: list[Reading] = []

    @property
    def depth(self) -> int:
        """How deep the last item stands: 1 for (a), 2 for (i) below it."""
        return len(self._open)

    def clear(self) -> None:
        """A new paragraph: nothing is open."""
        self._open = []

    def numbers(self) -> list[str]:
        """The numbers of the open items as everybody cites them: ["(a)", "(i)"]."""
        return [f"({number_text(reading)})" for reading in self._open]

    def continues(self, reading: Reading) -> bool:
        """Whether that number is the next one of an open row."""
        return any(last.shape == reading.shape and last.value + 1 == reading.value for last in self._open)

    def take(self, label: Label, following: Label | None) -> tuple[str, str] | None:
        """Put a printed number (or two, `(b) (ii)`) in its place; what was printed and the text after it, or None when it is no item."""
        inner = find_label(label.rest) if label.enclosed else None
        if inner and inner.enclosed and self._take_both(label, inner):
            gap = " " if label.rest and not label.rest.startswith(")") else ""
            return f"{label.printed}{gap}{inner.printed}", inner.rest
        place = self._place(label, following)
        if place is None:
            return None
        self._put(*place)
        return label.printed, label.rest

    def _put(self, depth: int, reading: Reading) -> None:
        self._open[min(depth, DEEPEST - 1) :] = [reading]

    def _take_both(self, outer: Label, inner: Label) -> bool:
        """`(b) (ii)`: the outer number is the open one or the next, the inner one the next below it."""
        here = self._same(outer)
        if here is not None:
            below = self._open[here + 1] if here + 1 < len(self._open) else None
            for reading in inner.readings:
                if (below and (below.shape, below.value + 1) == (reading.shape, reading.value)) or (not below and reading.value == 1):
                    self._put(here + 1, reading)
                    return True
            return False
        place = self._continued(outer) or self._begun(outer)
        first = next((r for r in inner.readings if r.value == 1 and place and r.shape != place[1].shape), None)
        if place is None or first is None or place[0] + 1 >= DEEPEST:
            return False
        self._put(*place)
        self._put(place[0] + 1, first)
        return True

    def _same(self, label: Label) -> int | None:
        return next((depth for depth, open_ in enumerate(self._open) if label.value(open_.shape) == open_.value), None)

    def _place(self, label: Label, following: Label | None) -> tuple[int, Reading] | None:
        continued, begun = self._continued(label), self._begun(label)
        if continued and begun:
            row_begins = following is not None and following.value(begun[1].shape) == 2
            return begun if row_begins else continued
        return continued or begun or self._begun_again(label) or self._out_of_row(label)

    def _continued(self, label: Label) -> tuple[int, Reading] | None:
        for depth in reversed(range(len(self._open))):
            following = Reading(self._open[depth].shape, self._open[depth].value + 1)
            if following in label.readings:
                return depth, following
        return None

    def _begun(self, label: Label) -> tuple[int, Reading] | None:
        shapes = {reading.shape for reading in self._open}
        first = next((reading for reading in label.readings if reading.value == 1 and reading.shape not in shapes), None)
        return (len(self._open), first) if first and self._may_begin(label, first) else None

    def _may_begin(self, label: Label, first: Reading) -> bool:
        """A. and I. without brackets are rather initials than items."""
        return label.enclosed or first.shape in ("letter", "roman") or not label.printed.isascii()

    def _begun_again(self, label: Label) -> tuple[int, Reading] | None:
        for depth, last in enumerate(self._open):
            if label.value(last.shape) == 1:
                return depth, Reading(last.shape, 1)
        return None

    def _out_of_row(self, label: Label) -> tuple[int, Reading] | None:
        """A number between brackets that skips some: kept in its row, or in a new one, rather than lost."""
        if not label.enclosed:
            return None
        for depth in reversed(range(len(self._open))):
            row = [reading for reading in label.readings if reading.shape == self._open[depth].shape]
            if row:
                last = self._open[depth].value
                return depth, min(row, key=lambda reading: (reading.value <= last, reading.value))
        return len(self._open), label.readings[0]
