"""Pages that need nothing else: a file to open, keep or send, in the reader's language.

`template` gives the templates of a part the words of `autograder.words`; what they make (a *body*) goes into a page of the hub as well as
into `page`, the frame for a file. The frame forbids scripts and everything from elsewhere; whatever is not markup already is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from autograder.words import RIGHT_TO_LEFT, Sayable, plural, say, text

HERE = Path(__file__).parent / "templates"


def page(title: Sayable, bodies: Sequence[Markup], *, made: datetime, language: str = "en") -> str:
    """A file with these bodies under a title, and when it was made."""
    return template(HERE, "page.html", language).render(title=title, bodies=bodies, made=made)


@cache
def template(folder: Path, name: str, language: str) -> jinja2.Template:
    """A template with `_("… {gap} …", gap=value)`, `ngettext` and `text|said` in this language."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )

    def said(sayable: Sayable) -> Markup:
        return Markup(say(sayable, language, quote=escape))

    environment.globals |= {
        "_": lambda sentence, /, **values: said(text(sentence, **values)),
        "ngettext": lambda one, many, count, /, **values: said(plural(one, many, count, **values)),
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
    }
    environment.filters |= {"said": said, "percent": percent}
    return environment.get_template(name)


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
