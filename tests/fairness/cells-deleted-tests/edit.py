"""What is given comes back."""

from __future__ import annotations

from typing import Any

from autograder.execution.rebuild import flag


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if c["cell_type"] == "code" and c["metadata"] and flag(c, "solution")]
