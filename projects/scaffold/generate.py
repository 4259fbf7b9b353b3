"""Make the data of the scaffold: `python projects/scaffold/generate.py [SEED] [FOLDER]`. The same seed makes the same bytes.

Three kinds of points in six dimensions: rings of different radius in the first two, shifted a little along the third, and noise. A
linear rule is right in about two thirds, a good one in about nine tenths. What students get is in release/data; the labels of its test
part, and a second test part that nobody has seen, are in tester/. Course staff who want labels that stand in no public repository run
this with a seed of their own.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from math import cos, pi, sin
from pathlib import Path

SEED = 20261121
PARTS = {"train": 300, "validation": 150, "test": 200, "unseen": 200}
CLASSES = ("ring", "inner", "core")
RADIUS, SHIFT = (2.6, 1.6, 0.5), (0.9, -0.6, 0.0)

Row = tuple[str, tuple[float, ...], str]


def draw(chance: random.Random, taken: set[str]) -> Row:
    """One point: its id, its coordinates, its label."""
    kind = chance.randrange(len(CLASSES))
    angle, radius = chance.uniform(0, 2 * pi), chance.gauss(RADIUS[kind], 0.38)
    point = (radius * cos(angle), radius * sin(angle), chance.gauss(SHIFT[kind], 0.8), *(chance.gauss(0, 1) for _ in range(3)))
    while (name := f"{chance.randrange(16**6):06x}") in taken:
        pass
    taken.add(name)
    return name, tuple(round(x, 4) for x in point), CLASSES[kind]


def table(path: Path, heading: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Write a CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def generate(seed: int, folder: Path) -> None:
    """Write release/data and tester/ below the folder."""
    chance, taken = random.Random(seed), set[str]()
    parts = {part: [draw(chance, taken) for _ in range(count)] for part, count in PARTS.items()}
    axes = tuple(f"x{number}" for number in range(1, 7))
    data, tester = folder / "release" / "data", folder / "tester"
    known = parts["train"] + parts["validation"]
    table(data / "train.csv", ("id", *axes, "label"), [(name, *point, label) for name, point, label in known])
    table(data / "test.csv", ("id", *axes), [(name, *point) for name, point, _ in parts["test"]])
    table(tester / "test.csv", ("id", *axes), [(name, *point) for name, point, _ in parts["unseen"]])
    labelled = parts["test"] + parts["unseen"]
    table(tester / "labels.csv", ("id", "label"), [(name, label) for name, _, label in labelled])
    split = {part: [name for name, _, _ in parts[part]] for part in ("train", "validation", "test")}
    (data / "split.json").write_text(json.dumps(split, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    generate(int(sys.argv[1]) if len(sys.argv) > 1 else SEED, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent)
