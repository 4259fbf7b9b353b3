"""The report: order, links between both sides, and that hostile text stays text."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from autograder.ledger import Dismissal
from autograder.similarity import Comparison, Piece, Work, as_json, compare, from_json, listed, page, written
from tests.similarity.test_compare import SORT, SUM

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOSTILE = "</pre><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7 * 7 }}"


def comparison(extra: str = "") -> Comparison:
    texts = {"ann": SUM + f"# {extra}", "ben": SUM + f"# {extra}", "cat": SUM + SORT, "dan": SORT}
    return compare([Work(name, (name,), (Piece("p1", extra or "p1", text),)) for name, text in texts.items()], [])


def dismissal(one: str, other: str, digest: str) -> Dismissal:
    return Dismissal("hw", one, other, digest, "Looked at.", "tina", NOW)


class Read(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.targets += [(given["href"] or "")[1:]] if (given.get("href") or "").startswith("#") else []
        assert not any(name.startswith("on") for name in given)


@pytest.mark.parametrize("extra", ["", HOSTILE])
def test_the_page_is_well_linked_and_holds_no_markup_of_students(extra: str) -> None:
    text = page(comparison(extra), title=f"Homework {extra}", made=NOW)
    read = Read(text)
    assert len(read.ids) == len(set(read.ids)) and set(read.targets) <= set(read.ids)
    assert "script" not in read.tags and "img" not in read.tags
    assert "7 * 7" in text if extra else True
    assert len([one for one in read.ids if one.startswith("pair-")]) == len([pair for pair in comparison(extra).pairs if pair.sides[0]])


def test_a_page_says_what_a_share_means_and_that_it_is_no_penalty() -> None:
    text = page(comparison(), title="Homework", made=NOW)
    for said in ("Nothing here changes a mark", "It does not say who had it first", "A low share does not mean that nothing was copied"):
        assert said in text


def test_pairs_are_sorted_and_dismissed_ones_sink_while_they_share_the_same() -> None:
    found = comparison()
    first = found.pairs[0]
    assert [one.pair for one in listed(found)] == list(found.pairs)
    sunk = listed(found, [dismissal(first.one, first.other, first.digest)])
    assert (sunk[-1].pair, sunk[-1].dismissal is not None) == (first, True)
    assert listed(found, [dismissal(first.one, first.other, "what they shared before")])[0].pair == first


def test_a_comparison_survives_json() -> None:
    found = comparison(HOSTILE)
    assert from_json(json.loads(written(found))) == found
    assert as_json(found)["pairs"][0]["one"] == found.pairs[0].one


def test_an_empty_comparison_says_so() -> None:
    assert "No two submissions have anything of weight in common" in page(compare([], []), title="Homework", made=NOW)
