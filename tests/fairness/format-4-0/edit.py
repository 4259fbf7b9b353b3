"""As JupyterLab 1 and classic Jupyter saved."""

from __future__ import annotations

from typing import Any


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    notebook.update(nbformat=4, nbformat_minor=0)
    kernel = {"name": "conda-env-dl-py", "display_name": "Python [conda env:dl]", "language": "python"}
    notebook["metadata"] = {"kernelspec": kernel}
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["source"] = cell["source"].splitlines(keepends=True)
