"""The reader of texts, and the guarantee of winnowing."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.similarity.winnowing import GUARANTEE, WINDOW, K, Token, code_tokens, fingerprints, word_tokens

FUNCTION = '''
def norm(x, p=2):
    """The p-norm."""
    total = 0.0            # a sum
    for entry in x.ravel():
        total += abs(entry) ** p
    return total ** (1 / p)
'''


def signs(text: str) -> list[str]:
    return [token.sign for token in code_tokens(text)]


@pytest.mark.parametrize(
    "other",
    [
        FUNCTION.replace("total", "s").replace("entry", "value").replace("norm", "length").replace(", p", ", q").replace("** p", "** q"),
        FUNCTION.replace("            # a sum", "").replace('    """The p-norm."""\n', ""),
        FUNCTION.replace("    ", "\t"),
        FUNCTION.replace("0.0", "1e-3").replace("=2", "=0x10"),
        FUNCTION.replace("total ** (1 / p)", "(total ** (1 / p))").replace("(1 / p)", "((1 / p))"),
        FUNCTION.replace("x.ravel()", "x.ravel(\n    )  # flat\n   "),
        FUNCTION.replace("total = 0.0  ", "total = 0.0;  "),
    ],
    ids=["names", "comments and docstring", "indentation", "numbers", "parentheses that group", "line breaks", "semicolon"],
)
def test_what_a_copy_can_change_freely_is_not_compared(other: str) -> None:
    assert other != FUNCTION and signs(other) == signs(FUNCTION)


@pytest.mark.parametrize(
    "one, other",
    [
        ("a + b", "a - b"),
        ("x.ravel()", "x.reshape()"),
        ("for x in y: pass", "while x in y: pass"),
        ("f(a)", "f[a]"),
        ("f(a)", "(f) , a"),
        ("a == b", "a = b"),
    ],
)
def test_what_makes_a_solution_another_one_is_compared(one: str, other: str) -> None:
    assert signs(one) != signs(other)


def test_attributes_that_the_work_names_itself_are_names_like_others() -> None:
    text = "class Net:\n def __init__(self):\n  self.weight: float = 1\n def run(self, x):\n  return self.weight * x.mean()\n"
    assert signs(text) == signs(text.replace("weight", "w").replace("run", "go"))
    assert "mean" in signs(text) and "weight" not in signs(text)


@pytest.mark.parametrize(
    "text",
    ["def f(:\n  '''never ends", "%timeit x\n!ls -la\n?help", "\x00\ud800 \u202e", "'" * 7, "1.e+", ")))(((", "\\", "é = 1; 変数 = é", ""],
)
def test_any_text_has_tokens_that_stand_where_they_say(text: str) -> None:
    for token in code_tokens(text):
        assert 0 <= token.start < token.end <= len(text)


@given(st.text(max_size=300))
def test_no_text_stops_the_reader(text: str) -> None:
    for read in (code_tokens, word_tokens):
        tokens = read(text)
        assert all(one.end <= after.start for one, after in pairwise(tokens))
        fingerprints(tokens)


@pytest.mark.parametrize(
    "text", ["'''" * 30_000, "(" * 90_000, "a." * 40_000, '"\\' * 40_000, "x=" * 40_000, "\\" * 90_000, "def " * 20_000]
)
def test_a_text_made_to_be_slow_is_read_in_a_moment(text: str) -> None:
    start = time.process_time()
    fingerprints(code_tokens(text))
    assert time.process_time() - start < 3


letters = st.lists(st.sampled_from("abcd"), max_size=60)


def tokens(word: list[str]) -> tuple[Token, ...]:
    return tuple(Token(letter, place, place + 1) for place, letter in enumerate(word))


def runs(word: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(word[at : at + length]) for at in range(len(word) - length + 1)}


@given(letters, letters, letters, letters, st.lists(st.sampled_from("abcd"), min_size=GUARANTEE, max_size=40))
@example([], [], [], [], ["a"] * GUARANTEE)
def test_every_shared_run_of_the_guaranteed_length_is_found(
    before: list[str], after: list[str], other_before: list[str], other_after: list[str], shared: list[str]
) -> None:
    one, other = before + shared + after, other_before + shared + other_after
    assert {f.hash for f in fingerprints(tokens(one))} & {f.hash for f in fingerprints(tokens(other))}


@given(letters, letters)
def test_nothing_shorter_than_k_is_found(one: list[str], other: list[str]) -> None:
    found = {f.hash for f in fingerprints(tokens(one))} & {f.hash for f in fingerprints(tokens(other))}
    if not runs(one, K) & runs(other, K):
        assert not found


@given(st.lists(st.sampled_from("abcd"), min_size=K, max_size=200))
def test_winnowing_keeps_one_of_every_window_and_no_more_than_it_must(word: list[str]) -> None:
    everything, kept = fingerprints(tokens(word), window=1), fingerprints(tokens(word))
    assert set(kept) <= set(everything)
    places = [-1, *(f.at for f in kept), len(everything)]
    assert all(later - earlier <= WINDOW for earlier, later in pairwise(places))


def test_a_text_of_k_tokens_has_one_fingerprint_and_a_shorter_one_none() -> None:
    assert len(fingerprints(tokens(["a"] * K))) == 1
    assert fingerprints(tokens(["a"] * (K - 1))) == ()
