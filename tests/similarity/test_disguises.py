"""What docs/tas.md says of how far a share can be trusted, held against the banks of the assignments."""

from __future__ import annotations

import pytest

from tests.similarity.disguises import copies, independent, quantiles


def test_independent_solutions_of_one_problem_share_little() -> None:
    values = list(independent())
    _, _, half, three_quarters, most = quantiles(values)
    assert len(values) > 400
    assert half < 0.1 and three_quarters < 0.2 and most < 0.6


@pytest.mark.parametrize(
    "disguise, least, half",
    [
        ("reformatted", 0.99, 1.0),
        ("renamed", 0.99, 1.0),
        ("constants", 0.99, 1.0),
        ("moved lines", 0.65, 0.95),
        ("all of these", 0.55, 0.8),
    ],
)
def test_a_copy_in_disguise_is_found(disguise: str, least: float, half: float) -> None:
    found = quantiles(list(copies(disguise)))
    assert found[0] >= least and found[2] >= half
