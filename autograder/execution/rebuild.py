"""The notebook that is run: the instructor's, with the student's answers put in.

Nothing of a submission is believed but the text of its cells. The order, the tests, the given cells, their points and metadata come
from the source notebook; from the submission come the content of the solution cells (found by grade_id), the answers to written
questions, the student's own extra cells in the place where they stand, and nothing else. So deleted, copied, renamed or edited
test cells, changed points and foreign metadata do nothing.

Where an extra cell stands is told by the last known cell before it. A solution cell that was copied with its metadata stays what the
student sees: the first is the answer, the copies run in their place as extra cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.model import SubmissionError

MAX_CELLS = 5000
DEFINED = re.compile(r"(?m)^(?:(?:async )?def +|class +|(?=\w+ *=(?!=)))([^\W\d]\w*)")
"""What a cell defines at its top level, roughly."""
MAX_TEXT = 2_000_000
"""Characters of one cell; an honest cell has a few thousand."""


@dataclass(frozen=True)
class Rebuilt:
    """`cells` is the notebook's cell list in running order, as nbformat dicts; `answers` maps grade_id to the student's text."""

    notebook: Mapping[str, Any]
    cells: tuple[Mapping[str, Any], ...]
    answers: Mapping[str, str]
    absent: tuple[str, ...]  # grade_ids of solution cells that the submission does not have


def parse(content: bytes, *, file: str) -> dict[str, Any]:
    """A submitted notebook as a dict; SubmissionError says what is wrong with the file."""
    try:
        notebook = json.loads(content.decode("utf-8-sig"))  # editors on Windows begin a file with a byte order mark
    except UnicodeDecodeError as error:
        raise SubmissionError(
            f"The file is not text in UTF-8 (byte {error.start}). Save the notebook again and submit it once more.",
            file=file,
        ) from None
    except (ValueError, RecursionError) as error:
        raise SubmissionError(
            f"The notebook cannot be read as JSON ({str(error)[:80]}); it may be cut off ({len(content)} bytes). "
            "Open it in Jupyter, save it and submit it once more.",
            file=file,
        ) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise SubmissionError(
            "The file has no list of cells, so it is not a notebook of format 4. Save it in Jupyter and submit it once more.",
            file=file,
        )
    if len(cells) > MAX_CELLS:
        raise SubmissionError(f"The notebook has {len(cells)} cells; at most {MAX_CELLS} are read.", file=file)
    return notebook  # type: ignore[no-any-return]


def grade_id(cell: Any) -> str:
    """The nbgrader grade_id of a cell, or an empty string; takes any JSON value."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    told = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = told.get("grade_id") if isinstance(told, dict) else None
    return name if isinstance(name, str) else ""


def flag(cell: Mapping[str, Any], name: str) -> bool:
    """One of nbgrader's flags (grade, solution, locked, task) of a source cell."""
    return bool(cell["metadata"].get("nbgrader", {}).get(name, False))


def is_look(cell: Any) -> bool:
    """A cell that draws the student's own result: not run when grading."""
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and "look" in tags


