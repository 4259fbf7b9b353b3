"""How values look on a page: one template environment for each language, with the filters that say times, lengths and numbers.

In a template `_("… {gap} …", gap=value)` and `ngettext("{count} team", "{count} teams", n)` say a sentence in the reader's language, and
`text|said` says a `words.Text` that came from elsewhere. What goes into a gap is escaped unless it is markup already, so a name may be
put in as `who(person)`. The English sentence is the key of the catalogues, as for every other sentence (`autograder.words`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from babel.dates import format_datetime
from markupsafe import Markup, escape

from autograder.hub.desk import Desk
from autograder.ledger import AuditLine
from autograder.policy import show
from autograder.standing import explanation
from autograder.words import LANGUAGES, RIGHT_TO_LEFT, Listed, Sayable, Text, plural, say, text

HERE = Path(__file__).parent


def environments(desk: Desk, links: Mapping[str, str]) -> Mapping[str, jinja2.Environment]:
    """The templates with their filters, by language."""
    return {language: _environment(desk, links, language) for language in LANGUAGES}


def _environment(desk: Desk, links: Mapping[str, str], language: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    plain = cache(lambda template: said(text(template), language))  # a table says the same words in every row
    environment.globals |= {
        **links,
        "_": lambda template, /, **values: said(text(template, **values), language) if values else plain(template),
        "ngettext": lambda one, many, count, /, **values: said(plural(one, many, count, **values), language),
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "languages": LANGUAGES,
    }
    environment.filters |= {
        "said": lambda sayable: said(sayable, language),
        "when": lambda instant: when(instant, desk.course.zone, desk.clock(), language),
        "local_input": lambda instant: local_input(instant, desk.course.zone),
        "distance": lambda instant: say(distance(instant - desk.clock()), language),
        "span": lambda length: say(span(length), language),
        "points": points,
        "size": size,
        "exact": show,
        "explained": explanation,
        "receipt": lambda receipt: json.dumps(receipt, indent=1),
    }
    return environment


def said(sayable: Sayable, language: str) -> Markup:
    """The sentence as HTML: everything is escaped but markup that stands in a gap."""
    return Markup(say(sayable, language, quote=escape))


def when(instant: datetime, zone: tzinfo, now: datetime, language: str = "en") -> str:
    """A time as people say it: the year only when it is another one."""
    local = instant.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else " y"
    return _written(local.replace(second=0, microsecond=0, tzinfo=None), f"EEE d MMM{year} HH:mm", language)


@lru_cache(maxsize=1 << 12)
def _written(local: datetime, form: str, language: str) -> str:
    """Many rows of a table hold the same minute, and this is the slowest thing in them."""
    return format_datetime(local, form, locale=language)


def local_input(instant: datetime, zone: tzinfo) -> str:
    """A time as a form field holds it."""
    return f"{instant.astimezone(zone):%Y-%m-%dT%H:%M}"


def distance(left: timedelta) -> Text:
    """How far from now."""
    return text("in {span}", span=span(left)) if left >= timedelta() else text("{span} ago", span=span(-left))


def span(length: timedelta) -> Text | Listed:
    """The two largest units: 2 d 4 h, 3 h 5 min, 12 min, less than a minute."""
    minutes = int(length.total_seconds() // 60)
    units = (
        (minutes // 1440, text("{number} d", number=minutes // 1440)),
        (minutes // 60 % 24, text("{number} h", number=minutes // 60 % 24)),
        (minutes % 60, text("{number} min", number=minutes % 60)),
    )
    first = next((place for place, (number, _) in enumerate(units) if number), None)
    if first is None:
        return text("less than a minute")
    return Listed([unit for number, unit in units[first : first + 2] if number], " ")


def points(value: float) -> str:
    """Points as people write them: 3, 3.5, 0.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB" if count >= 1e3 else f"{count} B"


def holding(words: str) -> Callable[[AuditLine], bool] | None:
    """Whether a line of the audit holds all of these words, whatever their case; None when there are none."""
    wanted = words.lower().split()

    def holds(line: AuditLine) -> bool:
        said = f"{line.actor} {line.action} {told(line.data)}".lower()
        return all(word in said for word in wanted)

    return holds if wanted else None


def told(data: Mapping[str, Any]) -> str:
    """The data of an audit line on one line, without what stands in the line anyway."""
    row = data.get("row", data)
    return " · ".join(f"{name} {value}" for name, value in sorted(row.items()) if name not in ("actor", "at") and value not in (None, ""))
