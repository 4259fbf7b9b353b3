"""The arithmetic behind the rows, and what a run prints, writes and returns."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.bare import failures
from benchmarks.batches import batch
from benchmarks.otter import problem_file
from benchmarks.ours import family_cpu, family_memory
from benchmarks.parts import PARTS, Found, Wrong, check
from benchmarks.stock import each
from benchmarks.table import Row, line

NOW = datetime(2026, 1, 2, tzinfo=UTC)
FAST, SLOW = Row("x.ratio_y", 40.0, "ratio", "higher", "as it comes", bar=30), Row("x.seconds", 2.0, "s", "lower", bar=1.5)


@pytest.mark.parametrize(
    ("seconds", "start", "measured", "size", "said"),
    [(26.0, 2.0, 12, 60, 2.0 + 2.0 / 60), (26.0, 2.0, 12, 12, 26.0 / 12), (26.0, 0.0, 13, 60, 2.0)],
)
def test_the_start_of_a_command_is_spread_over_the_whole_batch(seconds: float, start: float, measured: int, size: int, said: float) -> None:
    assert each(seconds, start, measured, size) == pytest.approx(said)


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (FAST, True),
        (SLOW, False),
        (Row("x", 30.0, "ratio", "higher", bar=30), True),
        (Row("x", 1.5, "ratio", "lower", bar=1.5), True),
        (Row("x", None, "ratio", "higher", bar=30), None),
        (Row("x", 1.0, "s", "lower"), None),
    ],
)
def test_a_bar_is_met_in_the_direction_that_is_better(row: Row, met: bool | None) -> None:
    assert row.met is met
    assert ("MISSED" in line(row)) == (met is False)


def parts(*found: Row | Wrong) -> dict[str, object]:
    def first() -> Found:
        yield from found

    def second() -> Found:
        yield SLOW

    return {"first": first, "second": second}


def test_a_whole_run_writes_every_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], parts(FAST), tmp_path / "results.json", NOW) == 0
    written = json.loads((tmp_path / "results.json").read_text())
    assert [(row["name"], row["value"], row["unit"], row["better"]) for row in written] == [
        ("x.ratio_y", 40.0, "ratio", "higher"),
        ("x.seconds", 2.0, "s", "lower"),
    ]
    assert all(
        row["command"] == "make bench" and row["versions"]["python"] and row["date"] == "2026-01-02T00:00:00+00:00" for row in written
    )
    assert [printed.split()[0] for printed in capsys.readouterr().out.splitlines()] == ["what", "x.ratio_y", "x.seconds"]


def test_a_part_alone_writes_nothing(tmp_path: Path) -> None:
    assert main(["second"], parts(FAST), tmp_path / "results.json", NOW) == 0
    assert not (tmp_path / "results.json").exists()


def test_a_run_in_which_somebody_graded_wrongly_goes_on_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], parts(Wrong("the floor is wet"), FAST), tmp_path / "results.json", NOW) == 1
    assert not (tmp_path / "results.json").exists()
    shown = capsys.readouterr()
    assert "the floor is wet" in shown.err and "x.ratio_y" in shown.out


def test_an_unknown_part_is_named_with_those_that_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flor"], PARTS, tmp_path / "results.json", NOW) == 2
    assert "flor; there are engine, floor, " in capsys.readouterr().err


def test_a_wrong_score_is_told_with_its_reasons() -> None:
    few = batch("numpy").first(2)
    right = {work.submission.team: work.expected(few.assignment) for work in few.works}
    assert list(check("the engine", few, right)) == []
    (wrong,) = check("the engine", few, {}, ["team-00000 softmax-rows: no answer"])
    assert "2 of 2 scores are wrong" in wrong.said and "no answer" in wrong.said


def test_the_bare_cells_share_one_namespace_and_only_tests_count() -> None:
    cells = [("", "x = 1"), ("t1", "assert x == 1"), ("", "raise KeyError"), ("t2", "assert x == 2"), ("t3", "y = x")]
    assert failures(cells) == ["t2"]


def test_processor_time_of_children_that_have_ended_is_counted() -> None:
    burn = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    wrap = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}]); print('burnt', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", wrap], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdout.readline()
        assert 0.3 <= family_cpu(process.pid) < 3
        assert family_memory([process.pid])[process.pid] > 1
        process.stdin.close()
    assert family_memory([process.pid]) == {}


def test_a_test_cell_runs_unchanged_as_a_test_case_of_otter(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = []

    def test_case(name: str, points: float) -> object:
        return lambda function: cases.append((name, points, function))

    module = types.ModuleType("otter.test_files")
    module.test_case = test_case  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "otter.test_files", module)
    assignment = batch("numpy").assignment
    defined: dict[str, object] = {}
    exec(problem_file(assignment, assignment.problems[0]), defined)
    assert defined["name"] == "p1" and [(name, points) for name, points, _ in cases] == [("softmax-rows", 1), ("softmax-large", 1)]
    names: dict[str, object] = {}
    for cell in assignment.notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") in ("setup", "softmax"):
            exec(cell["source"], names)
    for _, _, function in cases:
        function(names)
    names["softmax"] = lambda Z: Z
    with pytest.raises(AssertionError):
        cases[0][2](names)
