"""What a submission earns: honest ones all of it, whatever their style; dishonest and broken ones what they deserve."""

from __future__ import annotations

import json
import os
import textwrap
import threading
import time
from dataclasses import replace

import pytest

from autograder.execution import Engine, rebuild, side_by_side
from autograder.execution.engine import CellEnd, _Run
from autograder.execution.plan import Step
from autograder.execution.processes import Branch, Child, Warm
from autograder.execution.rebuild import grade_id
from autograder.grading import grade, grade_all
from autograder.model import Assignment, Graded, Limits, SandboxError, Status, Submission
from tests.execution.conftest import handed_in

SECRET = b"s" * 32
RIGHT_TOTAL = "def total(f, n):\n    return sum(f(i) for i in range(n))"
ALL = {"double": 6, "total": 3, "slope": 3}


def submission(notebook: object, sha: str = "a", team: str = "team-00001") -> Submission:
    return Submission("small", team, ("ann", "bob"), {"small.ipynb": json.dumps(notebook).encode()}, sha)


def graded(
    small: Assignment,
    engine: Engine,
    answers: dict[str, str] | None = None,
    extra: dict[str, str] | None = None,
    sha: str = "a",
) -> Graded:
    return grade(small, submission(handed_in(small, answers, extra=extra), sha), engine=engine, secret=SECRET)


def earned(result: Graded) -> dict[str, float]:
    return {p.id: p.score for p in result.problems}


def statuses(result: Graded) -> dict[str, Status]:
    return {t.id: t.status for p in result.problems for t in p.tests}


HONEST = {
    "the reference": ({}, {}),
    "prints and warns": (
        {"double": "import warnings\ndef double(x):\n    print('doubling', x); warnings.warn('careful')\n    return 2 * x"},
        {"setup": "import sys\nprint('!', file=sys.stderr)"},
    ),
    "a helper in an extra cell": (
        {"double": "def double(x):\n    return helper(x)"},
        {"setup": "def helper(x):\n    return x + x"},
    ),
    "magics": ({"double": "%matplotlib inline\ndef double(x):\n    return x * 2"}, {"setup": "%%time\ny = 1"}),
    "float lists become arrays": ({"double": "def double(x):\n    return np.array([2 * float(v) for v in x])"}, {}),
    "a strided result": (
        {"double": "def double(x):\n    wide = np.zeros((len(x), 2)); wide[:, 0] = 2 * x\n    return wide[:, 0]"},
        {},
    ),
    "a broken free cell": ({}, {"setup": "1 / 0"}),
    "exit in a free cell": ({}, {"setup": "exit()"}),
    "an unfinished free cell": ({}, {"setup": "for"}),
    "a lambda bound to the name": ({"total": "total = lambda f, n: sum(map(f, range(n)))"}, {}),
    "the answer's cell copied below": (
        {"double": "def double(x):\n    return None"},
        {"double": "def double(x):\n    return 2 * x"},
    ),
    "a local name that another cell binds with what is ruled out": (
        {"double": "def double(x):\n    y = 2 * x\n    return y"},
        {"setup": "import torch as t\ny = t.ones(1)"},
    ),
    "setup repeated under another name": ({}, {"setup": "import numpy\nimport torch as t"}),
}


@pytest.mark.parametrize("case", HONEST)
def test_honest_work_earns_everything(case: str, small: Assignment, engine: Engine) -> None:
    answers, extra = HONEST[case]
    assert earned(graded(small, engine, answers, extra)) == ALL


def test_what_is_asked_runs_without_warnings_and_floating_point_errors_whatever_the_student_set(small: Assignment, engine: Engine) -> None:
    text = "import warnings\ndef double(x):\n    warnings.warn(str(np.exp(-1e6 * np.abs(x)) / np.zeros(1)))\n    return 2 * x"
    result = graded(small, engine, {"double": text}, {"setup": "import warnings\nwarnings.simplefilter('error')\nnp.seterr(all='raise')"})
    told = statuses(result)
    assert told["double-visible"] is told["double-hidden"] is Status.OK
    assert told["double-plain"] is Status.ERROR  # called as it is, as in Jupyter


