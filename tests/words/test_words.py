"""What is said in which language."""

from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from markupsafe import Markup, escape
from rich.cells import cell_len

from autograder.words import LANGUAGES, Listed, line, plural, say, text


def test_english_is_the_template_with_its_gaps_filled() -> None:
    assert str(text("{points} of {possible} points", points=3, possible=10)) == "3 of 10 points"


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (11, "11 days")])
def test_a_number_chooses_its_form(count: int, said: str) -> None:
    assert str(plural("{count} day", "{count} days", count)) == said


@pytest.mark.parametrize("parts, said", [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_a_list_is_said_as_people_do(parts: list[str], said: str) -> None:
    assert str(Listed(parts)) == said


def test_a_text_in_a_gap_is_said_in_the_same_language() -> None:
    assert str(text("late: {how}", how=plural("{count} day", "{count} days", 2))) == "late: 2 days"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_catalogue_has_is_said_in_english(language: str) -> None:
    assert say(text("no such sentence anywhere"), language) == "no such sentence anywhere"


def test_names_and_numbers_keep_their_order_in_hebrew() -> None:
    assert say(text("no such sentence about {who}", who="team-00007"), "he") == "no such sentence about \u2068team-00007\u2069"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_typed_is_never_taken_for_a_template(language: str) -> None:
    assert "{0.__class__}" in say(text("by {who}", who="{0.__class__}"), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_html_everything_is_escaped_but_markup_in_a_gap(language: str) -> None:
    said = say(text("<{a}> & {b}, {c}", a="<i>", b=Markup("<b>x</b>"), c=Listed(["<u>", "y"])), language, quote=escape)
    plain = said.replace("\u2068", "").replace("\u2069", "")
    assert plain.startswith("&lt;&lt;i&gt;&gt; &amp; <b>x</b>, &lt;u&gt;")


def test_a_list_of_which_one_is_enough_says_or() -> None:
    assert str(Listed(["a", "b", "c"], either=True)) == "a, b or c"


def test_the_names_of_a_list_keep_their_order_in_hebrew() -> None:
    assert say(Listed(["a", "b"], ", "), "he") == "\u2068a\u2069, \u2068b\u2069"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("turn", ["\u202e", "\u2069", "\u2067", "\u202b"])
def test_no_name_turns_the_direction_of_what_follows_it(language: str, turn: str) -> None:
    said = say(text("by {who}, again", who=f"da{turn}na"), language)
    assert "dana" in said and said.count("\u2068") == said.count("\u2069") and turn not in said.replace("\u2069", "", 1)


def test_a_line_in_hebrew_runs_from_right_to_left_though_it_begins_with_a_latin_name() -> None:
    # A terminal takes the direction from the first letter that stands in no isolate (rule P2 of Unicode's bidi algorithm).
    said = text("{about}: {what}", about="Final exam", what=text("nothing handed in"))
    assert say(said, "he").startswith("\u2068Final exam\u2069: ")
    outside = re.sub("\u2068[^\u2069]*\u2069", "", say(said, "he"))
    assert unicodedata.bidirectional(next(letter for letter in outside if letter.isalpha())) == "R"
    # dir="auto" of HTML does not know isolates: a line of plain text says its direction itself.
    assert unicodedata.bidirectional(line(said, "he")[0]) == "R" and line(said, "ru") == say(said, "ru")


def test_every_line_of_a_derivation_ends_what_it_isolates() -> None:
    listed = Listed([text("{name} {mark}", name="team-00007", mark="72.5"), text("{name} {mark}", name="x", mark="<8>")], ", ")
    sentence = text("{mark}, the mean of {marks}", mark="≈3.33", marks=listed)
    for quote in (str, escape):
        said = say(sentence, "he", quote=quote)
        depth = list(itertools.accumulate({"\u2068": 1, "\u2069": -1}.get(letter, 0) for letter in said))
        assert depth[-1] == 0 and set(depth) == {0, 1}


@pytest.mark.parametrize("number", ["15", "72.5", "≈25.71", "0"])
def test_a_plain_number_keeps_its_percent_sign_in_hebrew(number: str) -> None:
    # An isolated number would leave the sign outside, on the wrong side of it.
    assert f"{number}%" in say(text("{component} {weight} %", component="Exam", weight=number), "he")


@pytest.mark.parametrize("value", ["-1", "1-2", "3:10", "2027-01-10 23:59", "١٢", "1e3"])
def test_what_is_no_plain_number_is_isolated_in_hebrew(value: str) -> None:
    assert f"\u2068{value}\u2069" in say(text("{name} {mark}", name="x", mark=value), "he")


def test_what_isolates_takes_no_room_on_a_terminal() -> None:
    said = text("no such {sentence}", sentence="team-00007")
    assert cell_len(line(said, "he")) == len(str(said)) < len(line(said, "he"))
