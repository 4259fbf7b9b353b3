"""Esc, M and Esc, Y."""

from __future__ import annotations

from typing import Any

from tests.golden.cases import find_cell


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    find_cell(notebook, "ridge").update(cell_type="markdown")
    notebook["cells"][0].update(cell_type="code", outputs=[], execution_count=None)
    notebook["cells"][2].update(cell_type="raw")
