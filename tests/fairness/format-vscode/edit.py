"""Metadata of other editors."""

from __future__ import annotations

from typing import Any


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    notebook["metadata"] = {"language_info": {"name": "python", "version": "3.12.1"}, "kaggle": {"accelerator": "none"}, "orig_nbformat": 4}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"vscode": {"languageId": "python"}, "_uuid": "f9", "execution": {"iopub.execute_input": "2024-01-01"}}
        cell["metadata"].pop("deletable", None)
        cell["metadata"].pop("editable", None)
