"""Which pairs are found, what counts how much, and what stands side by side."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.similarity import Piece, Work, compare
from autograder.similarity.compare import FEW, weight

SUM = """
def total(values):
    result = 0.0
    for value in values:
        if value is not None and value > result * 3:
            result += value ** 2 - values.mean() / len(values)
    return [result, values.shape, {"total": result}]
"""
SORT = """
def order(rows, key):
    while any(a[key] > b[key] for a, b in zip(rows, rows[1:])):
        at = next(i for i in range(len(rows) - 1) if rows[i][key] > rows[i + 1][key])
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return tuple(rows), not rows, lambda row: row.get(key) or -1
"""
STUB = """
import numpy as np
rng = np.random.default_rng(0)
A, b = rng.normal(size=(20, 3)), rng.normal(size=20)
print(A.shape, b.shape, np.linalg.norm(A.T @ b), A.min(axis=0), [float(x) for x in b[:3]])
"""


def work(name: str, *texts: str, members: tuple[str, ...] = (), earlier: bool = False) -> Work:
    return Work(name, members or (name,), tuple(Piece(f"p{n}", f"cell {n}", text) for n, text in enumerate(texts, 1)), earlier)


def pairs(*works: Work, given: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(p.one, p.other) for p in compare(works, [Piece("", "", text) for text in given]).pairs]


def test_a_copy_in_another_order_with_other_names_is_found_whole() -> None:
    copy = (SORT + SUM).replace("result", "r").replace("values", "xs").replace("rows", "data").replace("key", "k")
    (pair,) = compare([work("ann", SUM, SORT), work("ben", copy)], []).pairs
    assert pair.share_one == 1.0 and pair.share_other > 0.85  # in one cell there are runs across both functions


def test_a_share_is_of_each_ones_own_text() -> None:
    (pair,) = compare([work("ann", SUM), work("ben", SUM, SORT)], []).pairs
    assert pair.share_one == 1.0 and 0.3 < pair.share_other < 0.7
    assert {(p.work, p.part, p.share) for p in pair.parts} == {("ann", "p1", 1.0), ("ben", "p1", 1.0)}


def test_what_was_given_does_not_count() -> None:
    assert pairs(work("ann", STUB), work("ben", STUB), given=(STUB,)) == []
    (pair,) = compare([work("ann", STUB, SUM), work("ben", STUB, SUM)], [Piece("", "", STUB)]).pairs
    assert all(shown.title == "cell 2" for side in pair.sides for shown in side)


@pytest.mark.parametrize(
    "one, other, found",
    [
        (work("t1", SUM, members=("ann", "ben")), work("t2", SUM, members=("cat", "dan")), True),
        (work("t1", SUM, members=("ann", "ben")), work("t2", SUM, members=("ben", "cat")), False),
        (work("t1", SUM), work("old/t1", SUM, earlier=True), True),
        (work("t1", SUM, members=("ann",)), work("old/ann", SUM, members=("ann",), earlier=True), False),
        (work("old/a", SUM, earlier=True), work("older/b", SUM, earlier=True), False),
    ],
    ids=["strangers", "a common member", "an earlier term", "his own earlier work", "earlier terms among themselves"],
)
def test_who_is_compared_with_whom(one: Work, other: Work, found: bool) -> None:
    assert bool(pairs(one, other)) is found
    assert bool(pairs(other, one)) is found


def test_an_earlier_work_is_always_the_other_one() -> None:
    assert pairs(work("old/a", SUM, earlier=True), work("ben", SUM)) == [("ben", "old/a")]


def test_what_many_have_counts_less_and_what_a_quarter_has_not_at_all() -> None:
    everybody = [work(f"t{n:02}", SUM) for n in range(60)]
    assert pairs(*everybody) == []
    few = [work(f"t{n:02}", SUM) for n in range(4)] + [work(f"u{n}", f"x{n} = {n}") for n in range(56)]
    found = compare([*few, work("ann", SUM, SORT), work("ben", SUM, SORT)], []).pairs
    in_ring = next(p for p in found if (p.one, p.other) == ("t00", "t01"))
    assert in_ring.share == 1.0  # of a text of which everything is shared by the same ring
    with_ring = next(p for p in found if (p.one, p.other) == ("t00", "ann"))
    alone = compare([work("t00", SUM), work("ann", SUM, SORT)], []).pairs[0]
    assert with_ring.share_other < alone.share_other


def test_the_little_that_not_everybody_has_is_no_high_share() -> None:
    line = "z = [a.mean() for a in c]\n"
    everybody = [work(f"t{n:02}", SUM + SORT) for n in range(60)]
    found = compare([*everybody, work("ann", SUM + SORT + line), work("ben", SUM + SORT + line)], []).pairs
    assert found[0].share < 1.0 and not found[0].parts


def test_works_that_share_a_member_are_one_witness() -> None:
    moved = [work(f"t{n}", SUM, members=("ann", f"x{n}")) for n in range(9)]
    (pair, *_) = compare([*moved, work("ben", SUM)], []).pairs
    assert pair.share == 1.0 and "ben" in (pair.one, pair.other)


@given(st.integers(1, 300), st.integers(1, 300))
def test_a_fingerprint_weighs_less_the_more_have_it(having: int, of: int) -> None:
    assert 0 <= weight(having + 1, of) <= weight(having, of) <= 1
    assert weight(2, of) == 1 and weight(max(of, FEW) // 4 + 1, of) == 0


def test_a_single_problem_that_is_shared_stands_first_among_parts() -> None:
    other = SORT.replace("while", "if").replace(">", "<").replace("tuple", "list").replace("zip(rows, rows[1:])", "enumerate(rows)")
    long_one = [f"def f{n}(a):\n    return [a * {n} for a in range(a) if a % {n}] + [a ** {n}] * {n} - a.T @ a\n" * n for n in range(2, 6)]
    found = compare([work("ann", SUM, SORT, *long_one), work("ben", SUM, other), work("cat", other, *long_one[:1])], [])
    assert found.by_part()[0].parts[0].share == 1.0


def test_the_digest_names_what_is_shared() -> None:
    def digest(one: str, other: str) -> str:
        return compare([work("ann", one), work("ben", other)], []).pairs[0].digest

    assert digest(SUM, SUM) == digest(SUM + SORT, SUM.replace("value", "v"))
    assert digest(SUM, SUM) != digest(SUM + SORT, SUM + SORT)


def test_regions_are_the_same_on_both_sides_and_lose_no_letter() -> None:
    one, other = work("ann", SUM, SORT), work("ben", "import os\n" + SORT, "y = 1\n" + SUM.replace("result", "r"))
    (pair,) = compare([one, other], []).pairs
    assert pair.sides[0] and pair.sides[1]
    numbers = [{s.region for shown in side for s in shown.stretches if s.region} for side in pair.sides]
    assert numbers[0] == numbers[1] and numbers[0]
    for side, origin in zip(pair.sides, (one, other), strict=True):
        texts = {piece.title: piece.text for piece in origin.pieces}
        for shown in side:
            assert "".join(stretch.text for stretch in shown.stretches) == texts[shown.title]


def test_only_the_first_pairs_are_shown_side_by_side() -> None:
    works = [work(f"t{n}", SUM + f"x{n} = 1") for n in range(5)]
    found = compare(works, [], top=2).pairs
    assert [bool(pair.sides[0]) for pair in found] == [True, True] + [False] * 8


def test_less_than_a_few_lines_in_common_is_no_pair() -> None:
    assert pairs(work("ann", SUM, "z = [a @ b for a in c]"), work("ben", SORT, "z = [a @ b for a in c]")) == []


@pytest.mark.parametrize("text", ["x = x\n" * 15_000, "f(" * 40_000, SUM * 300], ids=["one line", "one sign", "one function"])
def test_texts_that_repeat_themselves_are_compared_in_a_moment(text: str) -> None:
    start = time.process_time()
    found = compare([work("ann", text), work("ben", text), work("cat", SUM)], [])
    assert time.process_time() - start < 10
    assert [pair.share for pair in found.pairs[:1]] == ([1.0] if text.startswith(SUM) else [])  # a line says nothing, however often


def test_a_very_long_work_is_compared_as_far_as_it_goes_and_named() -> None:
    found = compare([work("ann", SUM + "#" * 200_000), work("ben", SUM)], [])
    assert found.cut == ("ann",) and found.pairs[0].share == 1.0


def test_nothing_in_common_and_nothing_at_all() -> None:
    assert compare([], []).pairs == ()
    assert pairs(work("ann", SUM), work("ben", SORT), work("cat"), work("dan", "x = 1")) == []


sources = st.lists(st.sampled_from([SUM, SORT, STUB, "x = 1\n"]), max_size=3)


@given(st.lists(sources, min_size=2, max_size=5))
def test_shares_are_shares_whoever_comes_first(texts: list[list[str]]) -> None:
    works = [work(f"t{n}", *each) for n, each in enumerate(texts)]
    there = {frozenset((p.one, p.other)): {p.one: p.share_one, p.other: p.share_other} for p in compare(works, []).pairs}
    back = {frozenset((p.one, p.other)): {p.one: p.share_one, p.other: p.share_other} for p in compare(works[::-1], []).pairs}
    assert there == back
    assert all(0 < share <= 1 for each in there.values() for share in each.values())
