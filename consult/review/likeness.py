"""Pure: which remarks say the same, so that one response can answer them all. Better one pair too few than one too many.

Word for word the same counts as the same wherever it stands, if it is long enough to mean something by itself; on one paragraph, whatever
its length. Nearly the same counts on one paragraph only: a few words may differ, but no number, no negation and no word that turns a
demand round, and the proposed wording must be the same. A remark is compared with the first of each group and not with its other
members, so that likeness does not wander from remark to remark. Candidates are found by a sketch: of the hashes of all stretches of four
words the smallest ones, of which remarks that are alike share some (bottom-k sketches; Broder 1997, “On the resemblance of documents”).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from zlib import crc32

from rapidfuzz import fuzz

from consult.drafts.tokens import words

ALONE = 10
"""Words (Chinese: signs) from which a remark means the same on any paragraph."""
SHORT, LONG = 12, 40
"""Words: below SHORT only the same words are the same; from LONG a few words may differ that are not variants of each other."""
STRETCH, SKETCH, COMMON = 4, 8, 24
"""Words in a stretch; hashes in a sketch; a hash that so many groups on one paragraph have says nothing about any of them."""
SIZES = 0.75
"""The shorter of two remarks has at least this share of the words of the longer."""
RATIO = 90
"""Letters in order, in per cent, that two remarks nearly the same have in common."""
SHARE = 0.04
"""Of a long remark, the share of words that may differ freely."""
VARIANT = 80
"""Letters in per cent that two spellings of one word have in common."""

_TURNING = (
    "not no never neither nor without cannot don't doesn't isn't shouldn't against "
    "except only delete remove retain keep maintain add insert before after more less "
    "increase decrease support oppose agree disagree shall should may must can will "
    "and or all any some first second ne n pas non sans jamais aucun aucune contre "
    "sauf seulement supprimer maintenir conserver ajouter avant après plus moins et "
    "ou tous tout no ni nunca sin ningún ninguna contra salvo solo sólo suprimir "
    "eliminar mantener conservar añadir agregar antes después más menos y o не нет ни "
    "без никогда против кроме только удалить исключить сохранить добавить до после "
    "больше меньше и или все لا لم لن ليس ليست غير بدون دون ضد إلا فقط حذف يحذف إبقاء "
    "إضافة قبل بعد أكثر أقل و أو جميع كل 不 没 沒 無 无 非 未 勿 莫 删 刪 除 留 保 加 增 减 減 前 后 後 或 "
    "和 仅 僅 应 應 可 须 須 必 反 同 多 少"
)
TURNING = frozenset(_TURNING.split())
_POLITE = (
    "please kindly the a an also we i would like suggest thank thanks you "
    "svp veuillez merci le la les un une nous aussi por favor gracias el los las una también пожалуйста просим спасибо мы также "
    "يرجى نرجو شكرا 请 請 谢 謝"
)
POLITE = frozenset(_POLITE.split())
_NUMBER = re.compile(r"\w*\d\w*")


@dataclass(frozen=True)
class Remark:
    """One remark to be likened. `place`: what it is about; `head`: the key of the remark it was joined to already, its own when it is to
    stand alone."""

    key: Hashable
    place: Hashable
    text: str
    proposed: str = ""
    head: Hashable = None


@dataclass
class _Print:
    """A remark as it is compared: its words in order, and its proposed wording."""

    words: tuple[str, ...]
    proposed: tuple[str, ...]

    @cached_property
    def line(self) -> str:
        """The words on one line."""
        return " ".join(self.words)

    @cached_property
    def bag(self) -> Counter:
        """The words, counted."""
        return Counter(self.words)

    @cached_property
    def numbers(self) -> list[str]:
        """The words with a digit in them, in order."""
        return [word for word in self.words if _NUMBER.fullmatch(word)]


def groups(remarks: Iterable[Remark]) -> dict[Hashable, Hashable]:
    """For each remark that says the same as an earlier one and was neither joined nor set alone by hand before, the key of that earlier
    one. The work grows with the number of remarks, not with its square."""
    remarks = list(remarks)
    finder = _Finder(remarks)
    joined = {each.head for each in remarks if each.head is not None and each.head != each.key}
    for each in sorted(remarks, key=lambda one: one.head is None and one.key not in joined):  # those joined already are found first
        if each.head is None:
            finder.meet(each, fixed=each.key in joined)
        elif each.head != each.key:
            finder.know(each)
    return finder.found


class _Finder:
    """Meets remarks one by one and says which earlier one each repeats."""

    def __init__(self, remarks: Sequence[Remark]) -> None:
        self.found: dict[Hashable, Hashable] = {}
        self._prints = {each.key: _print(each) for each in remarks}
        self._same: dict[Hashable, Hashable] = {}
        self._near: dict[tuple, list[Hashable]] = defaultdict(list)

    def know(self, one: Remark) -> None:
        """A remark that was joined before: whoever says the same word for word joins the same group."""
        for sign in self._signs(one):
            self._same.setdefault(sign, one.head)

    def meet(self, one: Remark, fixed: bool) -> None:
        """A new remark joins the first that says the same, or is the first of its kind. `fixed`: it leads a group and joins no other."""
        signs = self._signs(one)
        head = None if fixed else next((self._same[sign] for sign in signs if sign in self._same), None)
        sketch = [] if head is not None else _sketch(self._prints[one.key].words)
        if head is None and not fixed:
            head = self._nearly(one, sketch)
        if head is not None and head != one.key:
            self.found[one.key] = head
        for sign in signs:
            self._same.setdefault(sign, head or one.key)
        if head is None:
            for sign in sketch:
                if len(self._near[one.place, sign]) < COMMON:
                    self._near[one.place, sign].append(one.key)

    def _signs(self, one: Remark) -> list[Hashable]:
        """What two remarks that are word for word the same have in common: on one paragraph, and if long enough anywhere."""
        print = self._prints[one.key]
        sign = (print.words, print.proposed)
        if not print.words and not print.proposed:
            return []
        return [(one.place, sign), sign] if len(print.words) >= ALONE else [(one.place, sign)]

    def _nearly(self, one: Remark, sketch: list[int]) -> Hashable | None:
        """The first remark on the same paragraph that leads a group and says nearly the same."""
        mine, met = self._prints[one.key], {}
        for sign in sketch:
            leaders = self._near.get((one.place, sign), ())
            if len(leaders) < COMMON:
                met.update(dict.fromkeys(leaders))
        return next((key for key in met if _nearly_same(mine, self._prints[key])), None)


def _print(one: Remark) -> _Print:
    said = tuple(words(unicodedata.normalize("NFKC", one.text)))
    return _Print(said, tuple(words(unicodedata.normalize("NFKC", one.proposed))))


def _sketch(said: tuple[str, ...]) -> list[int]:
    """The smallest hashes of all stretches of words; none for a remark that is too short to be nearly the same as another."""
    if len(said) < SHORT:
        return []
    stretches = {crc32(" ".join(said[at : at + STRETCH]).encode()) for at in range(len(said) - STRETCH + 1)}
    return nsmallest(SKETCH, stretches)


def _nearly_same(one: _Print, other: _Print) -> bool:
    """Whether only words differ that do not change what is meant."""
    if one.proposed != other.proposed or not _sizes_alike(len(one.words), len(other.words)) or not _in_order(one, other):
        return False
    only_one, only_other = one.bag - other.bag, other.bag - one.bag
    differing = {*only_one, *only_other}
    if differing & TURNING or any(_NUMBER.fullmatch(word) or len(word) == 1 and not _han(word) for word in differing - POLITE):
        return False
    if one.numbers != other.numbers:
        return False
    free = _free(only_one, only_other)
    longest = max(len(one.words), len(other.words))
    return free <= (SHARE * longest if longest >= LONG else 0)


def _sizes_alike(one: int, other: int) -> bool:
    return min(one, other) >= SHORT and min(one, other) >= SIZES * max(one, other)


def _in_order(one: _Print, other: _Print) -> bool:
    return fuzz.ratio(one.line, other.line, score_cutoff=RATIO) > 0


def _free(only_one: Counter, only_other: Counter) -> int:
    """How many differing words are neither polite nor a spelling of a word on the other side."""
    left, right = ([word for word in side.elements() if word not in POLITE] for side in (only_one, only_other))
    for word in list(left):
        spelled = next((each for each in right if min(len(word), len(each)) >= 4 and fuzz.ratio(word, each) >= VARIANT), None)
        if spelled is not None:
            left.remove(word)
            right.remove(spelled)
    return max(len(left), len(right))


def _han(word: str) -> bool:
    return unicodedata.name(word, "").startswith("CJK")
