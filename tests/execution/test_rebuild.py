"""Only the text of answers and own cells comes from a submission; everything else is the instructor's."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.source import reachable
from autograder.execution.plan import bound, loaded, plan
from autograder.execution.rebuild import grade_id, parse, rebuild
from autograder.model import Assignment, SubmissionError
from tests.execution.conftest import handed_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


def the_tests(cells: Any) -> list[tuple[str, str, Any]]:
    return [(grade_id(c), c["source"], c["metadata"]["nbgrader"]) for c in cells if c["metadata"].get("nbgrader", {}).get("grade")]


def without(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    return {**notebook, "cells": [c for c in notebook["cells"] if grade_id(c) != name]}


def changed(notebook: dict[str, Any], name: str, **metadata: Any) -> dict[str, Any]:
    new = copy.deepcopy(notebook)
    for cell in new["cells"]:
        if grade_id(cell) == name:
            cell["metadata"]["nbgrader"].update(metadata)
    return new


@pytest.mark.parametrize(
    "tamper",
    [
        lambda n: without(n, "double-hidden"),
        lambda n: changed(n, "double-hidden", points=100),
        lambda n: changed(n, "double-hidden", grade=False),
        lambda n: changed(n, "double-hidden", solution=True),
        lambda n: changed(n, "double-hidden", grade_id="other"),
        lambda n: {**n, "cells": n["cells"][::-1]},
        lambda n: {**n, "cells": n["cells"] * 2},
        lambda n: {**n, "cells": []},
        lambda n: {**n, "metadata": {"kernelspec": {"name": "evil"}}},
        lambda n: {**n, "cells": [{**c, "metadata": {}} for c in n["cells"]]},
    ],
    ids=[
        "deleted",
        "points",
        "not graded",
        "made a solution",
        "renamed",
        "reversed",
        "twice",
        "empty",
        "kernel",
        "no metadata",
    ],
)
def test_tests_are_the_instructors_whatever_was_done_to_them(tamper: Any, small: Assignment) -> None:
    rebuilt = rebuild(small.notebook, tamper(handed_in(small)))
    assert the_tests(rebuilt.cells) == the_tests(small.notebook["cells"])
    assert rebuilt.notebook["metadata"] == small.notebook["metadata"]


def test_answers_come_from_the_submission_and_missing_ones_are_empty(small: Assignment) -> None:
    rebuilt = rebuild(small.notebook, without(handed_in(small, {"double": "double = 3"}), "slope"))
    assert rebuilt.answers["double"] == "double = 3"
    assert rebuilt.answers["slope"] == ""
    assert rebuilt.absent == ("slope",)


def test_own_cells_run_where_they_stand(small: Assignment) -> None:
    cells = rebuild(small.notebook, handed_in(small, extra={"total": "mine = 1"})).cells
    place = [grade_id(c) or c["source"] for c in cells]
    assert place.index("mine = 1") == place.index("total") + 1


def test_a_copied_answer_stays_where_the_student_sees_it(small: Assignment) -> None:
    notebook = handed_in(small)
    number = next(i for i, c in enumerate(notebook["cells"]) if grade_id(c) == "double")
    copied = {**notebook["cells"][number], "source": "double = 'again'"}
    notebook["cells"].insert(number + 1, copied)
    place = [(grade_id(c), c["source"]) for c in rebuild(small.notebook, notebook).cells]
    assert place[place.index(("double", notebook["cells"][number]["source"])) + 1] == ("", "double = 'again'")


SOURCE = {
    "metadata": {},
    "cells": [
        {"cell_type": "code", "id": "data", "metadata": {}, "source": "X = load()"},
        {"cell_type": "code", "id": "f", "metadata": {"nbgrader": {"grade_id": "f", "solution": True}}, "source": "f = 1"},
        {"cell_type": "markdown", "id": "w", "metadata": {"nbgrader": {"grade_id": "w", "solution": True, "grade": True}}, "source": "."},
    ],
}


def rebuilt_from(*cells: dict[str, Any]) -> list[tuple[str, str]]:
    return [(c["id"], c["source"]) for c in rebuild(SOURCE, {"cells": cells}).cells]


@pytest.mark.parametrize("identity", [{}, {"id": "another"}], ids=["without ids", "with new ids"])
def test_a_given_cell_runs_once_when_the_ids_are_lost(identity: dict[str, str]) -> None:
    data, f, w = ({**{k: v for k, v in cell.items() if k != "id"}, **identity} for cell in SOURCE["cells"])
    assert rebuilt_from(data, f, w) == [("data", "X = load()"), ("f", "f = 1"), ("w", ".")]


@pytest.mark.parametrize("identity", [{}, {"id": "another"}], ids=["without ids", "with new ids"])
def test_a_changed_cell_takes_the_place_of_the_given_one_when_the_ids_are_lost(identity: dict[str, str]) -> None:
    data, f, w = ({**{k: v for k, v in cell.items() if k != "id"}, **identity} for cell in SOURCE["cells"])
    mine, other = {**data, "source": "X = mine()"}, {**data, "source": "Y = mine()"}
    assert rebuilt_from(mine, f, w) == [("data", "X = mine()"), ("f", "f = 1"), ("w", ".")]
    assert [text for _, text in rebuilt_from(other, f, w)] == ["Y = mine()", "X = load()", "f = 1", "."]
    assert [text for _, text in rebuilt_from(mine, data, f, w)] == ["X = mine()", "X = load()", "f = 1", "."]


def test_a_copy_of_a_given_cell_runs_as_well() -> None:
    data = SOURCE["cells"][0]
    assert [text for _, text in rebuilt_from(data, {**data, "id": "copy"})] == ["X = load()", "X = load()", "", ""]


@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_an_answer_counts_whatever_type_its_cell_was_turned_into(kind: str) -> None:
    _, f, w = ({**cell, "cell_type": kind, "source": "mine"} for cell in SOURCE["cells"])
    assert rebuilt_from(f, w)[1:] == [("f", "mine"), ("w", "mine")]


@pytest.mark.parametrize(
    ("helper", "place"),
    [("def h(x):\n    return x", ["h", "f", "g"]), ("other = g", ["f", "g", "other"])],
    ids=["used by it", "not used by it"],
)
def test_a_helper_follows_the_solution_that_was_moved_down_with_it(helper: str, place: list[str]) -> None:
    f, g = ({"cell_type": "code", "metadata": {"nbgrader": {"grade_id": name, "solution": True}}, "source": ""} for name in "fg")
    own = {"cell_type": "code", "metadata": {}, "source": helper}
    cells = [{**g, "source": "g = 1"}, own, {**f, "source": "f = h(1)"}]
    rebuilt = rebuild({"metadata": {}, "cells": [f, g]}, {"cells": cells})
    assert [c["source"].removeprefix("def ")[:5].split("(")[0].split(" ")[0] for c in rebuilt.cells] == place


def test_both_halves_of_a_written_answer_that_was_split_are_read() -> None:
    w = SOURCE["cells"][2]
    assert rebuilt_from({**w, "source": "first"}, {**w, "source": "second"})[2] == ("w", "first\n\nsecond")


@given(cells=st.lists(JSON, max_size=6), data=st.data())
def test_any_json_is_rebuilt_with_all_tests(cells: list[Any], data: st.DataObject, small: Assignment) -> None:
    known = copy.deepcopy(data.draw(st.sampled_from(list(small.notebook["cells"]))))
    if cells:
        known["metadata"] = data.draw(JSON)
    rebuilt = rebuild(small.notebook, {"cells": [*cells, known]})
    assert the_tests(rebuilt.cells) == the_tests(small.notebook["cells"])
    json.dumps(rebuilt.notebook)
    plan(small, rebuilt)


def test_the_size_of_a_notebook_is_limited() -> None:
    with pytest.raises(SubmissionError, match="6000 cells"):
        parse(json.dumps({"cells": [{}] * 6000}).encode(), file="a.ipynb")


@pytest.mark.parametrize(
    ("text", "binds", "reads"),
    [
        ("import numpy as np, os.path", {"np", "os"}, set()),
        ("def f(x=y):\n    return z", {"f"}, {"y"}),
        ("a, (b, *c) = d", {"a", "b", "c"}, {"d"}),
        ("%matplotlib inline\nx = 1", {"x"}, set()),
        ("for i in r:\n    s += i", {"i", "s"}, {"r", "i"}),
        ("x = [k for k in y]", {"x"}, {"y", "k"}),
        ("def broken(", set(), set()),
    ],
)
def test_names_that_a_cell_binds_and_reads(text: str, binds: set[str], reads: set[str]) -> None:
    assert bound(text) == binds
    assert loaded(text) == reads


CELLS = [
    "import numpy as np\nimport torch",
    "def helper(A):\n    return np.linalg.svd(A)",
    "def svd_thin(A):\n    return helper(A)",
    "def other():\n    return torch.ones(1)",
]


def test_the_text_behind_a_function_is_what_it_reaches_by_name() -> None:
    text = reachable("svd_thin", CELLS)
    assert "np.linalg.svd" in text and "import numpy as np" in text
    assert "torch.ones" not in text and "import torch" not in text


@pytest.mark.parametrize(
    "cell",
    [
        "np.norm2 = np.linalg.svd",
        "setattr(np, 'norm2', np.linalg.svd)",
        "helper = np.linalg.svd",
        "for helper in [np.linalg.svd]: pass",
    ],
)
def test_what_changes_a_reached_name_is_part_of_the_text(cell: str) -> None:
    cells = ["import numpy as np", "def helper(A): return A", "def f(A):\n    return np.norm2(helper(A))", cell]
    assert "np.linalg.svd" in reachable("f", cells)


def test_a_name_that_no_cell_binds_has_no_text() -> None:
    assert reachable("qr", CELLS) == ""
