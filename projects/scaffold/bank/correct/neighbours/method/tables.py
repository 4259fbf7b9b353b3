"""Tables of points and of predictions."""

import csv
import os


def read(name):
    """By id: the point and its label."""
    with open(name, newline="") as file:
        return {row["id"]: ([float(row[f"x{axis}"]) for axis in range(1, 7)], row.get("label", "")) for row in csv.DictReader(file)}


def write(name, said):
    """Write predictions."""
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w", newline="") as file:
        csv.writer(file).writerows([("id", "prediction"), *said.items()])
