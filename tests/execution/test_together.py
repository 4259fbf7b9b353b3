"""A notebook in one confined process: what Jupyter would show, what its limits do, and that it stays inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import nbformat
import pytest

from autograder.execution import Engine
from autograder.execution.together import Ran, Together
from autograder.model import Limits, MachineryError

CAUGHT = "import time\nwhile True:\n    try:\n        time.sleep(0.1)\n    except KeyboardInterrupt:\n        pass"


@pytest.fixture
def notebook(engine: Engine) -> Iterator[Together]:
    with Together(engine, grace=30) as running:
        yield running


def shown(ran: Ran) -> list[Any]:
    """Outputs in short: text of streams with its stream, names of errors, forms of values."""
    short: list[Any] = []
    for output in ran.outputs:
        match output["output_type"]:
            case "stream":
                short.append((output["name"], output["text"]))
            case "error":
                short.append(output["ename"])
            case _:
                short.append(output["data"].get("text/plain", sorted(output["data"])))
    return short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print('hi')\n1 + 1", [("stdout", "hi\n"), "2"]),
        ("1 + 1;", []),
        (
            "import sys\nprint('out'); print('err', file=sys.stderr); print('out again')",
            [("stdout", "out\n"), ("stderr", "err\n"), ("stdout", "out again\n")],
        ),
        ("1 / 0", ["ZeroDivisionError"]),
        ("def f(:", ["SyntaxError"]),
        ("import os\nos.system('echo by itself')", ["0", ("stdout", "by itself\n")]),
        ("%%timeit -n 1 -r 1\npass", None),
        ("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", ["<Figure size 640x480 with 1 Axes>"]),
        ("from IPython.display import clear_output\nprint('gone'); clear_output(wait=True); print('stays')", [("stdout", "stays\n")]),
        ("await __import__('asyncio').sleep(0)\n'awaited'", ["'awaited'"]),
        ("import warnings\nwarnings.warn('careful')", None),
    ],
    ids=["result", "silenced", "streams in order", "error", "syntax", "descriptors", "magic", "figure", "cleared", "await", "warning"],
)
def test_a_cell_shows_what_jupyter_shows(notebook: Together, text: str, expected: list[Any] | None) -> None:
    ran = notebook.run(text)
    assert not ran.lost and ran.count == 1
    assert (ran.outputs and expected is None) or shown(ran) == expected


def test_outputs_make_a_valid_notebook(notebook: Together) -> None:
    cells = []
    for text in ("1", "print(2)", "1 / 0", "import matplotlib.pyplot as plt; plt.plot([1])", "print('\\ud800')"):
        ran = notebook.run(text)
        cells.append(nbformat.from_dict({**nbformat.v4.new_code_cell(text), "outputs": ran.outputs, "execution_count": ran.count}))
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4, 5]
    made = nbformat.v4.new_notebook(cells=cells)
    nbformat.validate(made)
    assert nbformat.writes(made).encode()


def test_an_error_carries_what_a_kernel_replies(notebook: Together) -> None:
    ran = notebook.run("def f():\n    raise KeyError('k')\nf()")
    assert ran.error is not None
    assert (ran.error["ename"], ran.error["evalue"]) == ("KeyError", "'k'")
    assert ran.error["traceback"] == ran.outputs[0]["traceback"]
    assert any("KeyError" in line for line in ran.error["traceback"])


@pytest.mark.parametrize("rich", [False, True])
def test_html_is_kept_only_when_asked_for(engine: Engine, rich: bool) -> None:
    with Together(engine, rich=rich) as notebook:
        ran = notebook.run("from IPython.display import HTML\nHTML('<script>alert(1)</script>')")
    assert ("text/html" in ran.outputs[0]["data"]) is rich


def test_a_display_that_changes_later_is_changed_where_it_stands(notebook: Together) -> None:
    first = notebook.run("shown = display(1, display_id=True)")
    second = notebook.run("shown.update(2)")
    assert shown(first) == ["2"] and shown(second) == []


def test_an_overdue_cell_is_interrupted_and_the_next_finds_what_it_left(notebook: Together) -> None:
    ran = notebook.run("x = 1\nimport time\ntime.sleep(60)", seconds=0.2)
    assert ran.overdue and not ran.lost
    assert shown(ran) == ["KeyboardInterrupt"]
    assert shown(notebook.run("x")) == ["1"]


@pytest.mark.parametrize(
    ("text", "word"),
    [(CAUGHT, "stopped"), ("import os\nos._exit(3)", "ended the process"), ("import ctypes\nctypes.string_at(0)", "ended the process")],
    ids=["heedless", "exit", "segfault"],
)
@pytest.mark.parametrize("replay", [True, False])
def test_after_a_lost_process_the_next_cell_runs_in_a_fresh_one(engine: Engine, text: str, word: str, replay: bool) -> None:
    with Together(engine, replay=replay, grace=0.2) as notebook:
        notebook.run("x = 1")
        ran = notebook.run(text, seconds=0.3)
        assert word in ran.lost
        assert shown(notebook.run("x")) == (["1"] if replay else ["NameError"])


def test_no_cell_runs_longer_than_the_notebook_may(engine: Engine) -> None:
    with Together(engine, Limits(wall=0.5), grace=0.2) as notebook:
        assert notebook.run("import time\ntime.sleep(60)").overdue


def test_files_lie_beside_the_notebook_and_new_ones_can_be_had(engine: Engine) -> None:
    files = {"data/x.txt": b"X", "helper.py": b"value = 5\n"}
    with Together(engine, files=files, environment={"NBGRADER_EXECUTION": "autograde"}) as notebook:
        ran = notebook.run("import os, helper\nopen('data/x.txt').read(), helper.value, os.environ['NBGRADER_EXECUTION']")
        assert shown(ran) == ["('X', 5, 'autograde')"]
        notebook.run("open('new.txt', 'w').write('new'); os.symlink('/etc/passwd', 'link'); os.makedirs('a'); open('a/b', 'w').write('b')")
        assert notebook.written() == ({"a/b": b"b", "new.txt": b"new"}, ())


def test_what_is_too_large_for_the_process_is_ours_to_tell(engine: Engine) -> None:
    with (
        Together(engine, Limits(scratch=2**20), files={"large": bytes(4 * 2**20)}) as notebook,
        pytest.raises(MachineryError, match="4 MiB"),
    ):
        notebook.run("1")


def test_the_cells_see_nothing_of_this_machine(notebook: Together) -> None:
    ran = notebook.run(
        f"import os\nos.path.exists({__file__!r}), os.listdir('/tmp'), sorted(n for n in os.listdir('/proc') if n.isdigit())"
    )
    assert shown(ran) == ["(False, ['notebook'], ['1'])"]


FORGED: Mapping[str, str] = {
    "nothing": "[]",
    "no list": "['done', None, 1, 'x']",
    "no outputs": "['done', None, 1, [1, None, {'output_type': 'x'}, {'output_type': 'display_data', 'data': {'text/plain': 5}}]]",
    "deep": "['done', None, 1, [{'output_type': 'display_data', 'metadata': {}, 'data': {'application/json': eval('[' * 90 + ']' * 90)}}]]",
    "lying errors": "['done', {'ename': 5, 'evalue': [], 'traceback': 'x'}, -3, []]",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_report_is_no_worse_than_an_empty_one(engine: Engine, forged: str) -> None:
    text = (
        "import gc, os\nfrom autograder.execution.wire import Channel\n"
        f"for channel in [o for o in gc.get_objects() if type(o) is Channel]:\n    channel.send({forged})\nimport time; time.sleep(60)"
    )
    with Together(engine, rich=True, grace=0.2) as notebook:
        ran = notebook.run(text, seconds=20)
        assert ran.outputs == [] and (ran.count or 0) >= 0
        assert ran.error is None or type(ran.error["ename"]) is str
