"""Compact JSON, keys in another order, everything escaped or nothing."""

from __future__ import annotations

import json
from typing import Any


def edit(notebook: dict[str, Any], files: dict[str, bytes]) -> None:
    files["six.ipynb"] = json.dumps(notebook, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
