# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # A title that says what is learnt
#
# Two or three sentences: where this comes from, and what it is good for.
#
# **You will learn to**
# - subtract a mean, and to know what that changes;
# - differentiate a square.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `centre` | 10 | 3 lines |
# | 2 | on paper: a formula and a proof | 2 + 8 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64, rows are examples.

# %% given="setup"
import numpy as np

from autograder import checks

# %% [markdown]
# ## 1 · Centred data
#
# The idea in 60 to 120 words, with its formula:
#
# $$ x_i \leftarrow x_i - \frac1n \sum_j x_j . $$

# %% [markdown]
# **Write `centre(X) -> C`** (10 points)
#
# - `X (n, d)` has a row for each example, `n` at least 1. It is left unchanged.
# - `C (n, d)` is float64; every column of it has mean zero.

# %% solution="centre"
def centre(X):
    """Subtract the mean of each column of X (n, d)."""
    # One mean per column; keep the shape.
    ### BEGIN SOLUTION
    X = np.array(X, dtype=float)
    return X - X.mean(axis=0)
    ### END SOLUTION

# %% test="centre-by_hand" points=2
C = checks.ask(centre, np.array([[1.0, 10.0], [2.0, 20.0], [6.0, 60.0]]))
checks.close(C, [[-2.0, -20.0], [-1.0, -10.0], [3.0, 30.0]], "centre of three rows")

# %% test="centre-values" points=5
# Hidden: the same for other numbers, rectangular in both directions.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng("centre-values")
for n, d in [(7, 3), (2, 5)]:
    X = rng.normal(size=(n, d)) + 4
    checks.close(checks.ask(centre, X), X - X.sum(axis=0) / n, "the centred data", hidden=True)
### END HIDDEN TESTS

# %% test="centre-edges" points=2
# Hidden: one example, one column; a shift of all rows changes nothing.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng("centre-edges")
row = rng.normal(size=(1, 4))
checks.close(checks.ask(centre, row), np.zeros((1, 4)), "the centre of one row", hidden=True)
column = rng.normal(size=(6, 1))
checks.close(checks.ask(centre, column + 3), column - column.mean(), "the centre of a shifted column", hidden=True)
### END HIDDEN TESTS

# %% test="centre-habits" points=1
# Hidden: X is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.battery(centre, checks.fresh_rng("centre-habits").normal(size=(6, 4)))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** What moved, and what did not.

# %% look="centre"
import matplotlib.pyplot as plt

X = np.random.default_rng(0).normal(size=(50, 2)) @ [[2.0, 0.5], [0.0, 0.5]] + [3.0, 1.0]
plt.figure(figsize=(5, 3))
for name, points in [("X", X), ("centred", centre(X))]:
    plt.plot(*points.T, ".", label=name)
plt.xlabel("first column"); plt.ylabel("second column"); plt.legend()
plt.tight_layout()

# %% [markdown]
# ## 2 · On paper
#
# **2a** (2 points) The derivative of $(x - m)^2$ with respect to $m$, as a text such as `"2*m + x"`.

# %% solution="slope"
slope = ""
### BEGIN SOLUTION
slope = "2*(m - x)"
### END SOLUTION

# %% test="slope-formula" points=2
# Hidden: the formula, in any equivalent form.
### BEGIN HIDDEN TESTS
checks.formula(slope, "-2*(x - m)", {"x": (-2, 2), "m": (-2, 2)}, rng=checks.fresh_rng("slope-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **2b** (8 points, marked by hand) Show that the mean is where $\sum_i (x_i - m)^2$ is smallest.

# %% [markdown] manual="proof" points=8
# *Your answer.*
#
# <!-- BEGIN SOLUTION -->
# The sum is convex in $m$; its derivative $-2\sum_i (x_i - m)$ is zero at the mean alone.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 3 | the derivative |
# | 3 | its zero, and that there is no other |
# | 2 | why it is the minimum |
# <!-- END SOLUTION -->
