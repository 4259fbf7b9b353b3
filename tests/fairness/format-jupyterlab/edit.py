"""What JupyterLab 4 adds."""

from __future__ import annotations

from typing import Any


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    notebook.update(nbformat=4, nbformat_minor=5)
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2, "version_minor": 0}}
    notebook["metadata"]["toc-autonumbering"] = True
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"new-{number}"
        cell["metadata"] |= {"trusted": True, "jp-MarkdownHeadingCollapsed": True, "tags": ["mine"], "slideshow": {"slide_type": "slide"}}
        if cell["cell_type"] == "code":
            cell["execution_count"] = 100 - number
            cell["outputs"] = [
                {"output_type": "stream", "name": "stderr", "text": ["Error\n"]},
                {"output_type": "error", "ename": "AssertionError", "evalue": "", "traceback": ["\x1b[31mAssertionError\x1b[0m"]},
                {"output_type": "execute_result", "execution_count": 7, "data": {"text/plain": "0.0"}, "metadata": {}},
            ]
