"""What is done about one person's data."""

from __future__ import annotations

import click

from autograder.cli.terminal import actor, console, opened


@click.command()
@click.argument("username")
@click.pass_context
def erase(ctx: click.Context, username: str) -> None:
    """Forget a person's name and address in all courses; the lines of the book keep the user name."""
    with opened(ctx) as work:
        work.ledger.erase(username, actor=actor())
    console.print(f"{username}: name and address are erased in all courses.", markup=False)
