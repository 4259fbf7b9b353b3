"""What Colab leaves of a notebook."""

from __future__ import annotations

from typing import Any


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    notebook.update(nbformat=4, nbformat_minor=0)
    notebook["metadata"] = {"colab": {"provenance": [], "gpuType": "T4"}, "accelerator": "GPU", "kernelspec": {"name": "python3"}}
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] |= {"id": f"aB{number}", "outputId": "x", "colab": {"base_uri": "https://localhost:8080/"}}
        cell["source"] = cell["source"].splitlines(keepends=True)
        if cell["cell_type"] == "code":
            view = {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}, "text/plain": ["x"]}
            cell["outputs"] = [{"output_type": "display_data", "data": view, "metadata": {}}]
    setup = {"cell_type": "code", "metadata": {"id": "d"}, "source": ["from google.colab import drive\n", "drive.mount('/content/drive')"]}
    notebook["cells"].insert(0, setup)
