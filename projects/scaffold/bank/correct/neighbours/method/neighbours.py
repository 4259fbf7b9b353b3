"""The rule of the nearest neighbours."""

import random


def vote(examples, point, count, seed):
    """The commonest label among the nearest examples in the first three coordinates; ties are broken by chance."""
    near = sorted(examples, key=lambda example: sum((a - b) ** 2 for a, b in zip(example[0][:3], point[:3])))[:count]
    labels = [label for _, label in near]
    most = max(map(labels.count, labels))
    return random.Random(f"{seed} {point}").choice(sorted({label for label in labels if labels.count(label) == most}))
