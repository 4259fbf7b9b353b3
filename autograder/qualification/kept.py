"""Trials that are kept when they end, so that a verification of hours can be stopped and gone on with.

A file of lines: what the trials are of (the assignment's version and the program that runs its tests), then a trial each. A trial under
the same seed by the same program ends alike, so it need not be run again; when the first line is another, nothing of the file counts.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from autograder.model import Status
from autograder.qualification.trials import Trial

Keep = Callable[[Sequence[Trial]], None]


@contextmanager
def kept_trials(path: Path, of: str, *, again: bool = False) -> Iterator[tuple[tuple[Trial, ...], Keep]]:
    """The trials that the file has, and a function that adds to them.

    of     what they are of
    again  as if there were none
    """
    known = () if again else _read(path, of)
    path.parent.mkdir(parents=True, exist_ok=True)
    # A file of one's own, which whoever verifies the same meanwhile does not write to, and which nobody else may read: it tells of
    # hidden tests.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:

        def keep(trials: Sequence[Trial]) -> None:
            file.writelines(json.dumps(asdict(trial)) + "\n" for trial in trials)
            file.flush()

        file.write(f"{of}\n")
        keep(known)
        os.replace(file.name, path)
        yield known, keep


def _read(path: Path, of: str) -> tuple[Trial, ...]:
    if not path.is_file():
        return ()
    first, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    return tuple(_trials(lines)) if first == of else ()


def _trials(lines: Sequence[str]) -> Iterator[Trial]:
    for line in lines:
        with suppress(ValueError, TypeError, KeyError):  # half a line, where the machine stopped; or one of an older form
            told = json.loads(line)
            names = {name: tuple(told[name]) for name in ("failed", "expected", "by_chance")}
            yield Trial(**told | names | {"statuses": tuple(map(Status, told["statuses"]))})
