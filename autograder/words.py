"""Sentences for people, said in the reader's language only when somebody reads them.

A `Text` is an English sentence with gaps, and what goes into the gaps; its English is the key under which locale/he.po and locale/ru.po
hold the same sentence. Whoever makes one writes `text("{points} of {possible} points", points=…, possible=…)` and knows no language;
whoever shows it calls `say(text, "he")`. `str(text)` is English. Texts may stand in the gaps of texts. What a person or a program named
(titles, user names, times) is put in as it is, and isolated in languages that are written from right to left, so that "team-00007"
keeps its order there. A plain number is not: it is at home in both directions, and its % sign has to stay with it.

The catalogues are gettext's own format, read and checked with Babel; `python -m tests.words.catalogues` takes in new sentences.
"""

from __future__ import annotations

import gettext
import io
import re
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "he": "עברית", "ru": "Русский"})
"""Each language by its own name."""
RIGHT_TO_LEFT = frozenset({"he"})
_ISOLATE, _END, _FROM_RIGHT = "\u2068", "\u2069", "\u200f"
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows, or end an isolation; nobody's name may reach beyond its own gap."""
_NUMBER = re.compile(r"≈?\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Text:
    """A sentence, or part of one, in no language yet."""

    template: str  # English, with gaps as in str.format: "{points} points"
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""  # English when `count` is not one
    count: int | None = None

    def __str__(self) -> str:
        return say(self, ENGLISH)


@dataclass(frozen=True)
class Listed:
    """Several texts in a row: "a, b and c", "a, b or c", or with a mark between them."""

    parts: Sequence[Text | str]
    between: str = ""  # "" is a list in a sentence, with a word before the last
    either: bool = False  # that word is "or", not "and"

    def __str__(self) -> str:
        return say(self, ENGLISH)


Sayable = Text | Listed | str


def text(template: str, /, **values: object) -> Text:
    """A sentence with these values in its gaps."""
    return Text(template, values)


def plural(one: str, many: str, count: int, /, **values: object) -> Text:
    """A sentence whose form depends on a number, which stands in the gap {count}."""
    return Text(one, {"count": count, **values}, many, count)


def say(said: Sayable, language: str, *, quote: Callable[[object], str] = str) -> str:
    """The sentence in a language; in English where a catalogue does not have it. A plain str is said as it is.

    `quote` makes safe what stands where the sentence goes, such as HTML: it gets the sentence with its gaps, and each value.
    """
    if isinstance(said, str):
        return quote(said)
    if isinstance(said, Listed):
        parts = [_Quoted(_value(part, language, quote)) for part in said.parts]
        if said.between or len(parts) < 2:
            return quote(said.between).join(parts)
        several = {"first": _Quoted(", ".join(parts[:-1])), "last": parts[-1]}
        row = text("{first} or {last}", **several) if said.either else text("{first} and {last}", **several)
        return say(row, language, quote=quote)
    catalogue = _catalogue(language)
    one, many, count = said.template, said.plural, said.count
    template = catalogue.gettext(one) if count is None else catalogue.ngettext(one, many, count)
    values = {name: _value(value, language, quote) for name, value in said.values.items()}
    return string.Formatter().vformat(str(quote(template)), (), values)


def line(said: Sayable, language: str) -> str:
    """The sentence as a line of plain text, in the direction of its language although it may begin with a name in other letters."""
    return f"{_FROM_RIGHT if language in RIGHT_TO_LEFT else ''}{say(said, language)}"


def preferred(accepted: str) -> str:
    """The best of our languages by an Accept-Language header: "he;q=0.9, en" is English."""
    best, best_weight = ENGLISH, 0.0
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";q=")
        language = name.partition("-")[0].lower()
        language = {"iw": "he"}.get(language, language)  # its old code, which some browsers still send
        try:
            value = float(weight) if weight else 1.0
        except ValueError:
            continue
        if language in LANGUAGES and value > best_weight:
            best, best_weight = language, value
    return best


class _Quoted(str):
    """What has been said already."""


def _value(value: object, language: str, quote: Callable[[object], str]) -> str:
    if isinstance(value, Text | Listed):
        return say(value, language, quote=quote)
    if isinstance(value, _Quoted):
        return value
    written = str(quote(value if hasattr(value, "__html__") else str(value).translate(_TURNS)))
    return f"{_ISOLATE}{written}{_END}" if written and language in RIGHT_TO_LEFT and not _NUMBER.fullmatch(written) else written


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # here, since a process that only grades says nothing in other languages
    from babel.messages.pofile import read_po

    with (files("autograder") / "locale" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
