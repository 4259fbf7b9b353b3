"""The automatic line of a project's rubric: does what was handed in say what it did, and does it run again?

What students start from and what the tester has lies in projects/<name>/: `release/` is theirs, `tester/` never is. `examine` answers
with one `Finding` for each of eight requirements, each with its points and a sentence; release/README.md tells students all of them. What
was handed in is read as data; one thing is run, `run.py --smoke`, in the engine's confined process, with test points that nobody has
seen. Their labels are used here alone and never enter that process, so a program that looks answers up finds none, and whatever it says
can only cost its own points.

Reproducibility checklists of conferences ask authors whether they reported seeds, splits and variance; PapersWithCode and CodaLab run
what was handed in, against labels that stay outside. This does both, for as much as a minute's run can show.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import statistics
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.execution.processes import Branch, Warm
from autograder.execution.programs import ProgramRun, run_program
from autograder.ledger import Ledger, pack
from autograder.model import AssignmentError, Limits
from autograder.projects import Did, Finding, Line, Project, Report, about, counting, read_report
from autograder.words import Text, text

POINTS: Mapping[str, int] = {"readme": 1, "licence": 1, "split": 2, "seeds": 2, "metrics": 3, "smoke": 3, "unseen": 2, "inside": 1}
"""The requirements, in the order in which they are told, each with its share of the line's points."""
SECONDS = 60.0
"""Of processor time for the smoke run."""
WORDS, LICENCE_WORDS = 100, 10
TOLERANCE = 0.0005
"""By how much a reported number may differ from the saved predictions: three decimals are enough."""
LICENCES = ("LICENSE", "LICENCE", "COPYING")
WRITTEN = ("metrics.json", "predictions/*.csv")
"""What a run writes, and what is taken out before it is run again."""
DATA = ("data/train.csv", "data/test.csv", "data/split.json")
MAX_TABLE, MAX_RUNS = 2_000_000, 50
"""Bytes of one table of predictions, or of metrics.json; runs that it may report."""


# ── what the tester has ───────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Scaffold:
    """What students start from, and what only the tester has."""

    release: Mapping[str, bytes]
    unseen: bytes  # a second data/test.csv
    labels: Mapping[str, str]  # of both test parts
    known: Mapping[str, str]  # of train.csv
    split: Mapping[str, tuple[str, ...]]

    @property
    def version(self) -> str:
        """Changes with whatever a verdict depends on."""
        told = hashlib.sha256(b"reproduction 1")
        for name in sorted(self.release):
            told.update(name.encode() + b"\0" + hashlib.sha256(self.release[name]).digest())
        told.update(self.unseen + json.dumps(self.labels, sort_keys=True).encode())
        return told.hexdigest()[:12]

    @property
    def unseen_ids(self) -> tuple[str, ...]:
        """Of the second test part."""
        return tuple(_table(self.unseen, "id"))


def load_scaffold(folder: Path) -> Scaffold:
    """Read projects/<name>/. AssignmentError says what is missing or does not fit together."""
    if not (folder / "release").is_dir() or not (folder / "tester").is_dir():
        raise AssignmentError("a scaffold has a folder release/ for students and tester/ for what they never get", file=str(folder))
    release = {path.relative_to(folder / "release").as_posix(): path.read_bytes() for path in sorted((folder / "release").rglob("*"))
               if path.is_file() and "__pycache__" not in path.parts}
    try:
        if missing := [name for name in DATA if name not in release]:
            raise ValueError(f"release/ lacks {', '.join(missing)}")
        split = {part: tuple(map(str, ids)) for part, ids in json.loads(release["data/split.json"]).items()}
        known, unseen = _table(release["data/train.csv"], "id", "label"), (folder / "tester" / "test.csv").read_bytes()
        labels = _table((folder / "tester" / "labels.csv").read_bytes(), "id", "label")
        wanted = {"train": set(known), "validation": set(known), "test": set(labels)}
        for part, ids in wanted.items():
            if part not in split or not set(split[part]) <= ids:
                raise ValueError(f"data/split.json: the ids of {part} are not those that have labels")
        if not set(_table(unseen, "id")) <= set(labels):
            raise ValueError("tester/labels.csv lacks labels of tester/test.csv")
    except (OSError, ValueError, AttributeError, TypeError) as problem:
        raise AssignmentError(f"the scaffold does not fit together: {problem}", file=str(folder)) from None
    return Scaffold(release, unseen, labels, known, split)


# ── what was handed in, as data ───────────────────────────────────────────────────────────────────────────────────────
class _Wrong(Exception):
    """Something that was handed in is not what it should be."""

    def __init__(self, said: Text) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(frozen=True)
class _Run:
    seed: int
    accuracy: float
    name: str  # of its table of predictions


