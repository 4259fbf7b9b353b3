"""The file as bytes, since JSON text alone would not show it."""

from __future__ import annotations

import json
from typing import Any


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    for cell in notebook["cells"]:
        indented = cell["source"].replace("    ", "\t") if cell["cell_type"] == "code" else cell["source"]
        cell["source"] = indented.replace("\n", "  \r\n") + "\r\n\r\n"
    files["six.ipynb"] = b"\xef\xbb\xbf" + json.dumps(notebook, indent=1).replace("\n", "\r\n").encode()
