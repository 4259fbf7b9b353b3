"""The platform itself: what works here, the hub, the demonstration."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.table import Table

from autograder import sandbox
from autograder.cli.terminal import console, place
from autograder.model import AutograderError


@click.command()
@click.option("--json", "as_data", is_flag=True, help="As JSON.")
@click.pass_context
def doctor(ctx: click.Context, as_data: bool) -> None:
    """What works on this machine, and what to do about the rest."""
    import importlib.metadata
    import shutil

    from autograder.hub.running import proxy_command

    layers = sandbox.layers()
    trouble = [sandbox.refusal(layers)] if sandbox.refusal(layers) else []
    found = {name: importlib.metadata.version(name) for name in ("numpy", "torch", "nbgrader", "jupyterhub", "SQLAlchemy")}
    try:
        found["proxy"] = " ".join(proxy_command(place(ctx).state))
    except AutograderError as error:
        trouble.append(str(error))
    found["node"] = shutil.which("node") or "not on PATH"
    folders = place(ctx)
    found["state"] = f"{folders.state}{'' if folders.state.exists() else ' (not made yet)'}"
    if not trouble:
        from autograder.execution import Engine

        with Engine():
            found["engine"] = "starts"
    if as_data:
        click.echo(json.dumps({"layers": [asdict(layer) for layer in layers], "found": found, "trouble": trouble}, indent=1))
    else:
        console.print(layers_table(layers))
        for name, said in found.items():
            console.print(f"{name:<16} {said}")
        for said in trouble:
            console.print(f"[red]trouble[/red]          {said}")
    sys.exit(1 if trouble else 0)


def layers_table(layers: tuple[sandbox.Layer, ...]) -> Table:
    """What confines student code on this machine: each layer with what it stops, or with what is lost without it."""
    table = Table(show_edge=False, pad_edge=False)
    for name in ("confinement", "", "stops; or is missing, and what is lost"):
        table.add_column(name)
    for layer in layers:
        state = "[green]active[/green]" if layer.active else "[red]missing[/red]" if layer.needed else "[yellow]missing[/yellow]"
        table.add_row(layer.name, state, layer.stops if layer.active else layer.lost)
    return table


@click.command()
@click.option("--port", type=int, default=8000, show_default=True, help="For browsers; the four ports after it are used too.")
@click.pass_context
def serve(ctx: click.Context, port: int) -> None:
    """Run the hub with its course service until Ctrl-C."""
    from autograder.hub.running import serve as run_hub

    run_hub(place(ctx), ctx.obj[1] or place(ctx).course_file, port=port)


@click.command()
@click.option("--exit", "leave", is_flag=True, envvar="DEMO_EXIT", help="End when the demo is over instead of keeping the hub up.")
@click.pass_context
def demo(ctx: click.Context, leave: bool) -> None:
    """A whole course in a few minutes: eight students in pairs, a real hub, grades."""
    from autograder.demo import run

    root = place(ctx).root
    run(root, root / "state" / "demo", stay=not leave and sys.stdin.isatty() and console.is_terminal, console=console)
