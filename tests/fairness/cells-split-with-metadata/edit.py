"""JupyterLab's split and copy give both cells the same nbgrader metadata."""

from __future__ import annotations

import copy
from typing import Any

from tests.golden.cases import find_cell


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    cells = notebook["cells"]
    whole = find_cell(notebook, "softmax")
    lines = whole["source"].split("\n")
    first = {**copy.deepcopy(whole), "source": "def softmax_helper(Z):\n    return np.exp(Z - Z.max(axis=1, keepdims=True))"}
    cells.insert(cells.index(whole), first)
    whole["source"] = "\n".join(lines)
    tried = find_cell(notebook, "ridge")
    cells.insert(cells.index(tried), {**copy.deepcopy(tried), "source": "def ridge(X, y, lam):\n    return 'a first try'"})
    twice = find_cell(notebook, "Net")
    cells.insert(cells.index(twice) + 1, copy.deepcopy(twice))
