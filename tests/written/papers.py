"""PDFs as students make them, and as nobody should: made here, from nothing but matplotlib and pypdf."""
from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

PROOF = "Since f is differentiable, its rate of change in the direction d is the inner product of d and the gradient."
Page = Callable[[Figure], None]


def typed(figure: Figure) -> None:
    """A page of text."""
    for line in range(12):
        figure.text(0.1, 0.9 - 0.03 * line, PROOF, fontsize=8)


def headline(figure: Figure) -> None:
    figure.text(0.1, 0.95, "Homework 3, page 2 of 4, problem 7e", fontsize=8)


def photo(figure: Figure) -> None:
    """A picture over the whole page, as a scanner or a telephone makes it."""
    grain = np.random.default_rng(5).integers(0, 255, size=(60, 40), dtype=np.uint8)
    axes = figure.add_axes((0.02, 0.02, 0.96, 0.96))
    axes.imshow(grain, cmap="gray", aspect="auto", interpolation="nearest")
    axes.set_axis_off()


def recognised(figure: Figure) -> None:
    """The text that a program recognised in a scan, under it."""
    typed(figure)
    photo(figure)


def strokes(figure: Figure) -> None:
    """Handwriting of a tablet: lines and no letters."""
    pen = np.cumsum(np.random.default_rng(6).normal(size=(300, 2)), axis=0)
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.plot(pen[:, 0], pen[:, 1])
    axes.set_axis_off()


def plot(figure: Figure) -> None:
    """A drawing with what stands at its axes, and a sentence about it."""
    axes = figure.add_axes((0.2, 0.3, 0.6, 0.5))
    axes.plot(np.exp(-np.linspace(0, 3, 200)))
    figure.text(0.2, 0.2, "The error falls by a constant factor in every step.", fontsize=9)


def blank(_figure: Figure) -> None:
    """Nothing."""


def paper(*pages: Page) -> bytes:
    """A PDF of these pages."""
    out = io.BytesIO()
    with PdfPages(out) as pdf:
        for draw in pages:
            figure = Figure(figsize=(8.27, 11.69))
            draw(figure)
            pdf.savefig(figure)
    return out.getvalue()


def rewritten(content: bytes, change: Callable[[PdfWriter], Any]) -> bytes:
    """The PDF with something done to it by pypdf."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_root(key: str, value: Any) -> Callable[[PdfWriter], None]:
    """Put something into the document's catalogue."""
    return lambda writer: writer.root_object.__setitem__(NameObject(key), value)


def action(kind: str, **more: Any) -> DictionaryObject:
    """An action of this kind."""
    return DictionaryObject({NameObject("/S"): NameObject(kind), **{NameObject(f"/{k}"): TextStringObject(v) for k, v in more.items()}})


def page_action(writer: PdfWriter) -> None:
    """Something that starts when a page is opened."""
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action("/Launch", F="calc.exe")})


def named_script(writer: PdfWriter) -> None:
    """A script in the document's list of scripts, which viewers run when it is opened."""
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), action("/JavaScript", JS="app.alert(1)")])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def built(objects: Sequence[bytes], *, start: bytes = b"%PDF-1.7\n") -> bytes:
    """A PDF of these objects, numbered from 1, the first the catalogue."""
    out, places = bytearray(start), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def one_page(content: bytes, resources: bytes = b"<< >>", *others: bytes) -> bytes:
    """A document of one page; `content` is its stream object, `others` are numbered from 5."""
    return built([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % resources,
        content, *others])


def bomb() -> bytes:
    """A page whose content is a gigabyte of blanks once it is unpacked twice."""
    squeeze = zlib.compressobj(9)
    packed = b"".join([*(squeeze.compress(b" " * 2**20) for _ in range(1024)), squeeze.flush()])
    return one_page(stream(zlib.compress(packed, 9), b"/Filter [/FlateDecode /FlateDecode]"))


def forms_in_forms(depth: int = 40) -> bytes:
    """Each form paints the next one ten times."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
    forms = [stream(b"/F Do " * 10, form + b"/Resources << /XObject << /F %d 0 R >> >>" % (6 + n)) for n in range(depth)]
    return one_page(stream(b"/F Do"), b"<< /XObject << /F 5 0 R >> >>", *forms, stream(b"", form))


def pages_in_circles() -> bytes:
    """A tree of pages that contains itself."""
    return built([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99 >>"])


def tree_of_pages(depth: int = 40) -> bytes:
    """A tree with two branches at each level, both the same: 2 to the power of `depth` pages."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>" % (n + 3, n + 3) for n in range(depth)]
    return built([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page /MediaBox [0 0 9 9] >>"])


def deep(levels: int = 20_000) -> bytes:
    """Lists in lists."""
    lists = b"[" * levels + b"]" * levels
    return built([b"<< /Type /Catalog /Pages 2 0 R /Deep %s >>" % lists, b"<< /Type /Pages /Kids [] /Count 0 >>"])


def attached(content: bytes) -> bytes:
    return rewritten(content, lambda writer: writer.add_attachment("answers.zip", b"PK"))


def encrypted(content: bytes, **how: Any) -> bytes:
    return rewritten(content, lambda writer: writer.encrypt(**how))

