"""Your method."""


def train(inputs, labels, *, seed, steps):
    """Learn from inputs (n, 6) and n labels; answer a function from inputs (m, 6) to m labels.

    seed   of everything that is drawn at random
    steps  how long to learn; run.py gives fewer for the smoke run
    """
    raise NotImplementedError