def text_of(cell: Any) -> str:
    """The source text of a cell, whatever form a notebook keeps it in."""
    source = cell.get("source", "") if isinstance(cell, dict) else ""
    text = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else source
    text = text if isinstance(text, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")[:MAX_TEXT]  # lone surrogates cannot be compiled or stored


def rebuild(source: Mapping[str, Any], submitted: Mapping[str, Any]) -> Rebuilt:
    """The source notebook with the student's answers and extra cells; pure, and total for any JSON value in `submitted`."""
    answerable = {grade_id(c): c for c in source["cells"] if flag(c, "solution")}
    known = {grade_id(c) for c in source["cells"] if grade_id(c)}
    plain = {c.get("id"): c for c in source["cells"] if not grade_id(c) and c.get("id")}
    looks = {c.get("id") for c in source["cells"] if is_look(c)}
    kept = {c["id"] for c in submitted["cells"] if isinstance(c, dict) and isinstance(c.get("id"), str)}
    lost = {(c["cell_type"], text_of(c)): i for i, c in plain.items() if i not in kept}  # some programs give up or renew all ids
    there = {(c.get("cell_type"), text_of(c)) for c in submitted["cells"] if isinstance(c, dict) and isinstance(c.get("cell_type"), str)}
    changed = {frozenset(names): i for (kind, text), i in lost.items()  # and then a cell is known by what it defines
               if kind == "code" and (kind, text) not in there and (names := DEFINED.findall(text))}

    answers: dict[str, str] = {}
    own: dict[str, str] = {}  # id of a plain source cell -> the student's version of it
    extras: dict[str, list[dict[str, Any]]] = {}  # anchor -> extra cells after it
    places = ["", *(grade_id(c) or f"#{c.get('id')}" for c in source["cells"])]
    anchor, since = "", 0  # the last known cell, and how many extra cells stand below it already
    for cell in submitted["cells"]:
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            continue
        before = anchor
        name, identity = grade_id(cell), cell.get("id") if isinstance(cell.get("id"), str) else None
        identity = identity if identity in plain else lost.pop((cell["cell_type"], text_of(cell)), identity)
        if not name and identity not in plain and cell["cell_type"] == "code":
            identity = changed.pop(frozenset(DEFINED.findall(text_of(cell))), identity)
        if name in answerable and name not in answers:
            answers[name] = text_of(cell)  # of any type: a slip of the keyboard turns a solution into text
            anchor = name
        elif name in answerable and answerable[name]["cell_type"] != "code":
            answers[name] += f"\n\n{text_of(cell)}"  # a written answer in two cells with the same metadata, as splitting one makes them
            anchor = name
        elif name in known and name not in answerable:
            anchor = name
        elif not name and identity in plain:
            anchor = f"#{identity}"
            if identity not in looks and cell["cell_type"] == plain[identity]["cell_type"] == "code":
                own.setdefault(str(identity), text_of(cell))
        elif cell["cell_type"] == "code" and not is_look(cell) and text_of(cell).strip():
            extras.setdefault(anchor, []).append(cell)
            continue
        if anchor != before:
            _follow(extras, places, before, since, anchor, text_of(cell))
            since = len(extras.get(anchor, []))

    cells: list[dict[str, Any]] = [_extra(c, i, "") for i, c in enumerate(extras.get("", []))]
    for original in source["cells"]:
        cell = {**original, "metadata": dict(original["metadata"])}
        name, identity = grade_id(cell), cell.get("id")
        if name in answerable:
            cell["source"] = answers.get(name, "")
        elif not name and identity in own and own[identity] != text_of(original):
            cell["source"] = own[identity]
            cell["metadata"]["autograder"] = {"student": True}
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        cells.append(cell)
        place = name or f"#{identity}"
        cells += [_extra(c, i, place) for i, c in enumerate(extras.get(place, []))]
    absent = tuple(name for name in answerable if name not in answers)
    return Rebuilt({**source, "cells": cells}, tuple(cells), {name: answers.get(name, "") for name in answerable}, absent)


def _follow(extras: dict[str, list[dict[str, Any]]], places: list[str], above: str, since: int, below: str, text: str) -> None:
    """Move the extra cells between two known cells to the lower one, when that one was moved down from a place above the upper one and
    uses what they define: with it they run where the author has it."""
    if places.index(below) >= places.index(above):
        return
    between = extras.get(above, [])[since:]
    if any(re.search(rf"\b{word}\b", text) for cell in between for word in DEFINED.findall(text_of(cell))):
        del extras[above][since:]
        extras.setdefault(places[places.index(below) - 1], []).extend(between)


def rebuild_stock(source: Mapping[str, Any], submitted: Mapping[str, Any]) -> Rebuilt:
    """As `rebuild`, for a notebook that was written for nbgrader alone: cells without a grade_id are the student's own. They stand, and
    run, as he left them, and those that he deleted are gone."""
    answerable = {grade_id(c) for c in source["cells"] if flag(c, "solution")}
    known = {grade_id(c) for c in source["cells"] if grade_id(c)}
    given = {(c["cell_type"], text_of(c)) for c in source["cells"] if not grade_id(c)}
    answers: dict[str, str] = {}
    own: dict[str, list[dict[str, Any]]] = {}  # anchor -> the student's cells after it
    anchor, count = "", 0
    for cell in submitted["cells"]:
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            continue
        name = grade_id(cell)
        if name in known and name not in answers:
            anchor = name
            if name in answerable:
                answers[name] = text_of(cell)
        elif name not in known or name in answerable:
            kind, text = cell["cell_type"], text_of(cell)
            made: dict[str, Any] = {"cell_type": kind, "id": f"own-{count}", "metadata": {}, "source": text}
            if (kind, text) not in given:
                made["metadata"] = {"autograder": {"student": True}}
            own.setdefault(anchor, []).append(made | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
            count += 1
    cells: list[dict[str, Any]] = own.get("", [])
    for original in source["cells"]:
        name = grade_id(original)
        if not name:
            continue
        cell = {**original, "metadata": dict(original["metadata"])}
        if name in answerable:
            cell["source"] = answers.get(name, "")
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        cells += [cell, *own.get(name, [])]
    absent = tuple(sorted(answerable - set(answers)))
    return Rebuilt({**source, "cells": cells}, tuple(cells), {name: answers.get(name, "") for name in sorted(answerable)}, absent)


def _extra(cell: Mapping[str, Any], number: int, anchor: str) -> dict[str, Any]:
    """A student's own cell with nothing of its metadata; its id is made from its place, so that ids stay unique."""
    identity = f"own-{''.join(ch if ch.isalnum() or ch in '-_' else '-' for ch in anchor)[:50]}-{number}"
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": {"autograder": {"student": True}},
        "source": text_of(cell),
        "outputs": [],
        "execution_count": None,
    }
