"""Fingerprints of Python text: short runs of tokens that stay the same when a copy is renamed, reformatted or moved.

The text is read as tokens without comments, docstrings, line breaks, indentation and parentheses that only group. Names, numbers and
strings become one sign each; keywords, operators and what stands after a dot in somebody else's library (`.reshape`) stay, since a
copy cannot change them freely. Each run of K tokens has a hash, and of every WINDOW hashes in a row the smallest is kept: winnowing
(Schleimer, Wilkerson, Aiken: Winnowing: local algorithms for document fingerprinting, SIGMOD 2003). So whatever two texts share in a
run of K + WINDOW - 1 tokens is found, wherever it stands in either, and nothing shorter than K is. Written answers are read as words in
the same way.

The reader takes any text: a notebook with a syntax error or a magic command still has tokens.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

K = 10
"""Tokens of a run; nothing shorter counts as shared."""
WINDOW = 4
"""Hashes in a row of which one is kept."""
GUARANTEE = K + WINDOW - 1
"""A shared run of so many tokens is always found."""

_TOKEN = re.compile(
    r"""
    (?P<skip> [\s;]+ | \\\n | \#[^\n]* )
  | (?P<string> [rbuf]{0,2} (?: \"{3} (?:[^\\]|\\.)*? (?:\"{3}|\Z) | '{3} (?:[^\\]|\\.)*? (?:'{3}|\Z)
                              | " (?:[^"\\\n]|\\.)* "? | ' (?:[^'\\\n]|\\.)* '? ) )
  | (?P<number> \.?\d (?:e[+-]|[\w.])* )
  | (?P<name> [^\W\d]\w* )
  | (?P<sign> \*\*=? | //=? | >>=? | <<=? | [-+*/%@&|^=<>!:]= | -> | . )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:def|class)\s+(\w+)|\.(\w+)\s*(?:=(?!=)|:[^=\n]{0,80}=)")
_WORD = re.compile(r"\w+")


class Token(NamedTuple):
    """A piece of a text as it is compared, and where it stands there."""

    sign: str
    start: int
    end: int


class Fingerprint(NamedTuple):
    """The hash of the K tokens from number `at` on."""

    hash: int
    at: int


def code_tokens(text: str) -> tuple[Token, ...]:
    """What is compared of Python text."""
    own = {name for found in _OWN.findall(text) for name in found if name}
    tokens: list[Token] = []
    calls: list[bool] = []  # of each open parenthesis: whether it is a call's, and not one that only groups
    before = ""
    for match in _TOKEN.finditer(text):
        kind, said = match.lastgroup, match[0]
        if kind == "skip" or (kind == "string" and _stands_alone(text, match.start(), match.end())):
            continue
        if kind == "name":
            sign = said if keyword.iskeyword(said) or (before == "." and said not in own) else "n"
        else:
            sign = {"string": "s", "number": "0"}.get(kind or "", said)
        if said == "(":
            calls.append(_can_be_called(before))
            kept = calls[-1]
        else:
            kept = said != ")" or (bool(calls) and calls.pop())
        if kept:
            tokens.append(Token(sign, match.start(), match.end()))
            before = sign
    return tuple(tokens)


def _can_be_called(sign: str) -> bool:
    return sign in (")", "]", "}") or (sign.isidentifier() and not keyword.iskeyword(sign))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a string has its lines to itself, as a docstring has."""
    before, after = text[max(start - 200, 0) : start], text[end : end + 200]
    return not before.rpartition("\n")[2].strip() and not after.partition("\n")[0].strip()


def word_tokens(text: str) -> tuple[Token, ...]:
    """What is compared of a written answer: its words."""
    return tuple(Token(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text))


def fingerprints(tokens: Sequence[Token], *, k: int = K, window: int = WINDOW) -> tuple[Fingerprint, ...]:
    """The fingerprints of a text, in order; with a window of 1 those of all its runs."""
    signs = [token.sign.encode("utf-8", "replace") for token in tokens]
    hashes = [_hash(signs[at : at + k]) for at in range(len(signs) - k + 1)]
    if len(hashes) <= window:
        window = max(len(hashes), 1)  # a short text keeps one
    kept: list[Fingerprint] = []
    for first in range(len(hashes) - window + 1):
        near = hashes[first : first + window]
        smallest = min(near)
        at = first + max(place for place, value in enumerate(near) if value == smallest)  # the rightmost: few in a text that repeats itself
        if not kept or kept[-1].at != at:
            kept.append(Fingerprint(smallest, at))
    return tuple(kept)


def _hash(signs: Sequence[bytes]) -> int:
    return int.from_bytes(blake2b(b"\0".join(signs), digest_size=8).digest(), "big")
