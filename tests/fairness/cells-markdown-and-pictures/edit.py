"""Text between the cells."""

from __future__ import annotations

from typing import Any


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    dot = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    text = {
        "cell_type": "markdown",
        "metadata": {},
        "source": "# Mine\n$x^2$ ![p](attachment:image.png)",
        "attachments": {"image.png": {"image/png": dot}},
    }
    raw = {"cell_type": "raw", "metadata": {"format": "text/latex"}, "source": "\\section{x}"}
    notebook["cells"][:] = [one for cell in notebook["cells"] for one in (text, cell, raw)]
