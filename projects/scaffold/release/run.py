"""Train with every seed, predict, save what was predicted, and say how good it is.

    python run.py           the whole experiment
    python run.py --smoke   the same in less than a minute on one core: fewer steps, nothing else

It reads data/ and writes predictions/ and metrics.json, all in this folder, and needs no network. The method is in model.py. You may
change everything here as long as README.md's "What is checked" stays true.
"""

import argparse
import csv
import hashlib
import json
import statistics
from pathlib import Path

import numpy as np

from model import train

SEEDS = (0, 1)
STEPS, SMOKE_STEPS = 2000, 400
HERE = Path(__file__).parent


def read(name):
    """ids, inputs, and labels (empty where there are none) of a table in data/."""
    with open(HERE / "data" / name, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    axes = [column for column in rows[0] if column not in ("id", "label")]
    inputs = np.array([[float(row[axis]) for axis in axes] for row in rows])
    return [row["id"] for row in rows], inputs, [row.get("label", "") for row in rows]


def main(steps):
    split = json.loads((HERE / "data" / "split.json").read_text(encoding="utf-8"))
    ids, inputs, labels = read("train.csv")
    place = {name: number for number, name in enumerate(ids)}
    fit, held = [place[name] for name in split["train"]], [place[name] for name in split["validation"]]
    test_ids, test_inputs, _ = read("test.csv")
    (HERE / "predictions").mkdir(exist_ok=True)
    runs = []
    for seed in SEEDS:
        predict = train(inputs[fit], [labels[i] for i in fit], seed=seed, steps=steps)
        validation, test = predict(inputs[held]), predict(test_inputs)
        name = f"predictions/seed-{seed}.csv"
        with open(HERE / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["id", "prediction"])
            writer.writerows(zip([ids[i] for i in held] + test_ids, [*validation, *test]))
        accuracy = float(np.mean([said == labels[i] for said, i in zip(validation, held)]))
        runs.append({"seed": seed, "accuracy": accuracy, "predictions": name})
    found = [run["accuracy"] for run in runs]
    metrics = {
        "split": hashlib.sha256((HERE / "data" / "split.json").read_bytes()).hexdigest(),
        "runs": runs,
        "mean": statistics.mean(found),
        "deviation": statistics.stdev(found),
    }
    (HERE / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--smoke", action="store_true", help="less than a minute")
    main(SMOKE_STEPS if parser.parse_args().smoke else STEPS)
