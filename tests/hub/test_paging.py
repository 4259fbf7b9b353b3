"""Long tables come a page at a time, and what is looked for is found on whichever page it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.hub.paging import ROWS, Paged, paged

PEOPLE = tuple(f"Student {number:03}" for number in range(3 * ROWS + 7))


def look(find: str = "", number: str = "1") -> Paged[str]:
    return paged(PEOPLE, lambda name: (name,), find=find, number=number)


@pytest.mark.parametrize(
    ("number", "page", "first", "last"),
    [("1", 1, 1, ROWS), ("2", 2, ROWS + 1, 2 * ROWS), ("4", 4, 3 * ROWS + 1, len(PEOPLE))]
    + [(wrong, 1, 1, ROWS) for wrong in ("", "0", "-3", "x", "1.5", "²", "9" * 50)]
    + [("99", 4, 3 * ROWS + 1, len(PEOPLE))],
)
def test_a_number_leads_to_its_page_and_one_that_there_is_not_to_the_nearest(number: str, page: int, first: int, last: int) -> None:
    found = look(number=number)
    assert (found.number, found.first, found.last) == (page, first, last)


@pytest.mark.parametrize(("find", "rows"), [("student 07", 10), ("STUDENT  001", 1), ("nobody", 0), ("", len(PEOPLE))])
def test_what_is_looked_for_is_found_in_any_case_and_spacing(find: str, rows: int) -> None:
    found = look(find)
    assert (found.found, found.every) == (rows, len(PEOPLE)) and (found.first == 0) == (rows == 0)


def test_what_fits_on_one_page_has_nothing_to_leaf_through() -> None:
    assert not paged(PEOPLE[:ROWS], lambda name: (name,)).is_part and look("nobody").is_part


@given(st.integers(0, 5 * ROWS))
def test_the_pages_together_are_all_rows_once(count: int) -> None:
    rows = range(count)
    seen: list[int] = []
    for number in range(1, 7):
        found = paged(rows, lambda _: (), number=str(number))
        if found.number == number:
            seen += found.rows
    assert seen == list(rows)
