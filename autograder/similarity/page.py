"""A comparison as the body of a page, as a file, and as plain values.

All that students wrote is text to the template, never markup. Pairs that somebody dismissed stand last and say who did and why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from autograder import sheet
from autograder.ledger import Dismissal
from autograder.similarity.compare import Comparison, Pair, Part, Shown, Stretch
from autograder.words import text

HERE = Path(__file__).parent / "templates"
NOTHING = Markup()


@dataclass(frozen=True)
class Listed:
    """A pair in its place, with the newest dismissal that holds for what it shares now."""

    number: int
    pair: Pair
    dismissal: Dismissal | None


def listed(comparison: Comparison, dismissals: Sequence[Dismissal] = ()) -> tuple[Listed, ...]:
    """The pairs by share, the dismissed ones last."""
    newest = {(one.one, one.other, one.digest): one for one in dismissals}

    def of(pair: Pair) -> Dismissal | None:
        first, second = sorted((pair.one, pair.other))
        return newest.get((first, second, pair.digest))

    found = sorted(((pair, of(pair)) for pair in comparison.pairs), key=lambda each: each[1] is not None)
    return tuple(Listed(number, pair, dismissal) for number, (pair, dismissal) in enumerate(found, start=1))


def body(
    comparison: Comparison,
    *,
    dismissals: Sequence[Dismissal] = (),
    names: Mapping[str, str] | None = None,
    token: Markup = NOTHING,
    top: int = 50,
    language: str = "en",
) -> Markup:
    """Two tables, then the pairs side by side: to be put into a page.

    names  what people are called, by user name
    token  what a form of the hub carries; with it each pair can be dismissed
    """
    everything = listed(comparison, dismissals)
    number = {(one.pair.one, one.pair.other, one.pair.earlier): one for one in everything}
    whole = everything[:top]
    by_part = [number[pair.one, pair.other, pair.earlier] for pair in comparison.by_part()[:top]]
    by_part.sort(key=lambda one: one.dismissal is not None)
    sides = sorted({one.number: one for one in (*whole, *by_part) if any(one.pair.sides)}.values(), key=lambda one: one.number)
    return Markup(
        sheet.template(HERE, "similarity.html", language).render(
            comparison=comparison, whole=whole, by_part=by_part, sides=sides, names=names or {}, token=token
        )
    )


def page(
    comparison: Comparison,
    *,
    title: str,
    made: datetime,
    dismissals: Sequence[Dismissal] = (),
    names: Mapping[str, str] | None = None,
    top: int = 50,
) -> str:
    """The report of one assignment as a file."""
    found = body(comparison, dismissals=dismissals, names=names, top=top)
    return sheet.page(text("{title}: similar submissions", title=title), [found], made=made)


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison in plain values."""
    return asdict(comparison)


def from_json(values: Mapping[str, Any]) -> Comparison:
    """What `as_json` wrote."""

    def shown(side: Sequence[Mapping[str, Any]]) -> tuple[Shown, ...]:
        return tuple(Shown(each["title"], tuple(Stretch(**one) for one in each["stretches"])) for each in side)

    pairs = tuple(
        Pair(
            **{**pair, "parts": tuple(Part(**part) for part in pair["parts"]), "sides": (shown(pair["sides"][0]), shown(pair["sides"][1]))}
        )
        for pair in values["pairs"]
    )
    members = {name: tuple(each) for name, each in values["members"].items()}
    return Comparison(values["works"], values["earlier"], values["alike"], pairs, members, tuple(values["cut"]))


def written(comparison: Comparison) -> str:
    """As JSON text."""
    return json.dumps(as_json(comparison), indent=1, ensure_ascii=True)
