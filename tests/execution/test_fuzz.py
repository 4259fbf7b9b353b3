"""Whatever a student's process sends ends as a value, as a refusal, or as the end of the conversation; a million frames are tried by
`python -m benchmarks.fuzz_wire`, some thousands here."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import fuzz_wire
from benchmarks.fuzz_wire import Broken, agreed, changed, frames, read, share

COUNT = 5000


def test_some_thousand_frames_are_read_or_refused() -> None:
    ends, slowest, grown = share(0, COUNT)
    assert sum(ends.values()) == COUNT and min(ends[name] for name in ("value", "Refused", "Gone", "exception")) > 20
    assert slowest < fuzz_wire.SECONDS and grown < fuzz_wire.MEMORY


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_any_frame_is_read_or_refused(rng: random.Random) -> None:
    assert read(0, rng) in ("value", "Refused", "Gone", "exception")


def test_a_frame_follows_from_its_number() -> None:
    told, _ = frames()
    assert changed(told[3], random.Random(7)) == changed(told[3], random.Random(7)) != changed(told[3], random.Random(8))


def fails(stream: object, rng: random.Random) -> str:
    raise ZeroDivisionError


def lies(stream: object, rng: random.Random) -> str:
    agreed([{1: type("F", (float,), {})(1)}])
    return "value"


@pytest.mark.parametrize("reader", [fails, lies])
def test_a_reader_that_misbehaves_is_found(reader: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_decoded", "_asked", "_reported"):
        monkeypatch.setattr(fuzz_wire, name, reader)
    with pytest.raises(Broken):
        read(0, random.Random(1))
