"""The sentences of the package, and the catalogues that hold them in other languages.

`python -m tests.words.catalogues` takes new sentences into locale/*.po, keeps every translation, and drops what is said no longer. A
sentence that was only reworded keeps its old translation, marked fuzzy: look at it and take the mark away. The tests say what is left.
"""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[2] / "autograder"
LOCALE = PACKAGE / "locale"
TEMPLATES = [("**/templates/**.html", "jinja2.ext:babel_extract")]
SAYING = {"text": 1, "plural": 2}
"""What makes a Text, and how many of its arguments are English."""


def extracted() -> Catalog:
    """Every sentence that the package says, with the files that say it."""
    found = Catalog(charset="utf-8")
    written = [(path, english) for path, _line, english in calls() if english]
    shown = [(PACKAGE / name, message) for name, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, TEMPLATES, {TEMPLATES[0][0]: {"silent": "false"}}, {"_": None, "ngettext": (1, 2)})]  # fmt: skip
    for path, message in sorted(written + shown, key=lambda row: str(row[0])):
        found.add(message, locations=[(str(path.relative_to(PACKAGE.parent)), None)])
    return found


def calls() -> Iterator[tuple[Path, int, str | tuple[str, ...]]]:
    """Every call in Python that makes a Text: where, and its English. That is "" where the call does not say it itself."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "autograder.words"
                 for alias in node.names} & SAYING.keys()  # fmt: skip
        names |= SAYING.keys() if path == PACKAGE / "words.py" else set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                said = tuple(one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))
                said = said[: SAYING[node.func.id]]
                complete = len(said) == SAYING[node.func.id]
                yield path, node.lineno, (said[0] if len(said) == 1 else said) if complete else ""


def catalogue(language: str) -> Catalog:
    """What there is in a language."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> None:
    """Take the present sentences into a catalogue."""
    kept = catalogue(language)
    kept.update(extracted())
    kept.obsolete.clear()
    write(language, kept)


def write(language: str, kept: Catalog) -> None:
    """Write a catalogue back; its head, the glossary and how numbers go, stays as it is."""
    path = LOCALE / f"{language}.po"
    body = io.BytesIO()
    write_po(body, kept, width=140, omit_header=True, sort_output=True, include_lineno=False)
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    path.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", encoding="utf-8")


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.stem for path in LOCALE.glob("*.po"))


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message, one for each form of the number; empty where there is none."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said)


def english(message: Message) -> tuple[str, ...]:
    """The sentence, or both its forms."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def gaps(template: str) -> set[str]:
    """The names of the gaps, of both kinds that a template may have. ValueError for a brace that opens none."""
    named = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    return named | set(re.findall(r"%\((\w+)\)s", template))


def untranslated(language: str) -> list[str]:
    """What a catalogue does not have yet, or only as a guess."""
    there = catalogue(language)
    wanting = []
    for message in sentences(extracted()):
        said = there.get(message.id, message.context)
        if said is None or not all(forms(said)) or said.fuzzy:
            wanting.append(english(message)[0])
    return wanting


def wrong_gaps(language: str) -> list[str]:
    """Sentences whose gaps are not those of the English. Only a form for one single number may do without it: "a day"."""
    there = catalogue(language)
    found = []
    for message in (one for one in sentences(there) if not one.fuzzy):
        wanted = set().union(*(gaps(one) for one in english(message)))
        for number, said in enumerate(forms(message)):
            missing = wanted - gaps(said)
            alone = len(forms(message)) > 1 and sum(form(there, count) == number for count in range(200)) == 1
            if said and (gaps(said) - wanted or missing - ({"count"} if alone else set())):
                found.append(said)
    return found


def form(there: Catalog, count: int) -> int:
    """Which form goes with a number."""
    return int(c2py(there.plural_expr)(count))


def sentences(there: Catalog) -> Iterator[Message]:
    return (message for message in there if message.id)


def main() -> None:
    for language in languages():
        update(language)
        left = untranslated(language)
        print(f"{language}: {len(list(sentences(catalogue(language))))} sentences, {len(left)} to translate")
        for sentence in left:
            print(f"  {sentence}")


if __name__ == "__main__":
    main()
