# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 10 · Information and generalisation
#
# Entropies in bits and nats, margins, and how many examples are enough. Five short questions, 2 points each, in about
# fifteen minutes. Paper is enough, and numpy is welcome.
#
# **Practise.** The numbers follow from `attempt`. Choose another, run the notebook from the top, and the same questions
# come with other numbers. What you hand in is judged for the `attempt` that stands in it.
#
# **Answer.** Put your answer in place of the empty one and delete the two lines below it. A number is `0.25`, `"3/8"`
# or `"2.5e-3"`, to three digits at least; with a unit it is a text, such as `"48 MiB"`. One option is a letter such as
# `"b"`. A formula is a text with `+ - * / **`, numbers, `exp`, `log`, `sqrt`; any equivalent form is right. The test
# below each question only looks whether your answer can be read. Whether it is right you read after grading, and for
# the usual slips what kind of slip it was.
#
# **Hand in** as often as you like until the exam; the newest notebook counts.

# %% given="setup"
import math

import numpy as np
from IPython.display import Markdown

from autograder import checks


def random_of(attempt, question):
    """The random numbers of a question: for the same attempt always the same."""
    checks.holds(type(attempt) is int and 1 <= attempt <= 1000,
                 "attempt should be a whole number from 1 to 1000, such as attempt = 7.")
    return np.random.default_rng([attempt, question])


def lettered(rng, count, texts):
    """So many of the texts as options a, b, c, …, chosen and ordered by this attempt."""
    return dict(zip("abcde"[:count], (texts[place] for place in rng.permutation(len(texts)))))


def letters_of(options, *beginnings):
    """The letters of the options that begin so."""
    return "".join(letter for letter, text in options.items() if text.startswith(beginnings))


def show(asked):
    """The numbers and the options of a question, to be read."""
    lines = [f"`{name}` = {value}" for name, value in asked.items() if name != "options"]
    lines += [f"**{letter}.** {text}" for letter, text in asked.get("options", {}).items()]
    return Markdown("  \n".join(lines))

# %% [markdown]
# Where the numbers come from. Nothing to do here: run the cell and go on.

# %% given="numbers"
def entropy_numbers(attempt):
    """Four counts."""
    rng = random_of(attempt, 1)
    while True:
        counts = rng.integers(1, 9, size=4).tolist()
        if max(counts) >= 2 * min(counts):
            return {"counts": counts}


def divergence_numbers(attempt):
    """Two probabilities."""
    rng = random_of(attempt, 2)
    while True:
        p, q = (rng.permutation(np.arange(1, 10))[:2] / 10).tolist()
        if abs(p + q - 1) > 0.05:  # there both directions would agree
            return {"p": p, "q": q}


def margin_numbers(attempt):
    """A line and three points."""
    rng = random_of(attempt, 3)
    while True:
        w, b = rng.integers(1, 6, size=2).tolist(), int(rng.integers(-3, 4))
        points = rng.integers(-5, 6, size=(3, 2))
        heights = points @ w + b
        if (
            len(set(np.abs(heights).tolist())) == 3
            and 0 not in heights
            and len(set(np.sign(heights))) == 2
        ):
            labels = np.sign(heights).tolist()
            return {"w": w, "b": b, "points": points.tolist(), "labels": labels}


def limit_numbers(attempt):
    """An equation and four of its solutions."""
    rng = random_of(attempt, 4)
    first, second = rng.permutation(np.arange(1, 6))[:2].tolist()
    b = int(rng.integers(2, 10))
    square = first**2 + second**2
    ends = [
        (b / (first + second), b / (first + second)),
        (b / first, 0),
        (b * first / square, b * second / square),
        (0, b / second),
    ]
    options = lettered(rng, 4, [f"$({x:.3g}, {y:.3g})$" for x, y in ends])
    return {"a_1": first, "a_2": second, "b": b, "options": options}


def examples_numbers(attempt):
    """Two bounds."""
    rng = random_of(attempt, 5)
    B, R = rng.integers(2, 8, size=2).tolist()
    return {"B": B, "R": R}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · Entropy
#
# Four symbols occur with frequencies in proportion to the numbers below. What is the entropy of one symbol, in bits?

# %%
show(entropy_numbers(attempt))

# %% solution="entropy"
entropy = None          # bits, or with another unit, such as "1.2 nats"
### BEGIN SOLUTION
counts = entropy_numbers(attempt)["counts"]
p = np.array(counts) / sum(counts)
entropy = -np.sum(p * np.log2(p))
### END SOLUTION

