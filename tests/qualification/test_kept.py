"""A verification that was stopped goes on: what ended as it should is not tried again, until what it was tried with changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import jobs
from autograder.course import Folders
from autograder.execution.processes import SHOWN, code_version
from autograder.model import Status
from autograder.qualification import Trial, kept_trials, qualify, trials
from tests.qualification.conftest import Made

ONE = Trial("p1", "wrong/nearly", 3, ("double-hidden",), ("double-hidden",), 0.5, "Off.", "", (Status.OK, Status.WRONG), margins={"a": 2.0})
OTHER = replace(ONE, case="correct/added", failed=(), expected=(), statuses=(Status.OK,), solution="c0ffee")


def kept(path: Path, of: str = "version", *, again: bool = False, new: Sequence[Trial] = ()) -> tuple[Trial, ...]:
    with kept_trials(path, of, again=again) as (known, keep):
        keep(new)
    return known


def test_trials_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "verified" / "double.trials.jsonl"
    assert kept(path, new=[ONE]) == ()
    assert kept(path, new=[OTHER]) == (ONE,)
    assert kept(path) == (ONE, OTHER)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name] and path.stat().st_mode & 0o077 == 0


def test_trials_of_another_version_do_not_count(tmp_path: Path) -> None:
    kept(tmp_path / "file", new=[ONE])
    assert kept(tmp_path / "file", "another") == () == kept(tmp_path / "file")


def test_who_wants_all_anew_gets_it_from_then_on(tmp_path: Path) -> None:
    kept(tmp_path / "file", new=[ONE])
    assert kept(tmp_path / "file", again=True) == () == kept(tmp_path / "file")


def test_half_a_line_is_no_trial(tmp_path: Path) -> None:
    kept(tmp_path / "file", new=[ONE, OTHER])
    (tmp_path / "file").write_text((tmp_path / "file").read_text()[:-20])
    assert kept(tmp_path / "file", new=[OTHER]) == (ONE,)
    assert kept(tmp_path / "file") == (ONE, OTHER)


def test_only_what_is_new_surprising_or_slow_is_tried_again(make: Callable[..., Made], monkeypatch: pytest.MonkeyPatch) -> None:
    assignment, cases, stubs = make()
    first = qualify(assignment, cases, stubs, seeds=1, workers=1)
    assert first.ok
    tried: list[tuple[str, int]] = []
    try_one = trials._try
    monkeypatch.setattr(trials, "_try", lambda a, task, engine: (tried.append((task.case, task.seed)), try_one(a, task, engine))[1])

    def once_more(known: Sequence[Trial], changed: Made = (assignment, cases, stubs), seeds: int = 1) -> set[tuple[str, int]]:
        tried.clear()
        assert qualify(*changed, seeds=seeds, workers=1, known=known).ok
        return set(tried)

    assert once_more(first.trials, seeds=2) == {("reference", 1), ("correct/added", 1), ("correct/looped", 1)}
    surprising = [replace(t, failed=()) if t.case == "wrong/nearly" else t for t in first.trials]
    slow = [replace(t, seconds=6.0) for t in surprising]
    text = tuple(replace(c, source=c.source + "\n") if c.name == "correct/looped" else c for c in cases)
    assert once_more(slow, (assignment, text, stubs)) == {("wrong/nearly", 0), ("reference", 0), ("correct/looped", 0)}


def test_a_verification_that_was_stopped_goes_on(make: Callable[..., Made], tmp_path: Path) -> None:
    make()
    folders = Folders(tmp_path, tmp_path / "state")

    def stop(done: int, of: int, new: Sequence[Trial]) -> None:
        if done == 3:
            raise KeyboardInterrupt

    def left(**options: bool) -> int:
        heard: list[int] = []
        assert jobs.verify(folders, "double", seeds=1, workers=1, progress=lambda done, of, new: heard.append(of), **options).ok
        return max(heard, default=0)

    with pytest.raises(KeyboardInterrupt):
        jobs.verify(folders, "double", seeds=1, workers=1, progress=stop)
    assert not jobs.is_verified(folders, "double")
    rest = left()
    assert jobs.is_verified(folders, "double") and left(again=True) == rest + 3


def test_what_the_processes_see_decides_by_whom_a_trial_was_run(tmp_path: Path) -> None:
    package = Path(trials.__file__).parents[1]
    for name in (*SHOWN, "hub"):
        (shutil.copytree if (package / name).is_dir() else shutil.copy)(package / name, tmp_path / name)
    before = code_version(tmp_path)
    (tmp_path / "hub" / "pages.py").write_text("another = 1\n")
    assert before == code_version(tmp_path) == code_version()
    (tmp_path / "checks" / "basic.py").write_text("another = 1\n")
    assert code_version(tmp_path) != before
