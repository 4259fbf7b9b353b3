"""A bare import of what the engine warms: the modules that a warm interpreter holds, imported by a fresh one that does nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence

WARMED = """
import json, sys
from autograder.execution import zygote
zygote.warm()
from autograder.execution import student, tester
print(json.dumps([name for name, module in sys.modules.items() if getattr(module, "__spec__", None) and name != "__main__"]))
"""
IMPORT = """
import importlib, json, sys
failed = []
for name in json.load(sys.stdin):
    try:
        importlib.import_module(name)
    except Exception:
        failed.append(name)
print(json.dumps(failed))
"""


def warmed_modules() -> list[str]:
    """Names in the order of their import, without those that only exist once others have run."""
    names: list[str] = json.loads(_python(WARMED, "").splitlines()[-1])
    failed = set(json.loads(_python(IMPORT, json.dumps(names)).splitlines()[-1]))
    return [name for name in names if name not in failed]


def import_seconds(names: Sequence[str]) -> float:
    """From the start of an interpreter until it has imported them all."""
    begin = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", IMPORT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(list(names)))
        process.stdin.close()
        process.stdout.readline()
        return time.perf_counter() - begin


def _python(code: str, given: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], input=given, check=True, capture_output=True, text=True)
    return done.stdout
