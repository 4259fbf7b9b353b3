"""The hub's own pages, from the log-in to JupyterLab: in the language that the reader's browser asks for, and readable in light and dark.

JupyterHub takes templates of ours before its own. Needs JupyterHub and our catalogues alone, as a hub has no more that keeps no course.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup, escape

from autograder.words import RIGHT_TO_LEFT, Text, preferred, say

TEMPLATES = Path(__file__).parent / "templates" / "entrance"


def furnish(c: Any) -> None:
    """Put our templates before JupyterHub's own, with the words that they use."""
    c.JupyterHub.template_paths = [str(TEMPLATES)]
    words = {"_": said, "language": language, "direction": direction}
    c.JupyterHub.template_vars = {name: lambda user, word=word: word for name, word in words.items()}  # each is asked for somebody


@jinja2.pass_context
def language(context: Context) -> str:
    """The reader's. JupyterHub hands a template no request, but a method of the handler that has it."""
    accepted: str = context["static_url"].__self__.request.headers.get("Accept-Language", "")
    return preferred(accepted)


@jinja2.pass_context
def direction(context: Context) -> str:
    """In which that language is read."""
    return "rtl" if language(context) in RIGHT_TO_LEFT else "ltr"


@jinja2.pass_context
def said(context: Context, template: str, /, **values: object) -> Markup:
    """A sentence in that language, safe in HTML."""
    return Markup(say(Text(template, values), language(context), quote=escape))
