"""The whole problem went down, below everything else."""

from __future__ import annotations

from typing import Any

from tests.golden.cases import extra_cell, find_cell


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    cells = notebook["cells"]
    ridge = find_cell(notebook, "ridge")
    ridge["source"] = "@checked\n" + ridge["source"]
    moved = [find_cell(notebook, name) for name in ("ridge", "ridge-visible", "ridge-hidden")]
    for cell in moved:
        cells.remove(cell)
    cells += [extra_cell("print('done with the rest')\ndef checked(function):\n    return function"), *moved]