# %% test="entropy-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="entropy-value" points=2
asked = entropy_numbers(attempt)
checks.number(entropy, 0, rtol=np.inf, unit="bits")
# Hidden: the entropy.
### BEGIN HIDDEN TESTS
counts = asked["counts"]
p = np.array(counts) / sum(counts)
right = -np.sum(p * np.log2(p))
name_slip(entropy, right, [
    (-np.sum(p * np.log(p)), "This is in nats; write the unit, or convert it."),
    (2, "Two bits are right for four symbols that are equally likely."),
    (np.sum(p**2), "This is the probability that two symbols agree."),
], unit="bits")
checks.number(entropy, right, unit="bits")
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Two coins
#
# A coin shows heads with probability $p$, a model says $q$. What is $\mathrm{KL}(P\,\|\,Q)$, in nats?

# %%
show(divergence_numbers(attempt))

# %% solution="divergence"
divergence = None       # nats, or with another unit, such as "0.3 bits"
### BEGIN SOLUTION
p, q = divergence_numbers(attempt).values()
divergence = p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
### END SOLUTION

# %% test="divergence-value" points=2
asked = divergence_numbers(attempt)
checks.number(divergence, 0, rtol=np.inf, unit="nats")
# Hidden: the divergence.
### BEGIN HIDDEN TESTS
p, q = asked.values()
right = p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
name_slip(divergence, right, [
    (q * np.log(q / p) + (1 - q) * np.log((1 - q) / (1 - p)), "This is KL(Q || P). The first one does the averaging."),
    (-p * np.log(q) - (1 - p) * np.log(1 - q), "This is the cross-entropy. The entropy of P goes off."),
    (right / np.log(2), "This is in bits; write the unit, or convert it."),
    (p * np.log(p / q), "The other side of the coin is missing."),
], unit="nats")
checks.number(divergence, right, unit="nats")
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · The margin
#
# The line $w \cdot x + b = 0$ separates the points below by their labels $\pm 1$. What is the margin, the distance from
# the line to the nearest of them?

# %%
show(margin_numbers(attempt))

# %% solution="margin"
margin = None           # a number
### BEGIN SOLUTION
w, b, points, labels = margin_numbers(attempt).values()
heights = np.abs(np.array(points) @ w + b)
margin = heights.min() / np.linalg.norm(w)
### END SOLUTION

# %% test="margin-value" points=2
asked = margin_numbers(attempt)
checks.number(margin, 0, rtol=np.inf)
# Hidden: the distance.
### BEGIN HIDDEN TESTS
w, b, points, labels = asked.values()
heights = np.abs(np.array(points) @ w + b)
right = heights.min() / np.linalg.norm(w)
name_slip(margin, right, [
    (heights.min(), "This still depends on the length of w; the distance does not."),
    (heights.mean() / np.linalg.norm(w), "The margin belongs to the nearest point alone."),
    (heights.max() / np.linalg.norm(w), "This is the point that is farthest away."),
])
checks.number(margin, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Which solution?
#
# Gradient descent on $(a_1 w_1 + a_2 w_2 - b)^2$ starts at $w = (0, 0)$, with a small step size. Where does it end?

# %%
show(limit_numbers(attempt))

# %% solution="limit"
limit = ""              # one letter
### BEGIN SOLUTION
first, second, b, options = limit_numbers(attempt).values()
square = first**2 + second**2
limit = letters_of(options, f"$({b * first / square:.3g}, {b * second / square:.3g})$")
### END SOLUTION

# %% test="limit-value" points=2
asked = limit_numbers(attempt)
checks.answered(limit, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
first, second, b, options = asked.values()
square = first**2 + second**2
right = letters_of(options, f"$({b * first / square:.3g}, {b * second / square:.3g})$")
checks.choice(limit, right, "abcd",
              hint="Every gradient is a multiple of the same vector.")
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · How many examples?
#
# Linear functions $x \mapsto w \cdot x$ with $\|w\| \leq B$ on inputs with $\|x\| \leq R$ have a Rademacher complexity
# of at most $BR/\sqrt n$ on $n$ examples. How many examples make this bound equal to $\varepsilon$? Write a formula in
# `epsilon`, with the numbers $B$ and $R$ below.

# %%
show(examples_numbers(attempt))

# %% solution="examples"
examples = ""           # a formula such as "3/(1 + epsilon)"
### BEGIN SOLUTION
B, R = examples_numbers(attempt).values()
examples = f"({B}*{R}/epsilon)**2"
### END SOLUTION

# %% test="examples-value" points=2
asked = examples_numbers(attempt)
B, R = asked.values()
checks.formula_value(examples, at={"epsilon": B * R}, expected=1)
# Hidden: the same function everywhere.
### BEGIN HIDDEN TESTS
checks.formula(examples, f"{(B * R) ** 2}/epsilon^2", {"epsilon": (0.01, 1)},
               rng=checks.fresh_rng("examples-value"))
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