WRONG = "def double(x):\n    return 3 * x\n"
CHEATS = {
    "syntax trees rewritten": WRONG
    + """
import ast
class Blank(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
get_ipython().ast_transformers.append(Blank())
""",
    "display hook": WRONG + "import sys\nsys.displayhook(6.0)\n",
    "an object equal to everything": """
class Equal:
    def __eq__(self, other): return True
    def __getattr__(self, name): return self
    def __array__(self, *a, **k): return np.array([2.0, 4.0])
    def __call__(self, *a, **k): return self
    def __getitem__(self, k): return self
    def __float__(self): return 42.0
def double(x): return Equal()
""",
    "an ndarray that lies": """
class Lying(np.ndarray):
    def __array_ufunc__(self, *a, **k): return np.zeros(1)
    def __eq__(self, other): return True
    def __sub__(self, other): return np.zeros(1)
def double(x): return (3 * x).view(Lying)
""",
    "frames walked": """
import sys
def double(x):
    frame = sys._getframe()
    while frame:
        if 'secret_factor' in frame.f_globals: return frame.f_globals['secret_factor'] * x
        frame = frame.f_back
    return 3 * x
""",
    "the reference looked for on disk": """
import glob, json, os
def double(x):
    for root in ('/', os.getcwd(), os.path.expanduser('~')):
        for path in glob.glob(root + '/**/*.ipynb', recursive=True)[:50] + glob.glob('HERE/small/notebook.py'):
            if 'BEGIN SOLUTION' in open(path).read(): return 2 * x
    return 3 * x
""",
    "numpy and the checks patched": WRONG
    + """
import numpy.testing
from autograder.checks import basic, verdict
np.linalg.norm = lambda *a, **k: 0.0
numpy.testing.assert_allclose = lambda *a, **k: None
basic.close = basic.ask = verdict.wrong = lambda *a, **k: verdict.ok()
import builtins
builtins.isinstance = lambda *a: True
""",
    "a thread that patches later": WRONG
    + """
import threading, time
def later():
    time.sleep(0.02)
    import autograder.checks as c
    c.close = lambda *a, **k: None
threading.Thread(target=later, daemon=True).start()
""",
    "frames forged": WRONG
    + """
import gc, socket, struct, json
for thing in gc.get_objects():
    if isinstance(thing, socket.socket):
        try:
            body = json.dumps([["result", {"id": "double-hidden", "status": "ok", "message": "", "detail": "", "seconds": 0}], []]).encode()
            thing.send(struct.pack('>I', len(body)) + body)
        except OSError: pass
""",
    "answers forged": """
from autograder.execution import student
student.Served._raised = lambda self, error: {"classes": [["builtins", "StopIteration"]], "text": "", "frames": []}
def double(x): raise StopIteration
""",
    "StopIteration": "def double(x): raise StopIteration",
    "an assertion that looks like a checker's": """
from autograder.checks import CheckFailed, Verdict
def double(x): raise CheckFailed(Verdict(1.0, 'ok'))
""",
    "a subclass of float": "class F(float):\n    def __eq__(self, o): return True\ndef double(x): return [F(1), F(2)]",
    "generator exit": "def double(x): raise GeneratorExit",
    "system exit": "import sys\ndef double(x): sys.exit(0)",
    "builtins replaced": WRONG + "import builtins\nbuiltins.float = lambda x: 42.0\nbuiltins.AssertionError = KeyError\n",
}


@pytest.mark.parametrize("case", CHEATS)
def test_cheating_earns_nothing_and_harms_no_other_problem(case: str, small: Assignment, engine: Engine) -> None:
    text = CHEATS[case].replace("HERE", os.path.dirname(__file__))
    assert earned(graded(small, engine, {"double": text})) == {"double": 0, "total": 3, "slope": 3}


