"""What the pages say is so: commands exist, links lead somewhere, tables agree with the project."""
from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

import autograder
from autograder.cli import main
from tests.house.project import ROOT, makefile_targets, pyproject, tracked

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:make|autograder) [^`\n]+)`")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
ASSIGNMENT = re.compile(r"[A-Z_]+=\S*")
OTHER_PROGRAMS = {"export", "git", "nbgrader", "python", "scripts/setup", "sudo", "tar"}
"""Programs that the pages may call besides make and autograder."""


@dataclass(frozen=True)
class Command:
    page: str
    line: str
    in_text: bool = False                # named in a sentence, where arguments may be left out

    def __str__(self) -> str:
        return f"{self.page}: {self.line}"


def commands(page: str, text: str) -> Iterator[Command]:
    """The commands of fenced blocks (console: after `$`; sh: every line), and those named in sentences."""
    for language, body in FENCE.findall(text):
        for line in body.splitlines():
            if language == "console" and line.startswith("$ "):
                yield Command(page, line.removeprefix("$ "))
            elif language == "sh" and line and not line.startswith("#"):
                yield Command(page, line)
    for line in INLINE.findall(FENCE.sub("", text)):
        yield Command(page, line, in_text=True)


ALL = [command for page in PAGES for command in commands(page.name, page.read_text(encoding="utf-8"))]


def words(line: str) -> list[str]:
    """A command without its comment and the variables set for it."""
    found = shlex.split(line, comments=True)
    while found and ASSIGNMENT.fullmatch(found[0]):
        found.pop(0)
    return found


def parse(arguments: list[str]) -> None:
    """Let click read a command line without running it. UsageError when the command would be refused.

    Files that an example names need not exist here.
    """
    command: click.Command = main
    context: click.Context | None = None
    while True:
        try:
            context = command.make_context(command.name or "autograder", list(arguments), parent=context)
        except click.BadParameter as error:
            if isinstance(error, click.MissingParameter) or "does not exist" not in error.message:
                raise
            return
        except click.exceptions.Exit:                       # --help and --version
            return
        if not isinstance(command, click.Group):
            return
        rest = [*context._protected_args, *context.args]
        if command.invoke_without_command and not rest:
            return
        _, found, arguments = command.resolve_command(context, rest)
        assert found is not None
        command = found


@pytest.mark.parametrize("command", ALL, ids=str)
def test_a_command_in_the_pages_can_be_given(command: Command) -> None:
    program, *arguments = words(command.line.removeprefix("state/env/bin/"))
    if program == "make":
        targets = [word for word in arguments if not ASSIGNMENT.fullmatch(word)]
        assert targets and set(targets) <= set(makefile_targets())
    elif program == "autograder":
        try:
            parse(arguments)
        except click.MissingParameter:
            assert command.in_text, "an argument is missing"
    else:
        assert program in OTHER_PROGRAMS


@pytest.mark.parametrize("line", [
    "frobnicate", "collect", "grade hw03-eigen-svd --fast", "grade hw03-eigen-svd --workers many",
], ids=["no such verb", "argument left out", "no such option", "not a number"])
def test_a_wrong_command_would_be_noticed(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(line.split())


def test_the_pages_have_commands_to_try() -> None:
    assert {c.page for c in ALL} >= {"README.md", "instructors.md", "tas.md", "administrators.md"}


def all_commands(group: click.Group, name: str = "autograder") -> Iterator[tuple[str, click.Command]]:
    """Every command and group below a group, by its full name."""
    for verb, command in group.commands.items():
        yield f"{name} {verb}", command
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{name} {verb}")


@pytest.mark.parametrize("name, command", list(all_commands(main)), ids=[name for name, _ in all_commands(main)])
def test_every_command_says_what_it_does_and_stands_in_a_page(name: str, command: click.Command) -> None:
    assert command.help and command.help.strip()
    for option in command.params:
        assert not isinstance(option, click.Option) or option.hidden or option.help, f"{option.name} has no help"
    assert any(c.line == name or c.line.startswith(name + " ") for c in ALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for picture, said, target in LINK.findall(text):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists() and goal.is_relative_to(ROOT), f"{page.name}: {target}"
        assert not picture or len(said) > 20, f"{page.name}: {target} needs words for those who do not see it"
        if anchor:
            assert anchor in anchors(goal.read_text(encoding="utf-8")), f"{page.name}: {target}"


def anchors(text: str) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = {target.partition("#")[0] for _, _, target in LINK.findall(readme)}
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= linked


def test_every_picture_in_docs_is_shown() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES
             for _, _, target in LINK.findall(page.read_text(encoding="utf-8"))}
    pictures = {ROOT / name for name in tracked() if name.startswith("docs/") and name.endswith((".svg", ".png"))}
    assert pictures <= shown


def test_the_dependencies_page_lists_every_direct_dependency_once() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[?([\w.-]+)\]?", page, re.MULTILINE)
    listed = [row.lower() for row in rows if row != "package" and not set(row) <= set("-")]
    project = pyproject()["project"]
    declared = {re.split(r"[^\w.-]", name)[0].lower()
                for names in (project["dependencies"], *project["optional-dependencies"].values()) for name in names}
    declared -= {"autograder"}                              # an extra that includes another
    npm = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(declared | {*npm["dependencies"], *npm["devDependencies"]})


def test_the_changelog_is_about_this_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest and newest[1] == autograder.__version__
