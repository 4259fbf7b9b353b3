"""What the commands share: where they work, who acts, the terminal with its progress line, tables."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from autograder import sandbox
from autograder.course import Folders

console = Console(highlight=False, soft_wrap=True)
WORKERS = max(os.cpu_count() or 1, 1)
SILENCE = 300.0
"""Seconds without a word after which a log hears how far the work is: few lines in an hour, and no long doubt."""


def place(ctx: click.Context) -> Folders:
    """The folders that the command works in."""
    folders: Folders = ctx.obj[0]
    return folders


@contextmanager
def opened(ctx: click.Context) -> Iterator[Any]:
    """The course, its ledger and its secret."""
    from autograder.jobs import workplace

    folders, course_file = ctx.obj
    with workplace(folders, course_file) as work:
        yield work


def actor() -> str:
    """Who is named in the ledger for what is done on the command line."""
    return os.environ.get("AUTOGRADER_ACTOR") or os.environ.get("SUDO_USER") or os.environ.get("USER") or f"uid {os.getuid()}"


unsafe_option = click.option(
    "--unsafe", is_flag=True, help="Run student code as well where this machine cannot confine it; `autograder doctor` says what is lost."
)


def refuse_unconfined(unsafe: bool) -> None:
    """End with the reason where student code cannot be confined, unless somebody says that it may run all the same."""
    said = sandbox.refusal(sandbox.layers())
    if said and not unsafe:
        raise click.ClickException(f"{said} On a machine that has nothing to lose, --unsafe runs it all the same.")
    if said:
        console.print(f"[red]unsafe[/red]: {said}")


def slugs_of(folders: Folders, given: tuple[str, ...]) -> tuple[str, ...]:
    """The given assignments, or all that have an author text."""
    if given:
        return given
    return tuple(sorted(path.parent.name for path in folders.assignments.glob("*/assignment.toml")))


@contextmanager
def progress(title: str, clock: Callable[[], float] = time.monotonic) -> Iterator[Callable[..., None]]:
    """On a terminal a line that moves: how many are done, how many failed, how fast it goes, what is left. In a log only what is said,
    and the same line after `SILENCE` without a word, so that whoever reads the log of long work sees that it goes on.

    It gives `say(done, of, failed=0, said="")`; to be called with 0 done when the work begins, so that what came before is not
    taken for slow work.
    """
    if not console.is_terminal:
        begun = spoken = clock()

        def log(done: int, of: int, failed: int = 0, said: str = "") -> None:
            nonlocal begun, spoken
            now = clock()
            if done == 0:
                begun = now
            if not said and now - spoken >= SILENCE:
                said = f"{title}: {pace(done, of, failed, now - begun)}"
            if said:
                spoken = now
                console.print(said, markup=False)

        yield log
        return
    bar = Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[pace]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=None, pace="starting")

        def say(done: int, of: int, failed: int = 0, said: str = "") -> None:
            if done == 0:
                bar.reset(task)
            seconds = bar.tasks[0].elapsed or 0.0
            bar.update(task, completed=done, total=of, pace=pace(done, of, failed, seconds), refresh=True)
            if said:
                bar.console.print(said, markup=False)

        yield say


def pace(done: int, of: int, failed: int, seconds: float) -> str:
    """How far the work is, how many of it failed, how much of it a minute brings, and how long the rest will take."""
    said = f"{done} of {of}, {failed} failed"
    if not done or not seconds:
        return said
    left = timedelta(seconds=round((of - done) * seconds / done))
    return f"{said}, {60 * done / seconds:.0f} per minute, {left} left"


def rows_table(rows: tuple[tuple[str, ...], ...]) -> Table:
    """Rows of text, headings first."""
    table = Table(show_edge=False, pad_edge=False)
    for number, name in enumerate(rows[0]):
        table.add_column(name, justify="left" if number == 0 else "right", overflow="fold")
    for row in rows[1:]:
        table.add_row(*map(escape, row))
    return table
