"""The page on security says what was measured, of the attacks that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks import stock
from tests.golden.cases import Case, golden, read_case, read_cases

CASES = read_cases(stock.HERE)


def test_the_table_is_that_of_the_cases() -> None:
    text = stock.PAGE.read_text(encoding="utf-8")
    assert stock.page(text, CASES) == text, "docs/security.md is stale. Run: python -m tests.attacks.stock --table"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_attack_says_what_it_tries_and_what_nbgrader_gave(case: Case) -> None:
    assert case.tries.endswith(".") and "|" not in case.tries
    assert case.stock, f"{case.name} was never measured. Run: python -m tests.attacks.stock {case.name}"


@pytest.mark.long
@pytest.mark.parametrize("name", ["runtime-ast-transformer", "stealing-source", "notebook-metadata-emptied"])
def test_what_was_measured_of_nbgrader_is_so_today(name: str, tmp_path: Path) -> None:
    case = read_case(stock.HERE / name)
    stock.make_course(tmp_path / "course", golden())
    assert stock.measure(case, tmp_path / "course", golden()) == case.stock


def test_a_score_of_nbgrader_is_told_with_what_is_missing() -> None:
    assert [stock._score(found) for found in ((12.0, 0), (0.0, 12), (8.0, 2), None)] == [
        "12", "no score", "8, 2 tests without a score", "not graded"]


def test_a_page_without_marks_is_not_touched() -> None:
    with pytest.raises(ValueError, match="no marks"):
        stock.page("# Security\n", CASES)


def test_a_result_is_written_once_and_above_the_tables(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text('tries = "x."\nfamily = "y"\nstock = "1"\n\n[deserves]\nsoftmax = 2\n')
    case = Case(tmp_path, "x.", "y", {}, {})
    stock.record(case, "12")
    assert (tmp_path / "case.toml").read_text() == 'tries = "x."\nfamily = "y"\nstock = "12"\n\n[deserves]\nsoftmax = 2\n'


def test_the_planted_word_counts_where_the_students_code_wrote_it(tmp_path: Path) -> None:
    for name, output, leaks in (
        ("softmax", {"output_type": "stream", "text": "kestrel"}, True),
        ("softmax-hidden", {"output_type": "stream", "text": "kestrel"}, True),
        ("softmax-hidden", {"output_type": "error", "traceback": ["kestrel"]}, False),
    ):
        path = tmp_path / "graded.ipynb"
        path.write_text(f'{{"cells": [{{"metadata": {{"nbgrader": {{"grade_id": "{name}"}}}}, "outputs": [{stock.json.dumps(output)}]}}]}}')
        assert stock._leaks(path) is leaks
    assert not stock._leaks(tmp_path / "missing.ipynb")