BROKEN = {
    "syntax error": ("def double(x)\n    return 2 * x", Status.ERROR),
    "raises": ("def double(x):\n    raise ValueError('no')", Status.ERROR),
    "deleted": ("", Status.ERROR),
    "ends the process": ("import os\ndef double(x):\n    os._exit(3)", Status.CRASHED),
    "kills itself": (
        "import os, signal\ndef double(x):\n    os.kill(os.getpid(), signal.SIGSEGV)\n    import ctypes; ctypes.string_at(0)",
        Status.CRASHED,
    ),
    "loops for ever": ("def double(x):\n    while True: pass", Status.TIMEOUT),
    "loops and cannot be interrupted": (
        "def double(x):\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass",
        Status.TIMEOUT,
    ),
    "sleeps for ever": ("import time\ndef double(x):\n    time.sleep(10**6)", Status.TIMEOUT),
    "eats memory": ("def double(x):\n    return bytearray(2**34)", Status.MEMORY),
    "returns something huge": ("def double(x):\n    return 'a' * (300 * 2**20)", Status.ERROR),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_costs_its_own_problem_only(case: str, small: Assignment, engine: Engine) -> None:
    text, status = BROKEN[case]
    result = graded(small, engine, {"double": text})
    assert earned(result) == {"double": 0, "total": 3, "slope": 3}
    assert statuses(result)["double-visible"] is status
    assert result.problems[0].message


@pytest.mark.parametrize(
    "text",
    ["while True: pass", "import os; os._exit(1)", "import ctypes; ctypes.string_at(0)"],
    ids=["hangs", "exits", "faults"],
)
def test_a_cell_that_breaks_the_process_is_left_out_and_the_rest_is_graded(
    text: str, small: Assignment, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.execution.engine.CELLS_WALL", 2.0)
    quick = small.__class__(**{**small.__dict__, "limits": small.limits.__class__(**{**small.limits.__dict__, "wall": 2.0})})
    result = graded(quick, engine, {"total": text + "\n" + RIGHT_TOTAL})
    assert earned(result) == {"double": 6, "total": 0, "slope": 3}
    assert "cell" in result.problems[1].message


def test_a_syntax_error_is_told_with_its_line(small: Assignment, engine: Engine) -> None:
    message = graded(small, engine, {"double": "def double(x)\n    return 2 * x"}).problems[0].message
    assert "double is not defined" in message and "SyntaxError" in message and "line 1" in message


def test_an_exception_in_a_hidden_test_shows_its_class_and_line_but_not_its_text(small: Assignment, engine: Engine) -> None:
    text = "def double(x):\n    if len(x) == 5:\n        raise ValueError(f'the hidden input is {x}')\n    return 2 * x"
    result = graded(small, engine, {"double": text})
    hidden = next(t for t in result.problems[0].tests if t.id == "double-hidden")
    assert hidden.status is Status.ERROR
    assert "ValueError" in hidden.message and "hidden input is [" not in hidden.message and "line 3" in hidden.message


KEEPS = "kept = []\ndef double(x):\n    kept.append(float(x[-1]))\n    return 2 * x"


def shown(result: Graded) -> str:
    """Everything of a graded submission that its students may read."""
    told = [t.message for p in result.problems for t in p.tests]
    return json.dumps([told, [c.get("outputs", []) for c in result.notebook["cells"]]])


@pytest.mark.parametrize(
    ("answers", "extra"),
    [
        ({}, {"slope-beside": "print(kept)"}),
        ({"slope": "raise ValueError(kept)"}, {}),
        ({"slope": "def slope(x):\n    raise ValueError(kept)"}, {}),
        ({"total": "def total(f, n):\n    return kept[-1]"}, {}),
    ],
    ids=["printed", "raised by a cell", "raised in a visible test", "returned to a visible test"],
)
def test_what_a_hidden_test_passed_in_is_never_shown_later(
    answers: dict[str, str], extra: dict[str, str], small: Assignment, engine: Engine
) -> None:
    result = graded(small, engine, {"double": KEEPS, **answers}, extra)
    assert "42.0" not in shown(result)  # of double-plain
    assert earned(result)["double"] == ALL["double"]


def test_a_cell_that_prints_after_a_hidden_test_shows_what_it_prints_without_tests(small: Assignment, engine: Engine) -> None:
    result = graded(small, engine, {"double": KEEPS.replace("float(x[-1])", "len(x)")}, {"slope-beside": "print('lengths', kept)"})
    outputs = [o["text"] for c in result.notebook["cells"] for o in c.get("outputs", [])]
    assert outputs == ["lengths []\n"]
    assert earned(result) == ALL


def test_a_visible_test_that_only_a_hidden_one_spoils_is_passed(small: Assignment, engine: Engine) -> None:
    spoilt = "used = []\ndef double(x):\n    used.append(len(x))\n    return 2 * x"
    text = "def total(f, n):\n    return sum(f(i) for i in range(n)) if 5 not in used else None"
    assert earned(graded(small, engine, {"double": spoilt, "total": text})) == {**ALL, "total": 1}


def test_grading_twice_gives_the_same_and_other_work_other_inputs(small: Assignment, engine: Engine) -> None:
    spy = {"double": "seen = []\ndef double(x):\n    print(x)\n    return 3 * x"}
    first, second, other = (graded(small, engine, spy, sha=sha) for sha in ("a", "a", "b"))
    details = [next(t.detail for t in g.problems[0].tests if t.id == "double-hidden") for g in (first, second, other)]
    assert details[0] == details[1] != details[2]


def test_outcomes_alone_are_the_same_and_wait_for_no_cell_after_the_last_test(
    small: Assignment, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    cell = _Run._cell

    def noted(run: _Run, student: Child, step: Step, deadline: float) -> CellEnd:
        ran.append(step.name or step.text)
        return cell(run, student, step, deadline)

    monkeypatch.setattr(_Run, "_cell", noted)
    answers, own = {"double": "def double(x):\n    return 3 * x"}, {"setup": "'before'", "double": "'between'", "total": "'after'"}
    rebuilt = rebuild(small.notebook, handed_in(small, answers, extra=own))
    whole, ends = engine.run(small, rebuilt, key=bytes(32))
    assert "'after'" in ran and len(ends) == 7
    ran.clear()
    (alone,) = engine.outcomes(small, rebuilt, key=bytes(32), only=["double"])
    assert ran == ["setup", "'before'", "double", "'between'"]
    told = [[(o.id, o.status, o.message, o.detail) for o in run.outcomes] for run in (whole[0], alone)]
    assert told[0] == told[1] and Status.WRONG in {status for _, status, _, _ in told[0]}


def test_student_code_sees_neither_the_host_nor_the_tests(small: Assignment, engine: Engine) -> None:
    probe = f"""
import os, json, sys
ours = [m.split(".") for m in sys.modules if m.startswith("autograder")]
seen = dict(
    home=os.path.exists("/root") or os.path.exists("/home"),
    tests=os.path.exists({os.path.dirname(__file__)!r}),
    processes=len([p for p in os.listdir("/proc") if p.isdigit()]) > 3,
    environment=[k for k in os.environ if "AUTOGRADER" in k or "TOKEN" in k],
    network=[line for line in open("/proc/net/dev") if ":" in line and "lo:" not in line],
    writable=[p for p in ("/usr", "/grading", sys.prefix, "/") if os.access(p, os.W_OK)],
    root=os.getuid() == 0,
    modules=[m for m in ours if m[1:2] not in ([], ["checks"], ["execution"], ["model"], ["sandbox"], ["syntax"], ["words"])],
)
print("seen", json.dumps(dict((k, v) for k, v in seen.items() if v)))
"""
    result = graded(small, engine, extra={"setup": probe})
    text = "".join(o.get("text", "") for c in result.notebook["cells"] for o in c.get("outputs", []))
    assert json.loads(text.split("seen")[1]) == {}


def test_nothing_that_student_code_starts_outlives_it(small: Assignment, engine: Engine) -> None:
    marker = f"sleep-{os.getpid()}-{os.urandom(4).hex()}"
    text = (
        f"import subprocess\nfor _ in range(5): subprocess.Popen(['bash', '-c', 'exec -a {marker} sleep 600'], start_new_session=True)\n"
        + RIGHT_TOTAL
    )
    assert earned(graded(small, engine, {"total": text})) == ALL
    assert earned(graded(small, engine, sha="b")) == ALL  # before the next submission it is dead
    alive = [pid for pid in os.listdir("/proc") if pid.isdigit() and marker in _command(pid)]
    assert alive == []


def _command(pid: str) -> str:
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            return file.read()
    except OSError:
        return ""


def test_the_number_of_processes_is_limited(small: Assignment, engine: Engine) -> None:
    text = """
import os, time
n = 0
try:
    for _ in range(1000):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        n += 1
except OSError: pass
print('started', n)
"""
    result = graded(small, engine, extra={"setup": text})
    out = "".join(o.get("text", "") for c in result.notebook["cells"] for o in c.get("outputs", []))
    assert 0 < int(out.split("started")[1].split()[0]) < 100


def test_a_test_that_fails_for_the_reference_too_is_undecided(small: Assignment, engine: Engine) -> None:
    cells = [
        {**c, "source": c["source"] + "\nimport os\nos._exit(1)\n" if grade_id(c) == "total-calls" else c["source"]}
        for c in small.notebook["cells"]
    ]
    bad = small.__class__(**{**small.__dict__, "notebook": {**small.notebook, "cells": cells}})
    result = grade(bad, submission(handed_in(bad)), engine=engine, secret=SECRET)
    assert statuses(result)["total-calls"] is Status.UNDECIDED
    assert result.status is Status.UNDECIDED
    assert earned(result) == {"double": 6, "total": 1, "slope": 3}
    assert "does not count against you" in result.problems[1].message


UNREADABLE = {
    "cut off": b'{"cells": [{"cell_ty',
    "empty": b"",
    "not a notebook": b"[1, 2]",
    "not text": b"\xff\xfe\x00",
    "no cells": b'{"cells": 3}',
    "deeply nested": b"[" * 100_000,
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_notebook_that_cannot_be_read_waits_for_a_person(case: str, small: Assignment, engine: Engine) -> None:
    result = grade(
        small,
        Submission("small", "team-00001", (), {"small.ipynb": UNREADABLE[case]}, "x"),
        engine=engine,
        secret=SECRET,
    )
    assert result.status is Status.UNDECIDED
    assert "small.ipynb" in result.problems[0].message


def test_a_missing_notebook_is_told_with_what_there_is(small: Assignment, engine: Engine) -> None:
    result = grade(small, Submission("small", "t", (), {"other.ipynb": b"{}"}, "x"), engine=engine, secret=SECRET)
    assert result.status is Status.UNDECIDED and "other.ipynb" in result.problems[0].message


def test_a_batch_goes_on_past_bad_submissions_and_runs_equal_work_once(small: Assignment) -> None:
    good, bad = handed_in(small), handed_in(small, {"double": "import os\nos._exit(1)"})
    batch = [
        submission(good, "g", "team-00001"),
        submission(bad, "b", "team-00002"),
        submission(good, "g", "team-00003"),
        Submission("small", "team-00004", (), {"small.ipynb": b"{"}, "u"),
    ]
    results = {g.submission: g for g in grade_all(small, batch, secret=SECRET, workers=1)}
    assert {team: sum(earned(g).values()) for team, g in results.items()} == {
        "team-00001": 12,
        "team-00002": 6,
        "team-00003": 12,
        "team-00004": 0,
    }
    assert results["team-00001"].seconds == results["team-00003"].seconds


def test_garbage_is_collected_as_in_a_notebook(small: Assignment, engine: Engine) -> None:
    result = graded(small, engine, extra={"setup": "import gc\nprint(gc.isenabled(), gc.get_threshold())"})
    assert [o["text"] for c in result.notebook["cells"] for o in c.get("outputs", [])] == ["True (700, 10, 10)\n"]


def test_a_figure_is_kept_for_the_marker(small: Assignment, engine: Engine) -> None:
    result = graded(small, engine, extra={"setup": "import matplotlib.pyplot as plt\nplt.plot([1, 2])"})
    shown = [o["data"] for c in result.notebook["cells"] for o in c.get("outputs", []) if o["output_type"] == "display_data"]
    assert ["image/png" in data for data in shown] == [True]


def test_a_figure_that_a_test_made_the_student_draw_is_no_output_of_the_next_cell(small: Assignment, engine: Engine) -> None:
    hidden = ("double-hidden", "double-plain")
    cells = [c for c in small.notebook["cells"] if grade_id(c) not in hidden]
    double, *others = small.problems
    shown = replace(double, tests=double.tests[:1], points=1)
    one = replace(small, notebook={**small.notebook, "cells": cells}, problems=(shown, *others))
    text = "import matplotlib.pyplot as plt\ndef double(x):\n    plt.plot(x)\n    return 2 * x"
    result = graded(one, engine, {"double": text}, {"double-visible": "plt.title('empty')\nplt.show()\nprint('done')"})
    pictures = [o["data"]["image/png"] for c in result.notebook["cells"] for o in c.get("outputs", []) if "data" in o]
    alone = graded(one, engine, {}, {"double-visible": "import matplotlib.pyplot as plt\nplt.title('empty')\nplt.show()\nprint('done')"})
    assert pictures == [o["data"]["image/png"] for c in alone.notebook["cells"] for o in c.get("outputs", []) if "data" in o]
    assert len(pictures) == 1 and earned(result) == {**ALL, "double": 1}


def test_what_is_not_written_yet_is_said_once(small: Assignment, engine: Engine) -> None:
    result = graded(small, engine, {"double": "def double(x):\n    raise NotImplementedError()"})
    assert [t.message for t in result.problems[0].tests[:2]] == ["double is not written yet."] * 2


def test_a_function_cannot_hide_its_code_behind_another_name(small: Assignment, engine: Engine) -> None:
    text = """
import torch
def innocent(x):
    return x
def double(x):
    return 2 * torch.tensor(x).numpy()
double.__name__ = 'innocent'
"""
    assert statuses(graded(small, engine, {"double": text}))["double-plain"] is Status.FORBIDDEN


def test_a_generator_that_was_passed_in_has_the_children_that_it_has_in_a_notebook(small: Assignment, engine: Engine) -> None:
    asks = """
    for rng in (np.random.default_rng(5), np.random.Generator(np.random.MT19937(5)), np.random.default_rng(5).spawn(2)[1]):
        rng.random()
        expected = [child.random() for child in copy.deepcopy(rng).spawn(2)]
        checks.close(checks.ask(double, rng), expected, "the children")
    """
    text = textwrap.dedent(f"import copy\n{textwrap.dedent(asks)}")
    cells = [{**cell, "source": text if grade_id(cell) == "double-visible" else cell["source"]} for cell in small.notebook["cells"]]
    spawning = replace(small, notebook={**small.notebook, "cells": cells})
    answers = {"double": "def double(rng):\n    return [child.random() for child in rng.spawn(2)]"}
    assert statuses(graded(spawning, engine, answers))["double-visible"] is Status.OK


def test_what_a_later_cell_binds_is_no_business_of_an_earlier_function(small: Assignment, engine: Engine) -> None:
    answers = {"double": "def double(x):\n    return twice(x)", "slope": "from torch import add as twice\n"}
    before = {"setup": "def twice(x):\n    return x + x"}
    assert earned(graded(small, engine, answers, before))["double"] == ALL["double"]
    between = {"double": "import torch\ndef twice(x):\n    return torch.as_tensor(x).add(x).numpy()"}
    result = graded(small, engine, answers, before | between)
    assert statuses(result)["double-plain"] is Status.FORBIDDEN


def test_made_up_places_of_an_exception_are_not_shown(small: Assignment, engine: Engine) -> None:
    text = """
from autograder.execution import student
def double(x):
    frames = [[3, "double", f"the input is {x}"], [int(1e6 * abs(x[0])), "double", "frames = 1"]]
    lie = {"classes": [["builtins", "ValueError"]], "text": "", "frames": frames}
    student.Served._raised = lambda self, error: lie
    raise ValueError
"""
    result = graded(small, engine, {"double": text})
    message = next(t.message for t in result.problems[0].tests if t.id == "double-hidden")
    assert "ValueError" in message and "input is" not in message and "line" not in message


def test_who_stops_listening_ends_the_engines_and_what_still_runs() -> None:
    seen: list[Engine] = []
    waiting = threading.Event()

    def work(running: Engine, number: int) -> int:
        seen.append(running)
        if number:
            waiting.wait(60)
        return number

    results = side_by_side(work, [0, 1, 2, 3], workers=1)
    assert next(results) == 0
    threading.Timer(0.5, waiting.set).start()
    results.close()
    assert len(seen) <= 2 and not seen[0].warm.running


def test_no_engine_is_closed_under_the_hands_of_who_uses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    waiting = threading.Event()

    def work(running: Engine, number: int) -> int:
        if number:
            child = running.fork("student", Limits())
            waiting.set()
            assert child.wait(60)  # it is killed
            time.sleep(0.3)
            running.end(child)
            told.append("ended")
        return number

    close = Engine.close
    monkeypatch.setattr(Engine, "close", lambda self: (told.append("closed"), close(self))[1])
    results = side_by_side(work, [0, 1], workers=2)
    assert next(results) == 0 and waiting.wait(60)
    results.close()
    assert told == ["ended", "closed", "closed"]


def test_a_confinement_that_fails_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    with Warm(slot=28) as warm:
        branch = Branch(warm)
        monkeypatch.setattr(Child, "wait", lambda self, seconds: False)
        with pytest.raises(SandboxError, match=r"could not be confined.*autograder doctor"):
            branch.fork("student", Limits())
        branch.close()
