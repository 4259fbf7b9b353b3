"""The traits of nbgrader's Execute mean with the engine what they mean with a kernel."""

from __future__ import annotations

import logging
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError, CellTimeoutError

from autograder.model import SandboxError
from autograder.nbgrader_execute import UNUSED, ConfinedExecute
from tests.nbgrader_execute.conftest import cell, notebook

SLOW = "import time\nleft = 1\ntime.sleep(60)"
RAISES = "raise ValueError('no')"


def run(*cells: Any, kernel: dict[str, str] | None = None, **traits: Any) -> Any:
    """The notebook after it ran; cells are texts, or made by `cell`."""
    made = notebook(*(cell(one) if isinstance(one, str) else one for one in cells), **({"kernel": kernel} if kernel else {}))
    done, _ = ConfinedExecute(**traits).preprocess(nbformat.from_dict(made), {})
    return done


def errors(ran: Any, number: int) -> list[str]:
    return [output.ename for output in ran.cells[number].outputs if output.output_type == "error"]


def test_a_cell_that_is_too_slow_says_so_as_in_nbgrader_and_the_next_one_runs() -> None:
    ran = run(SLOW, "print(left)", timeout=2)
    assert errors(ran, 0) == ["KeyboardInterrupt", "CellTimeoutError"]
    assert ran.cells[0].outputs[-1].traceback == ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"]
    assert ran.cells[1].outputs[0].text == "1\n"


def test_error_on_timeout_can_be_another_or_none() -> None:
    other = {"ename": "Custom", "evalue": "", "traceback": ["Custom"]}
    assert errors(run(SLOW, timeout=1, error_on_timeout=other), 0) == ["KeyboardInterrupt", "Custom"]
    assert errors(run(SLOW, timeout=1, error_on_timeout={}), 0) == ["KeyboardInterrupt"]


def test_without_interrupt_on_timeout_a_slow_cell_ends_the_notebook() -> None:
    with pytest.raises(CellTimeoutError, match="timed out"):
        run(SLOW, timeout=1, interrupt_on_timeout=False)


def test_timeout_func_decides_for_each_cell() -> None:
    ran = run(SLOW, "import time\ntime.sleep(0.3)", timeout=60, timeout_func=lambda one: 1 if "left" in one.source else None)
    assert errors(ran, 0) == ["KeyboardInterrupt", "CellTimeoutError"] and not errors(ran, 1)


def test_a_cell_that_heeds_no_interrupt_costs_only_itself() -> None:
    heedless = "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass"
    ran = run("x = 1", heedless, "x", timeout_func=lambda one: 1 if one.source == heedless else None, iopub_timeout=0)
    assert errors(ran, 1) == ["CellTimeoutError"]
    assert ran.cells[2].outputs[0].data["text/plain"] == "1"


def test_a_cell_that_ends_its_process_costs_only_itself() -> None:
    ran = run("x = 1", "import os\nos._exit(1)", "x")
    assert errors(ran, 1) == ["DeadKernelError"]
    assert ran.cells[2].outputs[0].data["text/plain"] == "1"


TAGGED = {"metadata": {"tags": ["raises-exception"]}}


@pytest.mark.parametrize(
    ("one", "traits", "stops"),
    [
        (cell(RAISES), {}, False),
        (cell(RAISES), {"allow_errors": False}, True),
        (cell(RAISES), {"allow_errors": False, "allow_error_names": ["ValueError"]}, False),
        (cell(RAISES), {"allow_errors": False, "allow_error_names": ["KeyError"]}, True),
        (cell(RAISES) | TAGGED, {"allow_errors": False}, False),
        (cell(RAISES) | TAGGED, {"force_raise_errors": True}, True),
        (cell("1"), {"allow_errors": False, "force_raise_errors": True}, False),
    ],
    ids=["default", "not allowed", "allowed by name", "another name", "tagged", "forced", "no error"],
)
def test_an_error_stops_the_notebook_where_the_traits_say_so(one: Any, traits: dict[str, Any], stops: bool) -> None:
    if stops:
        with pytest.raises(CellExecutionError, match="ValueError"):
            run(one, "'reached'", **traits)
    else:
        assert run(one, "'reached'", **traits).cells[1].outputs


def test_an_error_that_the_students_code_hides_is_told_all_the_same() -> None:
    ran = run("import IPython.core.interactiveshell as i\ni.InteractiveShell.showtraceback = lambda *a, **k: None", RAISES)
    assert errors(ran, 1) == ["ValueError"]


def test_a_skipped_cell_does_not_run_and_others_are_timed_and_numbered() -> None:
    skipped = cell("print(1)") | {"metadata": {"tags": ["skip-execution"]}}
    ran = run(skipped, "print(2)", cell("text", kind="markdown"), "")
    assert ran.cells[0].outputs == [] and ran.cells[3].outputs == []
    assert ran.cells[1].execution_count == 1
    assert set(ran.cells[1].metadata.execution) >= {"iopub.execute_input", "shell.execute_reply"}
    assert "execution" not in run("print(2)", record_timing=False).cells[0].metadata
    assert ran.metadata.language_info.name == "python"


def test_hooks_are_called_for_each_cell() -> None:
    called: list[str] = []

    async def later(**_: Any) -> None:
        called.append("later")

    run(
        "1",
        RAISES,
        on_cell_start=lambda **_: called.append("start"),
        on_cell_execute=later,
        on_cell_error=lambda **_: called.append("error"),
    )
    assert called == ["start", "later", "start", "later", "error"]


def test_what_nbgrader_says_by_its_environment_is_passed_on_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    monkeypatch.setenv("TOKEN", "secret")
    ran = run("import os\nprint(os.environ.get('NBGRADER_VALIDATING'), os.environ.get('TOKEN'))")
    assert ran.cells[0].outputs[0].text == "1 None\n"


@pytest.mark.parametrize(
    ("kernel", "traits"),
    [
        ({"name": "ir", "language": "R"}, {}),
        ({"name": "unheard-of"}, {}),
        ({"name": "python3", "language": "python"}, {"kernel_name": "unheard-of"}),
    ],
    ids=["R", "unknown", "unknown by trait"],
)
def test_another_language_is_refused(kernel: dict[str, str], traits: dict[str, Any]) -> None:
    with pytest.raises(SandboxError, match="runs Python only"):
        run("1", kernel=kernel, **traits)


def test_a_python_kernel_that_is_not_installed_here_is_python() -> None:
    assert run("1", kernel={"name": "conda-env-course", "language": "python"}).cells[0].outputs


@pytest.mark.parametrize("rich", [False, True])
def test_html_is_kept_only_when_asked_for(rich: bool) -> None:
    ran = run("from IPython.display import HTML\nHTML('<script>alert(1)</script>')", rich_outputs=rich)
    assert ("text/html" in ran.cells[0].outputs[0].data) is rich


def test_memory_is_limited() -> None:
    assert errors(run("x = bytes(800 * 2**20)", memory=1500), 0) == ["MemoryError"]


def test_a_trait_without_meaning_says_so(caplog: pytest.LogCaptureFixture) -> None:
    from traitlets.config import Config

    config = Config()
    config.Execute.extra_arguments = ["--x"]
    made = ConfinedExecute(config=config)
    made.log = logging.getLogger("test")
    made.preprocess(nbformat.from_dict(notebook(cell("1"))), {})
    assert "extra_arguments has no meaning" in caplog.text


def test_every_trait_without_meaning_is_one_of_nbgraders() -> None:
    assert set(UNUSED) <= set(ConfinedExecute.class_trait_names())
