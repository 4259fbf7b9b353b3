"""Which submissions of one assignment share more than the assignment makes them share.

Every *work* is a submission: its *pieces* are the cells that its students wrote, each belonging to a *part* (a problem, or their own
cells). Fingerprints of what was given are left out. One that many works have, counted once for all works that share a member, weighs
less the more there are, and nothing from a quarter of the works on: a short problem has few solutions. The *share* of a work in another is
the weight of its fingerprints that the other has too, over the weight of all of its own; whole, and for each of its parts.

Works of earlier terms are compared with those of this one and never among themselves; works that share a member never. An index from
fingerprints to works finds the pairs, so time goes with what is shared, not with the square of the class.

A share says that texts are alike. It does not say why, who had it first, or that anybody did anything wrong; nothing here, and nothing
that reads it, changes a mark.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum, log

from autograder.similarity import winnowing
from autograder.similarity.winnowing import Token

LONGEST = 100_000
"""Letters of a work that are compared."""
EVIDENCE = 8.0
"""Weight of fingerprints that says something: no share is of less, and no part is called alike that shares less."""
LEAST = 5
"""Shared fingerprints below which two works have nothing in common that is worth a line: some twenty tokens."""
COMMON = 4
"""What one in so many works has says nothing of two of them."""
FEW = 40
"""In a small class, works count as so many, so that what three of them share still says something."""
KEPT = 1000
"""Pairs that a comparison keeps besides those that it shows."""
PLACES = 16
"""Places of one run in the other work that are tried when a run is followed to its ends."""


@dataclass(frozen=True)
class Piece:
    """A cell, or a file, that students wrote."""

    part: str
    title: str
    text: str
    prose: bool = False


@dataclass(frozen=True)
class Work:
    """One submission, of this term or an earlier one."""

    name: str
    members: tuple[str, ...]
    pieces: tuple[Piece, ...]
    earlier: bool = False


@dataclass(frozen=True)
class Part:
    """How much of one part of a work the other work has, anywhere."""

    work: str
    part: str
    share: float
    shared: int  # fingerprints


@dataclass(frozen=True)
class Stretch:
    """Some text; what both works have carries the number of its region, the rest 0."""

    text: str
    region: int


@dataclass(frozen=True)
class Shown:
    """A piece of one work beside the other."""

    title: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Pair:
    """Two works that share something. `digest` names what they share: a later submission that shares the same keeps it."""

    one: str
    other: str
    share_one: float  # of `one` in `other`
    share_other: float
    shared: int  # fingerprints
    parts: tuple[Part, ...]  # the most alike first
    digest: str
    earlier: bool = False  # `other` is of an earlier term
    sides: tuple[tuple[Shown, ...], tuple[Shown, ...]] = ((), ())

    @property
    def share(self) -> float:
        """The larger of both."""
        return max(self.share_one, self.share_other)


@dataclass(frozen=True)
class Comparison:
    """All that was compared, and the pairs by share, the most alike first."""

    works: int
    earlier: int
    alike: int  # pairs that were found
    pairs: tuple[Pair, ...]  # the first of them
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of works of this term
    cut: tuple[str, ...] = ()  # works too long to be compared whole

    def by_part(self) -> tuple[Pair, ...]:
        """The pairs by their most alike part."""
        return tuple(sorted((pair for pair in self.pairs if pair.parts), key=lambda pair: (-pair.parts[0].share, -pair.parts[0].shared)))


@dataclass(frozen=True)
class _Read:
    """A work as it is compared: the hashes of each part."""

    work: Work
    parts: Mapping[str, frozenset[int]]
    hashes: frozenset[int]
    weight: float = 0.0


def compare(works: Sequence[Work], given: Iterable[Piece], *, top: int = 50) -> Comparison:
    """The pairs among `works`, of which the first `top` by share, and by their most alike part, carry their texts side by side."""
    known = _hashes(given, window=1)
    cut = tuple(work.name for work in works if sum(len(piece.text) for piece in work.pieces) > LONGEST)
    read = [_read(work, known) for work in works]
    index: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(read):
        for value in one.hashes:
            index[value].append(number)
    circle = _circles(works)
    weights = {value: weight(len({circle[n] for n in numbers}), len(set(circle))) for value, numbers in index.items()}
    read = [replace(one, weight=fsum(weights[value] for value in one.hashes)) for one in read]
    shared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for value, numbers in index.items():
        if weights[value] == 0:
            continue
        for place, first in enumerate(numbers):
            for second in numbers[place + 1 :]:
                shared[first, second].append(value)
    members = [frozenset(work.members) for work in works]
    pairs = [
        _pair(read[a], read[b], values, weights)
        for (a, b), values in shared.items()
        if not ((works[a].earlier and works[b].earlier) or members[a] & members[b]) and len(values) >= LEAST
    ]
    found = Comparison(
        works=sum(not work.earlier for work in works),
        earlier=sum(work.earlier for work in works),
        alike=len(pairs),
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.share, -pair.shared, pair.one, pair.other))),
        members={work.name: work.members for work in works if not work.earlier},
        cut=cut,
    )
    by_name = {(work.name, work.earlier): work for work in works}
    shown = {(pair.one, pair.other, pair.earlier) for pair in (*found.pairs[:top], *found.by_part()[:top])}
    kept = []
    for number, pair in enumerate(found.pairs):
        if (pair.one, pair.other, pair.earlier) in shown:
            kept.append(replace(pair, sides=side_by_side(by_name[pair.one, False], by_name[pair.other, pair.earlier], known)))
        elif number < KEPT:
            kept.append(pair)
    return replace(found, pairs=tuple(kept))


def weight(having: int, of: int) -> float:
    """What it says of two works that they share a fingerprint which so many works have: 1 when nobody else has it, 0 when a quarter has."""
    limit = max(FEW, of) / COMMON
    return min(1.0, max(0.0, 1 - log(having / 2) / log(limit / 2)))


def tokens(piece: Piece) -> tuple[Token, ...]:
    """What is compared of a piece."""
    return winnowing.word_tokens(piece.text) if piece.prose else winnowing.code_tokens(piece.text)


def _hashes(pieces: Iterable[Piece], *, window: int = winnowing.WINDOW) -> frozenset[int]:
    return frozenset(found.hash for piece in pieces for found in winnowing.fingerprints(tokens(piece), window=window))


def _read(work: Work, known: frozenset[int]) -> _Read:
    left = LONGEST
    parts: dict[str, frozenset[int]] = {}
    for piece in work.pieces:
        short = replace(piece, text=piece.text[:left])
        left -= len(short.text)
        parts[piece.part] = parts.get(piece.part, frozenset()) | _hashes([short]) - known
    return _Read(work, parts, frozenset().union(*parts.values()))


def _circles(works: Sequence[Work]) -> list[str]:
    """For each work a word that is the same for all works whose members are connected: they are not independent."""
    head: dict[str, str] = {}

    def top(name: str) -> str:
        while head.setdefault(name, name) != name:
            name = head[name]
        return name

    for number, work in enumerate(works):
        for member in work.members:
            head[top(f"member {member}")] = top(f"work {number}")
    return [top(f"work {number}") for number in range(len(works))]


def _pair(a: _Read, b: _Read, values: Sequence[int], weights: Mapping[int, float]) -> Pair:
    one, other = (b, a) if a.work.earlier else (a, b)
    both = frozenset(values)
    amount = fsum(weights[value] for value in both)
    parts = []
    for read in (one, other):
        for part, hashes in read.parts.items():
            here = fsum(weights[value] for value in hashes & both)
            if here >= EVIDENCE:
                parts.append(Part(read.work.name, part, here / fsum(weights[value] for value in hashes), len(hashes & both)))
    return Pair(
        one.work.name,
        other.work.name,
        amount / max(one.weight, EVIDENCE),
        amount / max(other.weight, EVIDENCE),
        len(both),
        tuple(sorted(parts, key=lambda part: (-part.share, -part.shared))),
        hashlib.sha256(b"".join(value.to_bytes(8, "big") for value in sorted(both))).hexdigest(),
        other.work.earlier,
    )


# ---------------------------------------------------------------- side by side


def side_by_side(one: Work, other: Work, known: frozenset[int] = frozenset()) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """The pieces of both works that have something in common; regions have the same number on both sides."""
    ours, theirs = [tokens(p) for p in _short(one)], [tokens(p) for p in _short(other)]
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, piece in enumerate(theirs):
        for found in winnowing.fingerprints(piece, window=1):
            if len(places[found.hash]) < PLACES:
                places[found.hash].append((number, found.at))
    left: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # piece -> (first token, tokens, region)
    right: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    taken = [[False] * len(piece) for piece in theirs]
    region = 0
    for number, piece in enumerate(ours):
        beyond = 0  # the first token that no region has yet
        for found in winnowing.fingerprints(piece, window=1):
            if found.at < beyond or found.hash in known:
                continue
            runs = [(_run(piece, found.at, theirs[n], at, taken[n]), n, at) for n, at in places[found.hash]] if found.hash in places else []
            length, n, at = max(runs, key=lambda run: run[0], default=(0, 0, 0))
            if length < winnowing.K:
                continue
            region += 1
            beyond = found.at + length
            taken[n][at : at + length] = [True] * length
            left[number].append((found.at, length, region))
            right[n].append((at, length, region))
    return _shown(_short(one), ours, left), _shown(_short(other), theirs, right)


def _short(work: Work) -> tuple[Piece, ...]:
    pieces, left = [], LONGEST
    for piece in work.pieces:
        pieces.append(replace(piece, text=piece.text[:left]))
        left -= len(pieces[-1].text)
    return tuple(pieces)


def _run(piece: Sequence[Token], here: int, other: Sequence[Token], there: int, taken: Sequence[bool]) -> int:
    """How many tokens from here on are the same there and in no region yet."""
    length = 0
    while (
        here + length < len(piece)
        and there + length < len(other)
        and not taken[there + length]
        and piece[here + length].sign == other[there + length].sign
    ):
        length += 1
    return length


def _shown(
    pieces: Sequence[Piece], read: Sequence[Sequence[Token]], regions: Mapping[int, list[tuple[int, int, int]]]
) -> tuple[Shown, ...]:
    shown = []
    for number, found in sorted(regions.items()):
        text, stretches, done = pieces[number].text, [], 0
        for first, length, region in sorted(found):
            start, end = read[number][first].start, read[number][first + length - 1].end
            stretches += [Stretch(text[done:start], 0), Stretch(text[start:end], region)]
            done = end
        stretches.append(Stretch(text[done:], 0))
        shown.append(Shown(pieces[number].title, tuple(s for s in stretches if s.text)))
    return tuple(shown)
