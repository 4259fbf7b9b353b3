"""The automatic line: what the requirements say of a right project, of many wrong ones, and of bytes that are no project at all.

Every case of projects/scaffold/bank is really run, confined. A wrong case is the right one `rings` with its edits, and names exactly
the requirements that it fails.
"""

from __future__ import annotations

import filecmp
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.execution.processes import Branch, Warm
from autograder.execution.programs import ProgramRun, run_program
from autograder.ledger import Ledger
from autograder.model import AssignmentError, Limits, MachineryError
from autograder.projects import Project, Report, read_report
from autograder.reproduction import POINTS, Scaffold, check_all, examine, load_scaffold, runner, to_check
from autograder.words import say
from tests.ledger.conftest import Clock
from tests.projects.conftest import DAY, START

FOLDER = Path(__file__).parents[2] / "projects" / "scaffold"
BANK = FOLDER / "bank"
RIGHT = sorted(path.name for path in (BANK / "correct").iterdir())
WRONG = sorted(path.stem for path in (BANK / "wrong").glob("*.toml"))
SECONDS = 4.0
"""Of processor time in these tests; the right ones take one."""


def right(name: str = "rings") -> dict[str, bytes]:
    folder = BANK / "correct" / name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts}


def wrong(name: str, scaffold: Scaffold) -> tuple[dict[str, bytes], set[str]]:
    """What a wrong case hands in, and what it fails."""
    case = tomllib.loads((BANK / "wrong" / f"{name}.toml").read_text(encoding="utf-8"))
    files = right() | {name: scaffold.release[name] for name in case.get("released", ())}
    for edit in case.get("edit", ()):
        before = files[edit["file"]].decode()
        assert before.count(edit["old"]) == 1, f"{name}: {edit['old']!r} is not there once"
        files[edit["file"]] = before.replace(edit["old"], edit["new"]).encode()
    files |= {name: content.encode() for name, content in case.get("files", {}).items()}
    return {name: content for name, content in files.items() if name not in case.get("without", ())}, set(case["fails"])


@pytest.fixture(scope="session")
def scaffold() -> Scaffold:
    return load_scaffold(FOLDER)


@pytest.fixture(scope="session")
def branch(need: Callable[[str], Path]) -> Iterator[Branch]:
    need("bubblewrap")
    with Warm(slot=40) as warm:
        one = Branch(warm)
        yield one
        one.close()


@pytest.fixture(scope="session")
def run(branch: Branch) -> Callable[[Mapping[str, bytes]], ProgramRun]:
    return runner(branch, seconds=SECONDS)


def failed(report: Report) -> set[str]:
    return {finding.id for finding in report.findings if not finding.met}


def told(report: Report) -> str:
    return "\n".join(f"{f.id}: {f.said}" for f in report.findings)


# ── the bank ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", RIGHT)
def test_a_right_project_meets_everything(name: str, scaffold: Scaffold, run: Callable[..., ProgramRun]) -> None:
    report = examine(right(name), scaffold, run, seconds=SECONDS)
    assert not failed(report), told(report)
    assert report.points == 15
    assert all(0.8 < accuracy < 1 for accuracy in report.test.values()) and len(report.test) >= 2


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_project_fails_what_its_case_names(name: str, scaffold: Scaffold, run: Callable[..., ProgramRun]) -> None:
    files, fails = wrong(name, scaffold)
    report = examine(files, scaffold, run, seconds=SECONDS)
    assert failed(report) == fails, told(report)
    assert report.points == sum(points for name, points in POINTS.items() if name not in fails)


def test_the_bank_shows_each_requirement_to_fail(scaffold: Scaffold) -> None:
    assert {one for name in WRONG for one in wrong(name, scaffold)[1]} == set(POINTS)
    assert len(WRONG) >= 8


def test_the_page_for_students_tells_all_requirements_with_their_points(scaffold: Scaffold) -> None:
    page = scaffold.release["README.md"].decode()
    assert [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")] == list(POINTS)
    assert [int(line.split("|")[2]) for line in page.splitlines() if line.startswith("| `")] == list(POINTS.values())


def test_the_data_is_what_its_program_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "generate.py", "20261121", tmp_path], check=True)
    for name in ("release/data/train.csv", "release/data/test.csv", "release/data/split.json", "tester/test.csv", "tester/labels.csv"):
        assert filecmp.cmp(tmp_path / name, FOLDER / name, shallow=False), name


def test_no_label_of_a_test_part_is_in_what_students_get(scaffold: Scaffold) -> None:
    assert not set(scaffold.labels) & set(scaffold.known)
    assert not set(scaffold.unseen_ids) & set(scaffold.split["test"])
    assert b"label" not in scaffold.release["data/test.csv"]
    assert not any(name.encode() in content for name in scaffold.unseen_ids for content in scaffold.release.values())


# ── what is handed in is hostile ──────────────────────────────────────────────────────────────────────────────────────
HONEST = ProgramRun(0, False, False, 1.0, "", {}, ())


@pytest.mark.parametrize("metrics", [
    b"", b"[]", b"null", b'{"split": 1, "runs": 5}', b"[" * 100_000,
    b'{"split": "", "runs": [{"seed": true, "accuracy": 1, "predictions": ""}]}',
    b'{"split": "", "runs": [{"seed": 1, "accuracy": NaN, "predictions": ""}]}', b'{"split": "", "runs": []}', b"9" * 5000,
    b'{"split": "", "runs": [{"seed": 1, "accuracy": 1e999, "predictions": "x"}]}', b"\xff\xfe", b'{"a": 1}' * 300_000,
    json.dumps({"split": "", "runs": [{"seed": n, "accuracy": 1, "predictions": "p"} for n in range(10_000)]}).encode(),
])
def test_metrics_that_are_none_are_a_sentence_and_no_crash(metrics: bytes, scaffold: Scaffold) -> None:
    report = examine(right() | {"metrics.json": metrics}, scaffold, lambda files: HONEST)
    assert {"split", "seeds", "metrics"} <= failed(report)
    assert "form" in told(report)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["metrics.json", "predictions/seed-0.csv", "README.md", "LICENSE", "run.py"]),
                       st.binary(max_size=300)),
       st.binary(max_size=200))
