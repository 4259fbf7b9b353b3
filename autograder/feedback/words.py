"""Everything that a feedback page says by itself, in one place: to be proof-read, and to be translated.

A translation is one more `Words` in `CATALOGUES`; mypy and a test say when a sentence is missing. What authors and
checkers write (titles, statements, messages) is shown as they wrote it. A language without a catalogue is served in
English, in its own direction of writing.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "iw", "ur", "yi"})


@dataclass(frozen=True)
class Words:
    """The sentences; names in braces are filled in."""

    language: str = "en"
    feedback: str = "Feedback"
    skip: str = "Skip to the problems"
    team: str = "Team"
    members: str = "Members"
    submission: str = "Submission"
    submitted: str = "Submitted"
    score: str = "Score"
    of: str = "{points} of {possible} points"
    open_points: str = "{points} more points wait for a person"
    problems: str = "Problems"
    tests: str = "Tests"
    passed: str = "passed"
    failed: str = "failed"
    undecided: str = "undecided"
    undecided_means: str = "A person will look; it does not count against you."
    waiting: str = "not marked yet"
    waiting_means: str = "A person will mark this answer."
    marked: str = "marked"
    decided: str = "decided by a person"
    all_passed: str = "Everything that is tested here passed."
    look_here: str = "Look here first"
    comment: str = "Comment"
    statement: str = "The problem"
    your_code: str = "Your code"
    your_answer: str = "Your answer"
    empty: str = "This cell was empty or missing in your submission."
    unchanged: str = "You left this cell as it was given."
    not_shown: str = "This cell could not be read from your submission."
    cut: str = "The rest of this long cell is left out here; your submission holds all of it."
    explain: str = ("A test earns all of its points or none. Hidden tests use other numbers than the ones you see; "
                    "their inputs stay hidden, the rules are those of the problem.")


CATALOGUES: Mapping[str, Words] = {"en": Words()}


def words(language: str) -> Words:
    """The sentences in a language such as "he" or "en-GB"; English where there is no catalogue."""
    return CATALOGUES.get(_base(language), CATALOGUES["en"])


def direction(language: str) -> str:
    """"rtl" or "ltr"."""
    return "rtl" if _base(language) in RIGHT_TO_LEFT else "ltr"


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