@dataclass(frozen=True)
class _Claims:
    """What metrics.json says."""

    split: str
    runs: tuple[_Run, ...]
    mean: float | None
    deviation: float | None


def _claims(files: Mapping[str, bytes]) -> _Claims:
    if "metrics.json" not in files:
        raise _Wrong(text("There is no metrics.json. Run `python run.py` and hand in what it writes."))
    form = text("metrics.json does not have the form that README.md of the scaffold shows.")
    if len(files["metrics.json"]) > MAX_TABLE:
        raise _Wrong(form)
    try:
        told = json.loads(files["metrics.json"])
        runs = tuple(_Run(_whole(run["seed"]), _finite(run["accuracy"]), str(run["predictions"])) for run in told["runs"])
        if not 1 <= len(runs) <= MAX_RUNS:
            raise ValueError
        mean, deviation = (None if told.get(name) is None else _finite(told[name]) for name in ("mean", "deviation"))
        return _Claims(str(told["split"]), runs, mean, deviation)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _Wrong(form) from None


def _whole(value: Any) -> int:
    if type(value) is not int or abs(value) > 2**63:
        raise TypeError
    return value


def _finite(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _table(content: bytes, key: str, column: str | None = None) -> dict[str, str]:
    """Two columns of a CSV, or one with itself. ValueError for what is none."""
    if len(content) > MAX_TABLE:
        raise ValueError("it is too large")
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        if not {key, column or key} <= set(rows.fieldnames or ()):
            raise ValueError(f"it has no column {column or key}")
        found: dict[str, str] = {}
        for row in rows:
            if row[key] in found:
                raise ValueError(f"the id {row[key]} is there twice")
            found[row[key]] = row[column or key] or ""
        return found
    except csv.Error as problem:
        raise ValueError(str(problem)) from None


def _predictions(files: Mapping[str, bytes], name: str, ids: Collection[str]) -> dict[str, str]:
    if name not in files:
        raise _Wrong(text("metrics.json names {file}, which is not there.", file=_short(name)))
    try:
        found = _table(files[name], "id", "prediction")
    except ValueError:
        raise _Wrong(text("{file} is no table with the columns id and prediction, each id once.", file=_short(name))) from None
    if missing := len(set(ids) - set(found)):
        raise _Wrong(text("{file} lacks the predictions of {missing} of the {all} ids.", file=_short(name), missing=missing, all=len(ids)))
    return found


def _accuracy(said: Mapping[str, str], labels: Mapping[str, str], ids: Collection[str]) -> float:
    return sum(said[name] == labels[name] for name in ids) / len(ids)


# ── the requirements ──────────────────────────────────────────────────────────────────────────────────────────────────
def examine(files: Mapping[str, bytes], scaffold: Scaffold, run: Callable[[Mapping[str, bytes]], ProgramRun], *,
            possible: Fraction = Fraction(15), seconds: float = SECONDS) -> Report:
    """What is met and what is not; `run` runs `run.py --smoke` among these files and says what became of it."""
    verdicts: dict[str, tuple[bool, Text]] = {"readme": _readme(files, scaffold), "licence": _licence(files)}
    test: dict[int, float] = {}
    try:
        claims = _claims(files)
    except _Wrong as wrong:
        verdicts |= dict.fromkeys(("split", "seeds", "metrics"), (False, wrong.said))
    else:
        verdicts["split"] = _split(claims, scaffold.release["data/split.json"])
        verdicts["seeds"] = _seeds(claims)
        verdicts["metrics"] = _metrics(claims, files, scaffold, scaffold.split["test"])
        if verdicts["metrics"][0]:
            for one in claims.runs:
                said = _predictions(files, one.name, scaffold.split["test"])
                test[one.seed] = _accuracy(said, scaffold.labels, scaffold.split["test"])
    given = _given(files, scaffold)
    for name, verdict in _again(given, scaffold, run(given) if "run.py" in files else None, seconds).items():
        if verdicts.get(name, (True,))[0]:
            verdicts[name] = verdict
    share = possible / sum(POINTS.values())
    return Report(tuple(Finding(name, verdicts[name][0], share * points if verdicts[name][0] else Fraction(0), share * points,
                                verdicts[name][1]) for name, points in POINTS.items()), test, scaffold.version)


def _readme(files: Mapping[str, bytes], scaffold: Scaffold) -> tuple[bool, Text]:
    content = files.get("README.md")
    if content is None:
        return False, text("There is no README.md.")
    if content == scaffold.release.get("README.md"):
        return False, text("README.md is still the one of the scaffold. Write your own.")
    words = content.decode("utf-8", "replace").split()
    if len(words) < WORDS:
        return False, text("README.md has {words} words; it needs {least} to say what you did.", words=len(words), least=WORDS)
    if "run.py" not in content.decode("utf-8", "replace"):
        return False, text("README.md does not say how to run it: it never names run.py.")
    return True, text("README.md says what was done and how to run it.")


def _licence(files: Mapping[str, bytes]) -> tuple[bool, Text]:
    found = next((name for name in sorted(files) if name.partition(".")[0] in LICENCES and "/" not in name), None)
    if found is None:
        return False, text("There is no LICENSE that says what others may do with your work.")
    if len(files[found].decode("utf-8", "replace").split()) < LICENCE_WORDS:
        return False, text("{file} is too short to be a licence.", file=_short(found))
    return True, text("{file} says what others may do.", file=_short(found))


def _split(claims: _Claims, released: bytes) -> tuple[bool, Text]:
    if claims.split != hashlib.sha256(released).hexdigest():
        return False, text("metrics.json names another split than the released one: its SHA-256 is not that of data/split.json.")
    return True, text("The numbers are about the released split.")


def _seeds(claims: _Claims) -> tuple[bool, Text]:
    seeds = {run.seed for run in claims.runs}
    if len(seeds) < 2 or len(seeds) < len(claims.runs):
        return False, text("metrics.json reports {count} different seeds; it needs two or more, each once.", count=len(seeds))
    found = [run.accuracy for run in claims.runs]
    mean, deviation = statistics.fmean(found), statistics.stdev(found)
    if not all(one is not None and abs(one - right) <= TOLERANCE
               for one, right in ((claims.mean, mean), (claims.deviation, deviation))):
        return False, text("The mean and the deviation in metrics.json are not those of its runs, {mean} and {deviation}.",
                           mean=f"{mean:.4f}", deviation=f"{deviation:.4f}")
    return True, text("{count} seeds are reported, with their mean and deviation.", count=len(seeds))


def _metrics(claims: _Claims, files: Mapping[str, bytes], scaffold: Scaffold, test: Collection[str]) -> tuple[bool, Text]:
    held = scaffold.split["validation"]
    for run in claims.runs:
        try:
            said = _predictions(files, run.name, [*held, *test])
        except _Wrong as wrong:
            return False, wrong.said
        found = _accuracy(said, scaffold.known, held)
        if not abs(found - run.accuracy) <= TOLERANCE:
            return False, text("metrics.json says {said} for seed {seed}, and the saved predictions give {found}.",
                               said=f"{run.accuracy:.4g}", seed=run.seed, found=f"{found:.4f}")
    return True, text("Every accuracy follows from the saved predictions.")


def _given(files: Mapping[str, bytes], scaffold: Scaffold) -> dict[str, bytes]:
    """What the program finds in its folder: its own files without its results, and the data with the unseen test part."""
    kept = {name: content for name, content in files.items()
            if name != "metrics.json" and name.partition("/")[0] not in ("data", "predictions")}
    data = {name: content for name, content in scaffold.release.items() if name.startswith("data/")}
    split = {**json.loads(scaffold.release["data/split.json"]), "test": scaffold.unseen_ids}
    return {**kept, **data, "data/test.csv": scaffold.unseen, "data/split.json": (json.dumps(split, indent=1) + "\n").encode()}


def _again(given: Mapping[str, bytes], scaffold: Scaffold, ran: ProgramRun | None, seconds: float) -> dict[str, tuple[bool, Text]]:
    """What follows from running it: the last three requirements, and what the run shows to be wrong about the others."""
    if ran is None:
        return dict.fromkeys(("smoke", "unseen", "inside"), (False, text("There is no run.py.")))
    verdicts = {"inside": _inside(given, ran)}
    try:
        if (trouble := _ended(ran, seconds)) is not None:
            raise _Wrong(trouble)
        claims = _claims(ran.files)
        for run in claims.runs:
            _predictions(ran.files, run.name, [*scaffold.split["validation"], *scaffold.unseen_ids])
    except _Wrong as wrong:
        return {**verdicts, "smoke": (False, text("After `python run.py --smoke`: {said}", said=wrong.said)),
                "unseen": (False, text("Not tried, because the smoke run did not write what it should."))}
    verdicts["smoke"] = (True, text("`python run.py --smoke` ended well after {seconds} s of processor time.", seconds=f"{ran.cpu:.1f}"))
    verdicts["unseen"] = _unseen(claims, scaffold, ran)
    for name, (right, said) in {"split": _split(claims, given["data/split.json"]),
                                "metrics": _metrics(claims, ran.files, scaffold, scaffold.unseen_ids)}.items():
        if not right:
            verdicts[name] = (False, text("After `python run.py --smoke`: {said}", said=said))
    return verdicts


def _ended(ran: ProgramRun, seconds: float) -> Text | None:
    """Why the smoke run did not end well; None when it did."""
    if ran.out_of_memory:
        return text("It used up its memory.")
    if ran.overdue or ran.cpu > seconds:
        return text("It did not end within {seconds} s of processor time.", seconds=f"{seconds:g}")
    if ran.code:
        return text("It ended with code {code}: {said} (There is no network where it runs, and nothing outside its folder can be "
                    "written.)", code=ran.code, said=_last_line(ran.printed))
    return None


def _unseen(claims: _Claims, scaffold: Scaffold, ran: ProgramRun) -> tuple[bool, Text]:
    """Better than the commonest answer by three standard errors: what is looked up, or guessed, is not."""
    ids = scaffold.unseen_ids
    labels = [scaffold.labels[name] for name in ids]
    common = max(map(labels.count, set(labels))) / len(labels)
    least = min(common + 3 * math.sqrt(common * (1 - common) / len(labels)), 1.0)
    found = statistics.fmean(_accuracy(_predictions(ran.files, run.name, ids), scaffold.labels, ids) for run in claims.runs)
    if not found >= least:
        return False, text("On test points that nobody has seen it is right in {found} of them; {least} are needed to be better than "
                           "always giving the commonest answer.", found=f"{found:.1%}", least=f"{least:.1%}")
    return True, text("On test points that nobody has seen it is right in {found} of them.", found=f"{found:.1%}")


def _inside(given: Mapping[str, bytes], ran: ProgramRun) -> tuple[bool, Text]:
    if ran.strays:
        return False, text("It writes outside its folder: {names}.", names=_short(", ".join(f"/tmp/{name}" for name in ran.strays)))
    changed = sorted(name for name in DATA if ran.files.get(name) != given[name])
    if changed:
        return False, text("It changes {names}; leave the data as it is.", names=", ".join(changed))
    return True, text("It writes into its own folder and leaves the data as it is.")


def _last_line(printed: str) -> str:
    lines = [line for line in printed.splitlines() if line.strip()]
    return _short(lines[-1]) if lines else "-"


def _short(said: str) -> str:
    """What a student's program or file says, for a sentence: one line, printable, bounded."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in said.strip())
    return plain if len(plain) <= 200 else plain[:199] + "…"


# ── what a course does with it ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def scaffold_of(projects: Path, project: Project) -> Scaffold | None:
    """The scaffold that a project names, below the folder `projects`; None when it names none."""
    return load_scaffold(projects / project.scaffold) if project.scaffold else None


def publish(ledger: Ledger, course: str, project: Project, projects: Path, *, actor: str) -> None:
    """Open a project to the students, with the scaffold that they start from."""
    scaffold = scaffold_of(projects, project)
    ledger.projects.publish(course, project, archive=b"" if scaffold is None else pack(scaffold.release), actor=actor)


def runner(branch: Branch, *, seconds: float = SECONDS) -> Callable[[Mapping[str, bytes]], ProgramRun]:
    """What runs a smoke run in a confined process."""
    limits = Limits(cpu=seconds, wall=2 * seconds + 30)
    return lambda files: run_program(branch, ("run.py", "--smoke"), files, wanted=(*WRITTEN, *DATA), limits=limits)


def to_check(ledger: Ledger, course: str, project: Project, scaffold: Scaffold, *, force: bool = False) -> tuple[Line, ...]:
    """The final hand-ins that count and have no report by this scaffold; all that count when forced."""
    project, extended = ledger.projects.as_scheduled(course, project)
    lines = ledger.projects.lines(course, project.id)
    people = sorted({member for line in lines for member in line.members})
    found = {line.id: line for name in people if (line := counting(project, about(lines, [name]), extended)) is not None}
    done = {line.about for line in lines if line.did is Did.CHECKED and read_report(line.text).version == scaffold.version}
    return tuple(line for number, line in sorted(found.items()) if force or number not in done)


def check_all(ledger: Ledger, course: str, project: Project, scaffold: Scaffold, waiting: Collection[Line], *, actor: str,
              seconds: float = SECONDS) -> Iterator[tuple[Line, Report]]:
    """Run and record each hand-in. What our own machinery could not do is raised, and nothing is recorded for it."""
    line = project.automatic
    if line is None:
        return
    with Warm() as warm:
        branch = Branch(warm)
        try:
            run = runner(branch, seconds=seconds)
            for handed_in in waiting:
                report = examine(ledger.projects.files(handed_in), scaffold, run, possible=line.points, seconds=seconds)
                ledger.projects.checked(course, project, handed_in, report.points, report.as_json(), actor=actor)
                yield handed_in, report
        finally:
            branch.close()