def test_any_bytes_are_judged_and_the_report_survives_the_book(files: dict[str, bytes], printed: bytes) -> None:
    scaffold = load_scaffold(FOLDER)
    ran = ProgramRun(1, False, False, 1.0, printed.decode("latin-1"), files, ("a\nb",))
    report = examine(files, scaffold, lambda given: ran)
    assert read_report(report.as_json()) == report
    for finding in report.findings:
        assert all(say(finding.said, language) for language in ("en", "he", "ru"))
        assert str(finding.said).isprintable()


def test_what_a_program_prints_is_shown_short_and_printable(scaffold: Scaffold) -> None:
    ran = ProgramRun(1, False, False, 1.0, "\x1b[31m" + "x" * 5000, {}, ())
    said = str(next(f.said for f in examine(right(), scaffold, lambda files: ran).findings if f.id == "smoke"))
    assert "\x1b" not in said and len(said) < 500


def test_our_own_failure_costs_nothing_and_is_raised(scaffold: Scaffold) -> None:
    def broken(files: Mapping[str, bytes]) -> ProgramRun:
        raise MachineryError("no process")
    with pytest.raises(MachineryError):
        examine(right(), scaffold, broken)


TRICKS = {
    "kills the first process": "import os; os.kill(1, 9); print('still here')",
    "reads what the first process holds": "import os; os.listdir('/proc/1/fd')",
    "leaves something running": "import subprocess; subprocess.Popen(['sleep', '1000'])",
    "forks without end": "import os\nwhile True: os.fork()",
    "fills the disk": "import os\nfor n in range(50):\n open(f'{n}', 'wb').write(b'x' * 2**24)",
    "prints without end": "while True: print('x' * 10**5)",
    "makes a link to what is read": "import os; os.symlink('/etc/passwd', 'metrics.json'); os.symlink('/etc', 'predictions')",
    "makes a pipe of what is read": "import os; os.mkfifo('metrics.json')",
    "hides what is read": "import os; open('metrics.json', 'w').close(); os.chmod('metrics.json', 0)",
    "waits": "import time; time.sleep(1000)",
    "ends by a signal": "import os; os.kill(os.getpid(), 11)",
}


@pytest.mark.parametrize("code", TRICKS.values(), ids=list(TRICKS))
def test_a_trick_ends_with_a_word_and_brings_nothing_back(code: str, branch: Branch) -> None:
    limits = Limits(cpu=2, wall=4, processes=32)
    ran = run_program(branch, ("run.py",), {"run.py": code.encode()}, wanted=("metrics.json", "predictions/*"), limits=limits)
    assert ran.files == {}
    again = run_program(branch, ("run.py",), {"run.py": b"print(1 + 1)"}, wanted=(), limits=limits)
    assert (again.code, again.printed) == (0, "2\n")


# ── in the book ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_what_counts_is_run_once_and_its_points_are_the_automatic_line(book: Ledger, project: Project, clock: Clock, scaffold: Scaffold,
                                                                      need: Callable[[str], Path]) -> None:
    need("bubblewrap")
    book.projects.hand_in("calc", project, "proposal", "ann", {"proposal.pdf": b"%PDF"})
    book.projects.decide("calc", project, "proposal", "team-00001", True, actor="tina")
    flat = {name: content for name, content in right().items() if "/" not in name and name != "LICENSE"}
    book.projects.hand_in("calc", project, "final", "ann", flat)
    waiting = to_check(book, "calc", project, scaffold)
    ((line, report),) = check_all(book, "calc", project, scaffold, waiting, actor="autograder")
    assert failed(report) == {"licence", "metrics"}                     # this project's stage takes neither predictions nor a LICENSE
    assert report.points == Fraction(11) == book.projects.lines("calc", "project")[-1].points
    assert to_check(book, "calc", project, scaffold) == ()
    assert to_check(book, "calc", project, scaffold, force=True) == (line,)
    clock.now = START + 41 * DAY + timedelta(hours=1)
    book.projects.mark("calc", project, "team-00001", "method", Fraction(60), actor="tina")
    book.projects.mark("calc", project, "team-00001", "talk", Fraction(25), member="ann", actor="tina")
    assert book.projects.marks("calc", project, clock.now)["ann"].percent == 96


@pytest.mark.parametrize("damage", [
    {"release/data/split.json": b"{}"}, {"release/data/train.csv": b"x"}, {"tester/labels.csv": b"id,label\n"},
    {"tester/test.csv": b"id\nunknown\n"}, {"release/data/test.csv": None},
], ids=["no split", "no table", "no labels", "unknown ids", "no test part"])
def test_a_scaffold_that_does_not_fit_together_is_told_to_its_author(damage: dict[str, bytes | None], tmp_path: Path) -> None:
    for name, content in ({path.relative_to(FOLDER).as_posix(): path.read_bytes() for part in ("release", "tester")
                           for path in (FOLDER / part).rglob("*") if path.is_file()} | damage).items():
        if content is not None:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    with pytest.raises(AssignmentError, match="does not fit together"):
        load_scaffold(tmp_path)
