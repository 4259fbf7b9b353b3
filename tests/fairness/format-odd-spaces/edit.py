"""Characters that editors and phones put in."""

from __future__ import annotations

from typing import Any

from tests.golden.cases import find_cell


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    softmax = find_cell(notebook, "softmax")
    softmax["source"] = softmax["source"].replace("\n", "\r")
    ridge = find_cell(notebook, "ridge")
    above, below = "# ridge\N{NO-BREAK SPACE}regression\N{LINE SEPARATOR}\n\x0c", "  # \N{ZERO WIDTH SPACE}\n\n\n   \n"
    ridge["source"] = above + ridge["source"] + below
