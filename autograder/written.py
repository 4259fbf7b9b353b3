"""The PDF of an answer on paper: whether it can be taken as it is, and why not, in sentences for whoever hands it in.

`check` gives what was found (pages, words) and what is wrong. A marker must be able to open, search and copy from it, so it has a text
layer on every page that shows something, no password, and nothing in it acts or hides. What is judged:

- A page *speaks* when a search would find a sentence in it: `SENTENCE` letters, or `SPREAD` where a picture covers most of the page,
  since a scan under a typed headline is still a scan. Recognised text under a scan makes it speak; blank pages need not.
- A page that shows something and does not speak is a scan where a picture covers most of it, and never taken. Other ones are drawings:
  there may be as many of them as pages that speak. Who types has at least a page about each drawing, and what is written by hand on a
  tablet is drawn on every page.

The library that reads is pypdf: kept well (monthly releases, limits against bombs), BSD, no code but Python and no further package.
pikepdf (qpdf) mends structure better but has no text; pdfium and MuPDF are faster, native code that parses strangers' bytes, and MuPDF is
AGPL. It runs in a process of its own (`pdf`), confined where the machine can confine, and under limits of time and memory everywhere:
a tenth of a second to start, 10 to 40 ms for each full page.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder import sandbox
from autograder.model import WrittenPart
from autograder.words import Listed, Text, plural, text

SENTENCE = 20
"""Letters of a page with a sentence on it, such as the caption of a drawing."""
SPREAD = 100
"""Letters of a page that a picture covers, beyond any headline."""
MOST = 0.5
"""Part of a page that a picture covers when the page is a scan."""
MEGABYTE = 1_000_000
SECONDS = 6
"""Of processor time for reading; twenty full pages take one."""
WAIT = 15.0
"""Seconds by the clock; whoever has waited so long for a busy machine is not refused."""
MEMORY = 512 * 2**20
SLOT = 900
"""Number of the unprivileged user that reads when we are root: none of the workers that grade."""


@dataclass(frozen=True)
class Checked:
    """What the check found."""

    pages: int
    words: int
    trouble: tuple[Text, ...]  # why it cannot be taken; empty when it can
    read: bool = True  # False when our own machinery failed: then it is taken, and a person looks


def check(content: bytes, rule: WrittenPart) -> Checked:
    """Look at a PDF that was handed in. Never raises, whatever the bytes are."""
    if len(content) > rule.megabytes * MEGABYTE:
        said = text(
            "The PDF has {size} MB; at most {most} MB can be taken. Make its pictures smaller and export it again.",
            size=f"{len(content) / MEGABYTE:.1f}",
            most=f"{rule.megabytes:g}",
        )
        return Checked(0, 0, (said,))
    if not content.startswith(b"%PDF-"):
        return Checked(0, 0, (text("This is not a PDF: a PDF begins with %PDF. Export your text as PDF and hand that in."),))
    if b"%%EOF" not in content[-1024:]:
        return Checked(0, 0, (text("The PDF is cut off: its end is missing. Export it again, or download it again, and hand that in."),))
    found = _look(content, rule)
    return Checked(0, 0, (), read=False) if found is None else judged(found, rule)


def judged(found: Mapping[str, Any], rule: WrittenPart) -> Checked:
    """What follows from what `pdf.found` found."""
    if "trouble" in found:
        return Checked(0, 0, (TROUBLE[found["trouble"]],))
    pages, seen = int(found["pages"]), found["seen"]
    words = sum(page["words"] for page in seen)
    trouble = [
        *(_too_long(pages, rule.pages) if pages > rule.pages else ()),
        *(_silent(seen) if rule.text else ()),
    ]
    return Checked(pages, words, tuple(trouble))


TROUBLE: Mapping[str, Text] = {
    "encrypted": text("The PDF is protected by a password. Export it again without any protection."),
    "scripts": text("The PDF contains scripts or actions that start by themselves. Print it to a new PDF, which leaves them out."),
    "files": text("The PDF carries attached files or films. Print it to a new PDF, which leaves them out."),
    "broken": text("The PDF is damaged: its pages cannot be found. Open it, see that it is whole, and print it to a new PDF."),
    "too much": text("Reading the PDF takes too much time or memory. Print it to a new PDF, or make its figures simpler."),
}
"""By the word of `pdf.found`."""


def _too_long(pages: int, most: int) -> tuple[Text, ...]:
    said = text("The PDF has {pages} pages; at most {most} can be taken. Shorten your answer and export it again.", pages=pages, most=most)
    return (said,)


def _silent(seen: Sequence[Mapping[str, Any]]) -> tuple[Text, ...]:
    """What pages do not speak that should."""
    scans, drawings, speaking = [], [], 0
    for number, page in enumerate(seen, start=1):
        scanned = page["covered"] >= MOST
        if page["letters"] >= (SPREAD if scanned else SENTENCE):
            speaking += 1
        elif scanned:
            scans.append(number)
        elif page["drawn"]:
            drawings.append(number)
    said = []
    if scans:
        said.append(
            plural(
                "Page {which} holds no text that can be searched: it looks like a scan or a photo, which nobody can search or enlarge. "
                "Type your answer, in LaTeX, a word processor or a cell of the notebook, and export it as PDF; or let a program "
                "recognise the text of the scan.",
                "Pages {which} hold no text that can be searched: they look like a scan or photos, which nobody can search or enlarge. "
                "Type your answer, in LaTeX, a word processor or a cell of the notebook, and export it as PDF; or let a program "
                "recognise the text of the scan.",
                len(scans),
                which=_listed(scans),
            )
        )
    if len(drawings) > speaking:
        said.append(
            plural(
                "Page {which} holds drawings and no text that can be searched: it looks like handwriting, or like letters turned into "
                "curves. Type your answer and export it as PDF; beside a drawing, write a sentence about it.",
                "Pages {which} hold drawings and no text that can be searched: they look like handwriting, or like letters turned into "
                "curves. Type your answer and export it as PDF; beside a drawing, write a sentence about it.",
                len(drawings),
                which=_listed(drawings),
            )
        )
    if not said and not speaking:
        said.append(text("The PDF holds no text that can be searched. Type your answer and export it as PDF."))
    return tuple(said)


def _listed(numbers: Sequence[int]) -> Listed:
    return Listed([str(number) for number in numbers])


def _look(content: bytes, rule: WrittenPart) -> Mapping[str, Any] | None:
    """What `pdf.found` finds in a process of its own; None when that process could not do its work."""
    try:
        command = [*_python(), str(rule.pages), str(SECONDS), str(MEMORY)]
        ended = subprocess.run(command, input=content, capture_output=True, timeout=WAIT, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return None
    try:
        return dict(json.loads(ended.stdout))
    except ValueError:
        # Stopped by its limits (where bubblewrap stands between, the signal comes as 128 and more), or never begun.
        return {"trouble": "too much"} if ended.returncode < 0 or ended.returncode > 128 else None


@cache
def _python() -> tuple[str, ...]:
    """The command that reads, its bounds to follow; where nothing can be confined here, under those bounds alone."""
    if sandbox.has_bubblewrap():
        return tuple(sandbox.python("from autograder.pdf import main; main()", ("__init__.py", "pdf.py"), slot=SLOT))
    return (sys.executable, "-I", "-B", str(Path(__file__).with_name("pdf.py")))
