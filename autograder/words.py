"""Sentences for people, said in the reader's language only when somebody reads them.

A `Text` is an English sentence with gaps, and what goes into the gaps; its English is the key under which locale/he.po and locale/ru.po
hold the same sentence. Whoever makes one writes `text("{points} of {possible} points", points=…, possible=…)` and knows no language;
whoever shows it calls `say(text, "he")`. `str(text)` is English. Texts may stand in the gaps of texts. What a person or a program named
(titles, user names, numbers, times) is put in as it is, and isolated in languages that are written from right to left, so that
"team-00007" and "3 of 10" keep their order there.

The catalogues are gettext's own format, read and checked with Babel; `python -m tests.words.catalogues` takes in new sentences.
"""

from __future__ import annotations

import gettext
import io
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "he": "עברית", "ru": "Русский"})
"""Each language by its own name."""
RIGHT_TO_LEFT = frozenset({"he"})
_ISOLATE, _END = "\u2068", "\u2069"


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
    """Several texts in a row: "a, b and c", or with a mark between them."""

    parts: Sequence[Text | str]
    between: str = ""  # "" is a list in a sentence, with "and" before the last

    def __str__(self) -> str:
        return say(self, ENGLISH)


Sayable = Text | Listed | str


def text(template: str, /, **values: object) -> Text:
    """A sentence with these values in its gaps."""
    return Text(template, values)


def plural(one: str, many: str, count: int, /, **values: object) -> Text:
    """A sentence whose form depends on a number, which stands in the gap {count}."""
    return Text(one, {"count": count, **values}, many, count)


def say(said: Sayable, language: str) -> str:
    """The sentence in a language; in English where a catalogue does not have it. A plain str is said as it is."""
    if isinstance(said, str):
        return said
    if isinstance(said, Listed):
        parts = [say(part, language) for part in said.parts]
        if said.between or len(parts) < 2:
            return said.between.join(parts)
        return say(text("{first} and {last}", first=_Plain(", ".join(parts[:-1])), last=_Plain(parts[-1])), language)
    catalogue = _catalogue(language)
    one, many, count = said.template, said.plural, said.count
    template = catalogue.gettext(one) if count is None else catalogue.ngettext(one, many, count)
    values = {name: _value(value, language) for name, value in said.values.items()}
    return string.Formatter().vformat(template, (), values)


class _Plain(str):
    """What has been said already."""


def _value(value: object, language: str) -> str:
    if isinstance(value, Text | Listed):
        return say(value, language)
    if isinstance(value, _Plain) or language not in RIGHT_TO_LEFT or not str(value):
        return str(value)
    return f"{_ISOLATE}{value}{_END}"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    with (files("autograder") / "locale" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
