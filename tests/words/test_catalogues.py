"""Every sentence that the package says is there in every language, with the same gaps, in every form that the language has."""

from __future__ import annotations

import ast

import pytest
from babel.messages.catalog import Catalog

from autograder.words import ENGLISH, LANGUAGES, Text, say
from tests.words import catalogues


def test_every_language_but_english_has_a_catalogue() -> None:
    assert catalogues.languages() == sorted(set(LANGUAGES) - {ENGLISH})


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_sentence_is_translated(language: str) -> None:
    wanting = catalogues.untranslated(language)
    assert not wanting, "run python -m tests.words.catalogues and translate:\n" + "\n".join(wanting)


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_translation_has_the_gaps_of_the_english(language: str) -> None:
    assert not catalogues.wrong_gaps(language)


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_translation_can_be_said(language: str) -> None:
    for message in catalogues.sentences(catalogues.catalogue(language)):
        one, *more = catalogues.english(message)
        values = {name: "«value»" for english in (one, *more) for name in catalogues.gaps(english)}
        for count in (0, 1, 2, 3, 5, 11, 21, 22, 100) if more else (None,):
            said = say(Text(one, values | ({} if count is None else {"count": count}), "".join(more), count), language)
            assert said and "{" not in said


@pytest.mark.parametrize(("language", "numbers"), [
    ("he", {1: 0, 2: 1, 0: 2, 3: 2, 10: 2, 11: 2, 21: 2, 100: 2}),
    ("ru", {1: 0, 21: 0, 101: 0, 2: 1, 4: 1, 22: 1, 0: 2, 5: 2, 11: 2, 12: 2, 14: 2, 111: 2, 112: 2})])
def test_each_number_has_the_form_of_the_language(language: str, numbers: dict[int, int]) -> None:
    there = catalogues.catalogue(language)
    assert there.num_plurals == 3
    assert {count: catalogues.form(there, count) for count in numbers} == numbers


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_opens_with_its_glossary(language: str) -> None:
    assert "Glossary" in catalogues.catalogue(language).header_comment


def test_the_english_of_every_sentence_stands_where_it_is_said() -> None:
    # Otherwise nobody could translate it. What hands templates their "_" is a lambda, and the templates say the English.
    found = [f"{path.name}:{line}" for path, line, english in catalogues.calls() if not english]
    allowed = [f"{path.name}:{node.lineno}" for path in catalogues.PACKAGE.rglob("*.py")
               for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(outer, ast.Lambda)
               for node in ast.walk(outer.body) if isinstance(node, ast.Call)]
    assert not set(found) - set(allowed)


def test_an_update_keeps_translations_and_marks_what_was_reworded(tmp_path: object) -> None:
    there = Catalog(locale="ru")
    there.add("{count} points are left over here", "осталось {count}")
    there.add("gone for good", "ушло")
    now = Catalog()
    now.add("{count} points are left over there")
    there.update(now)
    kept = there["{count} points are left over there"]
    assert kept.fuzzy and kept.string == "осталось {count}"


def test_a_gap_that_is_missing_or_invented_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Catalog(locale="he")
    there._num_plurals, there._plural_expr = 3, "(n == 1) ? 0 : ((n == 2) ? 1 : 2)"
    there.add("{a} of {b}", "{a} בלבד")
    there.add("{a} more", "{c} ועוד {a}")
    there.add(("{count} day late", "{count} days late"), ("יום אחד", "יומיים", "ימים"))
    there.add(("{count} hour", "{count} hours"), ("שעה", "שעתיים", "{count} שעות"))
    monkeypatch.setattr(catalogues, "catalogue", lambda language: there)
    assert catalogues.wrong_gaps("he") == ["{a} בלבד", "{c} ועוד {a}", "ימים"]
