"""nbgrader's own commands, run by our engine: `nbgrader autograde`, `nbgrader validate` and formgrader's button.

nbgrader drives; this stands where its Execute stands. Two lines in nbgrader_config.py switch it on:

    from autograder.nbgrader_execute import use_engine
    use_engine(get_config())

A notebook whose source is known (`nbgrader autograde` knows the course folder) is graded as `autograder grade` does it: tests and student's
code in two processes. What was found is written into the test cells as outputs from which nbgrader reads the same scores. Any other
notebook runs as Jupyter would run it, all cells in one process, but a confined one; nbgrader's rules decide then.

Nothing here decides a score. What could not be decided has none and waits for a person, which needs `SaveScores` in the place of
nbgrader's SaveAutoGrades: nbgrader itself reads every output as some score.
"""

from __future__ import annotations

import inspect
import os
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbclient.util import run_sync
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, SaveAutoGrades
from nbgrader.validator import Validator
from traitlets import Bool, Integer, Unicode

from autograder import gradebook, stock
from autograder.authoring import load_assignment
from autograder.execution import Engine
from autograder.execution.calibration import calibrated
from autograder.execution.rebuild import grade_id, text_of
from autograder.execution.together import Ran, Together
from autograder.gradebook import CourseFolder
from autograder.grading import grade
from autograder.jobs import may_carry
from autograder.ledger import fingerprint
from autograder.model import Assignment, Graded, Limits, MachineryError, SandboxError, Status, Submission, TestResult

MAX_BESIDE = 256 * 2**20
"""Bytes of the files beside a notebook that its process receives."""
MAX_FILES = 5000
PRINTED = 8 * 2**20
"""Bytes of output kept of each cell; nbgrader's LimitOutput cuts again by lines."""
PASSED_ON = ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING")
"""Environment variables by which a cell can know what it is run for."""
UNDECIDED = "autograder_undecided"
"""Where `resources` has the grade_ids without a score."""
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": ".".join(map(str, sys.version_info[:3])),
}
UNUSED = (
    "extra_arguments",
    "startup_timeout",
    "raise_on_iopub_timeout",
    "shell_timeout_interval",
    "shutdown_kernel",
    "ipython_hist_file",
    "kernel_manager_class",
    "store_widget_state",
    "display_data_priority",
)
"""Traits of nbgrader's Execute that speak of a kernel, its messages or its widgets: there is none."""


def use_engine(config: Any) -> None:
    """Let nbgrader's commands use the engine; `config` is the `c` of an nbgrader_config.py. A list of preprocessors that was set there
    before keeps its other members. Which preprocessors the validator uses cannot be configured, so its class is told."""
    chosen = config.Autograde.get("autograde_preprocessors") or Autograde.autograde_preprocessors.default()
    config.Autograde.autograde_preprocessors = [_ours(one) for one in chosen]
    chosen = Validator.preprocessors if isinstance(Validator.preprocessors, list) else Validator.preprocessors.default()
    Validator.preprocessors = [_ours(one) for one in chosen]


def _ours(preprocessor: Any) -> Any:
    """Ours in the place of nbgrader's, whether it is named or given."""
    name = preprocessor if isinstance(preprocessor, str) else preprocessor.__name__
    return {"Execute": ConfinedExecute, "SaveAutoGrades": SaveScores}.get(name.rpartition(".")[2], preprocessor)


# ---------------------------------------------------------------- the engine of this process

_lock = threading.RLock()
_running: dict[int, Engine] = {}
_calibrated: dict[tuple[str, int], Assignment] = {}  # by version and memory


@contextmanager
def running_engine() -> Iterator[Engine]:
    """The one engine of this process, for one notebook at a time: warm after the first, since a batch makes a preprocessor per notebook.

    It ends with this process, however that ends: its processes notice that nobody holds their connections any more.
    """
    with _lock:
        me = os.getpid()  # a fork of this process must not talk to its parent's
        if me not in _running:
            engine = Engine(slot=100 + me % 800)  # as root: a user that no other grading process here has
            _running[me] = engine.__enter__()
        yield _running[me]


def end_engine() -> None:
    """End this process's engine early; the next notebook starts another."""
    with _lock:
        if engine := _running.pop(os.getpid(), None):
            engine.close()


# ---------------------------------------------------------------- the preprocessors


