"""Cells moved with the arrows of the tool bar."""

from __future__ import annotations

from typing import Any

from tests.golden.cases import extra_cell, find_cell


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    cells = notebook["cells"]
    for name in ("ridge", "ridge-visible", "ridge-hidden"):
        cell = find_cell(notebook, name)
        cells.remove(cell)
        cells.append(cell)
    text = [cell for cell in cells if cell["cell_type"] == "markdown"]
    for cell in text:
        cells.remove(cell)
    cells[:0] = reversed(text)
    softmax = find_cell(notebook, "softmax")
    at = cells.index(softmax)
    cells[at - 1], cells[at] = cells[at], cells[at - 1]
    softmax["source"] = "import numpy as np\n" + softmax["source"]
    cells.insert(0, extra_cell("print('first of all')"))
