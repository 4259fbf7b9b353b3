"""A section of the service: the pages, calls of the API and panels that one feature adds, each a module beside this one.

`service` lists the sections. What a section does it does by functions of (desk, visitor, …) which first ask `visitor.require(action)`;
pages and API call the same functions, so what is allowed in one is allowed in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.words import Text


@dataclass(frozen=True)
class Nav:
    """A link in the frame of every page, for those who may do what it leads to."""

    path: str  # below the prefix
    title: Text
    action: str


@dataclass(frozen=True)
class Panel:
    """A part of somebody else's page."""

    page: str  # "course", "staff", "assignment", "teams", "student" or "roster"
    template: str  # included with `panel` as what `load` answered
    action: str  # shown to those who may do this
    load: Callable[..., Any]  # (desk, visitor, **path) -> what the template shows; None: nothing to show


@dataclass(frozen=True)
class Call:
    """One call of the API."""

    method: str  # "GET" or "POST"
    path: str  # below api/, with named groups: assignments/(?P<slug>…)/teams
    does: Callable[..., Any]  # (desk, visitor, said, **path) -> what is answered as JSON; None is {"ok": true}
    about: str  # one sentence
    body: Mapping[str, str] = field(default_factory=dict)  # field -> one of TYPES; "text?" may be left out
    query: Mapping[str, str] = field(default_factory=dict)  # likewise
    gives: str = "application/json"  # the media type of what is answered


TYPES = ("text", "number", "whole", "flag", "instant", "texts", "object")
"""What a field of a body or a query can be; an instant is ISO 8601 with its offset."""


@dataclass(frozen=True)
class Section:
    """What one feature adds to the service."""

    pages: tuple[tuple[str, type], ...] = ()  # path below the prefix, with named groups -> page
    calls: tuple[Call, ...] = ()
    nav: tuple[Nav, ...] = ()
    panels: tuple[Panel, ...] = ()


SLUG = r"(?P<slug>[A-Za-z0-9._-]+)"
ONE = rf"assignments/{SLUG}"
"""The path of one assignment."""