class ConfinedExecute(Execute):  # type: ignore[misc]
    """nbgrader's Execute with our engine in the place of a kernel. Its traits keep their meaning; those in `UNUSED` have none."""

    unconfined = Bool(
        False,
        help="Run a notebook unconfined, in a kernel as nbgrader does, where it cannot run confined: another language than Python, or a "
        "machine without confinement. Its code can then read and change whatever its user can. Default: refuse, and say what is missing.",
    ).tag(config=True)
    rich_outputs = Bool(
        False,
        help="Keep every form of the values that cells show, also HTML and scripts that run in the browser of whoever looks at the "
        "notebook. Default: text and pictures.",
    ).tag(config=True)
    assignments = Unicode(
        "",
        help="The folder with the author texts, for assignments that were built from one: a folder each, with its assignment.toml.",
    ).tag(config=True)
    secret_file = Unicode(
        "",
        help="The course's secret, from which the hidden inputs of its own checkers are drawn. With it the scores are those of "
        "`autograder grade` to the last bit.",
    ).tag(config=True)
    notebook_timeout = Integer(3600, help="Seconds for all cells of one notebook together, where `timeout` is for each.").tag(config=True)
    memory = Integer(stock.MEMORY // 2**20, help="MiB of memory for each process of a notebook.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any = None, km: Any = None) -> tuple[Any, Any]:
        """Run the notebook and put the outputs into its cells."""
        self.nb, self.km = nb, None
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        if km is not None or (language := self._language()) != "python":
            said = "a kernel of its own was given" if km is not None else f"its language is {language or 'not known'}"
            return self._in_a_kernel(nb, resources, km, f"This notebook cannot run confined: {said}, and the engine runs Python only.")
        for trait in UNUSED:
            if trait in self.config.get("Execute", {}) or trait in self.config.get(type(self).__name__, {}):
                self.log.warning("%s has no meaning for the engine, which has no kernel.", trait)
        nb.metadata["language_info"] = dict(LANGUAGE)
        for attempt in range(self.execute_retries + 1):
            try:
                with running_engine() as engine:
                    self._run(engine, nb)
                    break
            except SandboxError as error:
                return self._in_a_kernel(nb, resources, km, str(error))
            except MachineryError as error:
                if attempt == self.execute_retries:
                    raise
                self.log.warning("Trying again: %s", error)
                end_engine()
        return nb, self.resources

    def _language(self) -> str:
        """The language of the kernel that nbgrader would start, in small letters; empty when it is not known."""
        told = self.nb.metadata.get("kernelspec", {})
        if not self.kernel_name and told.get("language"):
            return str(told["language"]).lower()
        name = self.kernel_name or told.get("name") or "python3"
        try:
            return str(self.kernel_manager_class(kernel_name=name).kernel_spec.language).lower()
        except KeyError:  # no such kernel here
            return "python" if name in ("python", "python3") else ""

    def _in_a_kernel(self, nb: Any, resources: Any, km: Any, why: str) -> tuple[Any, Any]:
        if not self.unconfined:
            raise SandboxError(f"{why} Set c.ConfinedExecute.unconfined = True to run it unconfined, with all the rights of this user.")
        self.log.warning("RUNNING STUDENTS' CODE UNCONFINED, with all the rights of this user. %s", why)
        done: tuple[Any, Any] = super().preprocess(nb, resources, km)
        return done

    def _run(self, engine: Engine, nb: Any) -> None:
        if (graded := self._graded(engine)) is None:
            self._run_together(engine, nb)
            return
        undecided = fill(nb, graded)
        if undecided and not any(isinstance(one, SaveScores) for one in self.parent._preprocessors):
            raise MachineryError(
                f"Nobody could decide {', '.join(undecided)}, and nbgrader would read a score all the same. Put "
                "autograder.nbgrader_execute.SaveScores in the place of SaveAutoGrades, or let use_engine(c) do it."
            )
        self.resources[UNDECIDED] = undecided
        for cell in nb.cells:
            for output in cell.get("outputs", ()):
                if output.output_type == "error":
                    self._stop_at(cell, output)

    # ---- tests and student's code apart

    def _graded(self, engine: Engine) -> Graded | None:
        """What the engine makes of the submission, where nbgrader knows its course; None when there is nothing to judge apart."""
        told, converter = self.resources.get("nbgrader"), getattr(self.parent, "parent", None)
        if not told or not isinstance(converter, Autograde):
            return None
        slug, student, file = told["assignment"], told["student"], f"{told['notebook']}.ipynb"
        place = self._place(converter)
        if not (source := place.path("source", ".", slug) / file).is_file():
            self.log.warning("There is no %s: the tests run in the student's process, where they can be read and bent.", source)
            return None
        files = place.files("submitted", student, slug)
        if (assignment := self._by_author(slug, file)) is not None:
            if not (changed := _changed(assignment, gradebook.released(place, slug)[file])):
                files = {name: content for name, content in files.items() if name == file or may_carry(assignment, name)}
                work = Submission(slug, student, (student,), files, fingerprint(files))
                return grade(assignment, work, engine=engine, secret=self._secret())
            self.log.warning(
                "nbgrader has released other tests than the author text of %s has now (%s); the released ones count. Build it and run: "
                "nbgrader generate_assignment %s --force",
                slug,
                ", ".join(changed),
                slug,
            )
        assignment, stubs = self._of_source(place, slug, file, engine)
        if not any(problem.tests for problem in assignment.problems):
            return None
        work = Submission(slug, student, (student,), files, fingerprint({n: c for n, c in files.items() if n != gradebook.TIMESTAMP}))
        return stock.grade_notebook(assignment, stubs, work, place, engine, self._secret())

    def _place(self, converter: Autograde) -> CourseFolder:
        """The course folder as nbgrader's settings have it."""
        folders = converter.coursedir
        steps = {step: getattr(folders, f"{step}_directory") for step in ("source", "release", "submitted", "autograded")}
        return CourseFolder(
            Path(folders.root).resolve(),
            folders.db_url,
            steps,
            folders.directory_structure,
            folders.course_id or gradebook.COURSE,
            ours=False,
            ignore=tuple(folders.ignore),
            kept=dict(converter.exclude_overwriting),
            cell_seconds=float(self._get_timeout(None) or self.notebook_timeout),
        )

    def _by_author(self, slug: str, file: str) -> Assignment | None:
        """The assignment as its author text says it, where there is one."""
        folder = Path(self.assignments, slug)
        assignment = load_assignment(folder) if self.assignments and (folder / "assignment.toml").is_file() else None
        return assignment if assignment is not None and assignment.notebook_name == file else None

    def _of_source(self, place: CourseFolder, slug: str, file: str, engine: Engine) -> tuple[Assignment, Mapping[str, str]]:
        """The assignment as nbgrader has released it, with what its tests need to run apart, found once in a process; and what students
        received in the cells that they fill in."""
        loaded = stock.load(place, slug)
        notebook = next(one for one in loaded.notebooks if one.notebook_name == file)
        key = (notebook.version, self.memory)
        if key not in _calibrated:
            self.log.info("Trying the solutions in source/%s/%s, to see which tests can run apart from the student's code.", slug, file)
            notebook = replace(notebook, limits=replace(notebook.limits, memory=self.memory * 2**20))
            _calibrated[key] = calibrated(notebook, engine, seconds=place.cell_seconds)
            for name, need in _calibrated[key].needs.items():
                if need.together:
                    self.log.warning("The test %s runs in the student's process, where it can be read and bent: %s.", name, need.together)
        return _calibrated[key], loaded.stubs[file]

    def _secret(self) -> bytes:
        """What the hidden inputs of the course's own checkers are drawn by; without a file, something that anybody could know."""
        if not self.secret_file:
            return bytes(32)
        try:
            return Path(self.secret_file).read_bytes()
        except OSError as error:
            raise MachineryError(
                f"The course's secret cannot be read ({error}). Name it in c.ConfinedExecute.secret_file; the platform makes it at its "
                "first use."
            ) from None

    # ---- all cells in one process

    def _run_together(self, engine: Engine, nb: Any) -> None:
        folder = Path(self.resources.get("metadata", {}).get("path") or os.getcwd()).resolve()
        files, left = _beside(folder)
        if left:
            self.log.warning("The notebook will not find these files beside it, they are too many or too large: %s", ", ".join(left[:20]))
        self._hook(self.on_notebook_start, notebook=nb)
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        settings: dict[str, Any] = {"environment": environment, "rich": self.rich_outputs, "grace": float(self.iopub_timeout)}
        with Together(engine, self._limits(files), files, **settings) as notebook:
            shown: list[tuple[Any, Ran]] = []
            try:
                for index, cell in enumerate(nb.cells):
                    self._hook(self.on_cell_start, cell=cell, cell_index=index)
                    if cell.cell_type == "code" and cell.source.strip() and self.skip_cells_with_tag not in cell.metadata.get("tags", []):
                        self._hook(self.on_cell_execute, cell=cell, cell_index=index)
                        shown.append((cell, self._run_cell(notebook, cell)))
                        self._hook(self.on_cell_complete, cell=cell, cell_index=index)
                        self._conclude(cell, index, shown[-1][1])
            finally:
                for cell, ran in shown:  # a later cell may have changed what an earlier one shows
                    self._update(cell, ran)
                self._take(folder, *notebook.written())
        self._hook(self.on_notebook_complete, notebook=nb)

    def _limits(self, files: Mapping[str, bytes]) -> Limits:
        """Room for the files twice: notebooks write as well."""
        normal, size = Limits(), sum(map(len, files.values()))
        return replace(
            normal,
            cpu=float(self.notebook_timeout),
            wall=float(self.notebook_timeout),
            memory=self.memory * 2**20,
            printed=PRINTED,
            scratch=normal.scratch + 2 * size,
            file_size=normal.file_size + size,
        )

    def _run_cell(self, notebook: Together, cell: Any) -> Ran:
        began = datetime.now(UTC)
        ran = notebook.run(cell.source, self._get_timeout(cell))
        self.code_cells_executed += 1
        cell.outputs, cell.execution_count = nbformat.from_dict(ran.outputs), ran.count
        if self.record_timing:
            start, end = (moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for moment in (began, datetime.now(UTC)))
            cell.metadata["execution"] = {
                "iopub.status.busy": start,
                "iopub.execute_input": start,
                "shell.execute_reply": end,
                "iopub.status.idle": end,
            }
        return ran

    def _conclude(self, cell: Any, index: int, ran: Ran) -> None:
        """What nbclient does with the reply of a kernel."""
        if ran.overdue:
            self.log.error("A cell was stopped after %.0f s.", ran.seconds)
            if not self.interrupt_on_timeout:
                raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", int(ran.seconds), cell)
        error = ran.error
        if ran.overdue and self.error_on_timeout:
            error = self.error_on_timeout
        elif ran.lost:
            self.log.error("A cell: %s", ran.lost)
            error = {"ename": "DeadKernelError", "evalue": ran.lost, "traceback": [f"DeadKernelError: {ran.lost}"]}
        reply = {"content": {"status": "ok"} if error is None else {**error, "status": "error"}}
        self._hook(self.on_cell_executed, cell=cell, cell_index=index, execute_reply=reply)
        if error is not None:
            self._hook(self.on_cell_error, cell=cell, cell_index=index, execute_reply=reply)
            self._stop_at(cell, error)

    def _stop_at(self, cell: Any, error: Mapping[str, Any]) -> None:
        """End the notebook at this error unless errors are allowed, this one or all of them."""
        allowed = self.allow_errors or error["ename"] in self.allow_error_names or "raises-exception" in cell.metadata.get("tags", [])
        if self.force_raise_errors or not allowed:
            raise CellExecutionError.from_cell_and_msg(cell, dict(error))

    @staticmethod
    def _update(cell: Any, ran: Ran) -> None:
        for mine, shown in zip(cell.outputs, ran.outputs, strict=False):
            if "data" in shown:
                mine.update(nbformat.from_dict({"data": shown["data"], "metadata": shown["metadata"]}))

    def _take(self, folder: Path, files: Mapping[str, bytes], left: Sequence[str]) -> None:
        """Put what the cells wrote beside the notebook. What lies there already is never replaced, and no notebook is made: in a course
        folder these are nbgrader's."""
        for name, content in files.items():
            path = folder / name
            if path.suffix != ".ipynb" and path.name != "timestamp.txt" and path.parent.resolve().is_relative_to(folder):
                path.parent.mkdir(parents=True, exist_ok=True)
                try:
                    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
                except FileExistsError:
                    continue
                with open(file, "wb") as opened:
                    opened.write(content)
        if left:
            self.log.warning("The notebook wrote more than is kept; left out: %s", ", ".join(left[:20]))

    @staticmethod
    def _hook(hook: Callable[..., Any] | None, **told: Any) -> None:
        if hook is not None and inspect.isawaitable(waiting := hook(**told)):

            async def wait() -> None:
                await waiting

            run_sync(wait)()


class SaveScores(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's SaveAutoGrades, which leaves without a score what the engine could not decide."""

    def _add_score(self, cell: Any, resources: Any) -> None:
        name = cell.metadata.nbgrader.grade_id
        if name not in resources.get(UNDECIDED, ()):
            super()._add_score(cell, resources)
            return
        row = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        row.auto_score, row.needs_manual_grade = None, True
        self.gradebook.db.commit()


# ---------------------------------------------------------------- notebooks and folders


def fill(notebook: Any, graded: Graded) -> tuple[str, ...]:
    """Write what the engine found into a notebook, as outputs from which nbgrader reads the same scores. Tests that the student has
    deleted are put back, since they were run. Returns the grade_ids of those that have no score."""
    results = {test.id: test for problem in graded.problems if not problem.by_hand for test in problem.tests}
    _put_back(notebook, graded.notebook["cells"], results)
    outputs: dict[str, list[list[dict[str, Any]]]] = {}
    for cell in graded.notebook["cells"]:
        if cell["cell_type"] == "code":
            outputs.setdefault(grade_id(cell) or text_of(cell), []).append(cell.get("outputs", []))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            result = results.get(grade_id(cell))
            ran = outputs.get(grade_id(cell) or cell.source)
            cell.outputs = nbformat.from_dict(_said(result) if result else ran.pop(0) if ran else [])
            cell.execution_count = None
    return tuple(name for name, result in results.items() if result.status is Status.UNDECIDED)


def _put_back(notebook: Any, cells: Sequence[Mapping[str, Any]], tests: Collection[str]) -> None:
    """Each missing test after the named cell before it."""
    place = 0
    for cell in cells:
        name = grade_id(cell)
        here = next((number for number, own in enumerate(notebook.cells) if name and grade_id(own) == name), None)
        if here is None and name in tests:
            made = nbformat.from_dict({**cell, "outputs": [], "execution_count": None})
            if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
                made.pop("id", None)
            notebook.cells.insert(here := place, made)
        place = here + 1 if here is not None else place


def _said(result: TestResult) -> list[dict[str, Any]]:
    """What a test found, as outputs: nothing for all points, a number for some, an error for none. Students may see them, so only the
    message for them is in it."""
    said = {"output_type": "stream", "name": "stdout", "text": f"{result.status}: {result.message}\n"}
    if result.status is Status.UNDECIDED:
        return [said]
    if result.status is Status.OK:
        return []
    if result.score:
        number = {"text/plain": repr(result.score)}
        return [said, {"output_type": "execute_result", "data": number, "metadata": {}, "execution_count": None}]
    line = f"{result.status}: {result.message}"
    return [{"output_type": "error", "ename": str(result.status), "evalue": result.message, "traceback": [line]}]


def _changed(assignment: Assignment, released: Mapping[str, Any]) -> list[str]:
    """The grade_ids of tests that nbgrader has released with another text. A submission has no part in this."""
    texts = {grade_id(cell): text_of(cell).strip() for cell in released["cells"]}
    tests = {test.id for problem in assignment.problems for test in problem.tests}
    cells = [cell for cell in assignment.notebook["cells"] if grade_id(cell) in tests]
    return [grade_id(cell) for cell in cells if texts.get(grade_id(cell)) != text_of(cell).strip()]


def _beside(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files in a notebook's folder, the nearest first, and the names of those that are too many or too large."""
    files: dict[str, bytes] = {}
    left: list[str] = []
    room, waiting = MAX_BESIDE, [folder]
    while waiting:
        here = waiting.pop(0)
        for entry in sorted(os.scandir(here), key=lambda e: e.name):
            name = str(Path(entry.path).relative_to(folder))
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir():
                waiting += [Path(entry.path)] if entry.name != "__pycache__" else []
            elif entry.is_file() and len(files) < MAX_FILES and entry.stat().st_size <= room:
                files[name] = Path(entry.path).read_bytes()
                room -= len(files[name])
            elif len(left) < MAX_FILES:
                left.append(name)
    return files, left
