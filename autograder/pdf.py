"""Look through a PDF and say what is in it: run as a process of its own, which `written` starts and bounds.

A PDF is a program's worth of structure that strangers wrote: it may be a bomb, refer to itself, hide scripts and files, or be no PDF. It
is read by pypdf, which is Python alone: what a native library would answer with a broken heap is an exception here, or time and memory,
and both are bounded before the first byte is read. Nothing is run, drawn or written; what comes out are counts.

The text of a page is judged by its letters, as a search in it would find them, whatever fonts and pictures there are.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject

MOST_OBJECTS = 200_000
"""Objects that are looked through; a hundred pages with figures have some thousands."""
SCRIPTS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute", "/GoToE"})
"""Actions that do more than lead to a page or an address."""
LINES = frozenset({b"l", b"c", b"v", b"y"})
"""Operators that draw a piece of a line."""
FRAME = 16
"""Pieces of lines that are no drawing: a background, a frame, a rule above the notes."""

Matrix = tuple[float, ...]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TooMuch(Exception):
    """There is more than anybody writes by hand."""


def main() -> None:
    """Read a PDF from standard input, and print what was found as one line of JSON. The arguments are bounds: pages that are read,
    seconds of processor time, bytes of memory."""
    most_pages, seconds, memory = (int(word) for word in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.disable(logging.CRITICAL)  # pypdf tells of each oddity
    sys.stdout.write(json.dumps(found(sys.stdin.buffer.read(), most_pages=most_pages)) + "\n")


def found(content: bytes, *, most_pages: int) -> dict[str, Any]:
    """What is in a PDF: `pages`, and of the first `most_pages` what is `seen` on each; or a word for its `trouble`."""
    try:
        return _look(content, most_pages)
    except (MemoryError, RecursionError, LimitReachedError, TooMuch):
        return {"trouble": "too much"}
    except Exception:  # pypdf raises what Python raises when a file is not what it says
        return {"trouble": "broken"}


def _look(content: bytes, most_pages: int) -> dict[str, Any]:
    reader = PdfReader(io.BytesIO(content), strict=False, root_object_recovery_limit=1000)
    if reader.is_encrypted:
        return {"trouble": "encrypted"}
    count = len(reader.pages)
    if not count:
        return {"trouble": "broken"}
    if dangers := sorted(set(_dangers(reader))):
        return {"trouble": dangers[0]}
    return {"pages": count, "seen": [_page(page) for page in reader.pages[:most_pages]]}


def _dangers(reader: PdfReader) -> Iterator[str]:
    """What a page of an answer has no use for: "scripts", "files"."""
    waiting: list[PdfObject | None] = [reader.trailer.raw_get("/Root")]
    seen: set[tuple[int, int]] = set()
    looked = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            place = (one.idnum, one.generation)
            if place in seen:
                continue
            seen.add(place)
            one = one.get_object()
        looked += 1
        if looked > MOST_OBJECTS:
            raise TooMuch
        if isinstance(one, DictionaryObject):
            if "/JS" in one or "/XFA" in one or one.get("/S") in SCRIPTS or "/JavaScript" in one:
                yield "scripts"
            if "/EF" in one or "/EmbeddedFiles" in one or one.get("/Subtype") in ("/FileAttachment", "/RichMedia"):
                yield "files"
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)


def _page(page: Any) -> dict[str, Any]:
    """Letters, words, whether something is drawn, and the part of the page that pictures cover (0 to 1)."""
    area = abs(float(page.mediabox.width) * float(page.mediabox.height)) or 1.0
    seen = _Seen(area, page.get("/Resources"))
    text = page.extract_text(visitor_operand_before=seen.before, visitor_operand_after=seen.after)
    return {
        "letters": sum(letter.isalnum() for letter in text),
        "words": sum(any(letter.isalnum() for letter in word) for word in text.split()),
        "drawn": seen.lines > FRAME or seen.covered > 0,
        "covered": round(min(seen.covered, 1.0), 3),
    }


class _Seen:
    """What a page paints besides text: follows its operators, and into the forms that it paints."""

    def __init__(self, area: float, resources: Any) -> None:
        self.lines, self.covered = 0, 0.0
        self._area = area
        self._inside: list[tuple[Any, Matrix]] = [(resources, IDENTITY)]  # resources and place of the page, then of each form
        self._forms: list[bool] = []  # for each `Do` that has not ended, whether it is a form

    def before(self, operator: bytes, operands: Any, place: Any, _text: Any) -> None:
        resources, outer = self._inside[-1]
        if operator in LINES:
            self.lines += 1
        elif operator == b"INLINE IMAGE":
            self._picture(_times(place, outer))
        elif operator == b"Do":
            painted = _named(resources, operands)
            kind = painted.get("/Subtype") if isinstance(painted, DictionaryObject) else None
            self._forms.append(kind == "/Form")
            if kind == "/Image":
                self._picture(_times(place, outer))
            elif kind == "/Form":
                own = painted.get("/Matrix", IDENTITY)
                self._inside.append((painted.get("/Resources", resources), _times(own, _times(place, outer))))

    def after(self, operator: bytes, _operands: Any, _place: Any, _text: Any) -> None:
        if operator == b"Do" and self._forms.pop():
            self._inside.pop()

    def _picture(self, place: Matrix) -> None:
        a, b, c, d = place[:4]
        self.covered += max(abs(a * d - b * c) / self._area, 1e-9)


def _named(resources: Any, operands: Any) -> Any:
    """The picture or form that an operator paints."""
    try:
        name = operands[0]
        return resources.get_object()["/XObject"][name].get_object() if isinstance(name, NameObject) else None
    except (KeyError, IndexError, AttributeError, TypeError):
        return None


def _times(one: Any, other: Any) -> Matrix:
    """A place inside a place, as a PDF multiplies; where there are no six numbers, the outer one."""
    try:
        a, b, c, d, e, f = (float(x) for x in one)
    except (TypeError, ValueError):
        return tuple(other)
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


if __name__ == "__main__":
    main()
