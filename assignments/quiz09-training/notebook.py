# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 9 · Training methods
#
# Normalisation, dropout, and how to choose what is not learned. Five short questions, 2 points each, in about fifteen
# minutes. Paper is enough, and numpy is welcome.
#
# **Practise.** The numbers follow from `attempt`. Choose another, run the notebook from the top, and the same questions
# come with other numbers. What you hand in is judged for the `attempt` that stands in it.
#
# **Answer.** Put your answer in place of the empty one and delete the two lines below it. A number is `0.25`, `"3/8"`
# or `"2.5e-3"`, to three digits at least; with a unit it is a text, such as `"48 MiB"`. One option is a letter such as
# `"b"`. The test below each question only looks whether your answer can be read. Whether it is right you read after
# grading, and for the usual slips what kind of slip it was.
#
# **Hand in** as often as you like until the exam; the newest notebook counts.

# %% given="setup"
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
def batch_norm_numbers(attempt):
    """A batch, a scale and a shift."""
    rng = random_of(attempt, 1)
    while True:
        x = rng.permutation(np.arange(-4, 9))[:4].tolist()
        if abs(4 * x[0] - sum(x)) > 3:
            return {
                "x": x,
                "gamma": int(rng.integers(2, 5)),
                "beta": int(np.copysign(rng.choice([5, 7]), 4 * x[0] - sum(x))),
            }


def dropout_numbers(attempt):
    """An activation and a probability."""
    rng = random_of(attempt, 2)
    while True:
        x, p = int(rng.integers(3, 8)), float(rng.choice([0.5, 0.6, 0.7, 0.8]))
        if (x, p) != (4, 0.5):
            return {"x": x, "p": p}


def effective_numbers(attempt):
    """A factor."""
    rng = random_of(attempt, 3)
    return {"c": int(rng.integers(2, 11))}


def standardise_numbers(attempt):
    """Four answers."""
    rng = random_of(attempt, 4)
    sources = [
        "from all examples together",
        "from the training part, for all parts",
        "from each part for itself",
        "from the test part, for all parts",
    ]
    return {"options": lettered(rng, 4, sources)}


def search_numbers(attempt):
    """The sizes of a search."""
    rng = random_of(attempt, 5)
    return {
        "a": int(rng.integers(3, 9)),
        "b": int(rng.integers(3, 9)),
        "k": int(rng.choice([3, 5, 10])),
    }

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · Batch normalisation
#
# A feature has the values $x$ in a batch. Batch normalisation, while training, with scale $\gamma$, shift $\beta$ and a
# negligible $\varepsilon$: what becomes of the first value?

# %%
show(batch_norm_numbers(attempt))

# %% solution="batch_norm"
batch_norm = None       # a number
### BEGIN SOLUTION
x, gamma, beta = batch_norm_numbers(attempt).values()
batch_norm = gamma * (x[0] - np.mean(x)) / np.std(x) + beta
### END SOLUTION

# %% test="batch_norm-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="batch_norm-value" points=2
asked = batch_norm_numbers(attempt)
checks.number(batch_norm, 0, rtol=np.inf)
# Hidden: the value.
### BEGIN HIDDEN TESTS
x, gamma, beta = asked.values()
right = gamma * (x[0] - np.mean(x)) / np.std(x) + beta
name_slip(batch_norm, right, [
    (gamma * (x[0] - np.mean(x)) / np.var(x) + beta, "This divides by the variance, not by its root."),
    (gamma * (x[0] - np.mean(x)) / np.std(x, ddof=1) + beta, "Batch normalisation divides the sum of squares by the number of values, not by one less."),
    ((x[0] - np.mean(x)) / np.std(x), "Scale and shift are missing."),
])
checks.number(batch_norm, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · The noise of dropout
#
# While training, dropout keeps an activation $x$ with probability $p$ and divides it by $p$; otherwise it is set to
# zero. What is the variance of the result?

# %%
show(dropout_numbers(attempt))

# %% solution="dropout"
dropout = None          # a number
### BEGIN SOLUTION
x, p = dropout_numbers(attempt).values()
dropout = x**2 * (1 - p) / p
### END SOLUTION

# %% test="dropout-value" points=2
asked = dropout_numbers(attempt)
checks.number(dropout, 0, rtol=np.inf)
# Hidden: the variance.
### BEGIN HIDDEN TESTS
x, p = asked.values()
right = x**2 * (1 - p) / p
name_slip(dropout, right, [
    (x**2 * p * (1 - p), "This is the variance without the division by p."),
    (np.sqrt(right), "This is the standard deviation."),
    (x**2 / p, "This is the mean square; the square of the mean goes off."),
])
checks.number(dropout, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Normalised weights
#
# Batch normalisation follows a linear layer, so multiplying the weights $w$ of that layer by $c > 0$ does not change
# the function. A step of gradient descent changes $w$ by the relative amount $\eta \|g\| / \|w\|$. By which factor does
# this amount change when $w$ is multiplied by $c$ and $\eta$ stays?

# %%
show(effective_numbers(attempt))

# %% solution="effective"
effective = None        # a number
### BEGIN SOLUTION
c = effective_numbers(attempt)["c"]
effective = 1 / c**2
### END SOLUTION

# %% test="effective-value" points=2
asked = effective_numbers(attempt)
checks.number(effective, 0, rtol=np.inf)
# Hidden: the factor.
### BEGIN HIDDEN TESTS
c = asked["c"]
right = 1 / c**2
name_slip(effective, right, [
    (1 / c, "The norm of the weights grows, and the gradient shrinks as well."),
    (1, "The function is the same, but not what a step does."),
    (c, "Larger weights make the steps relatively smaller."),
])
checks.number(effective, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Standardise what, by what?
#
# Inputs are standardised: minus a mean, divided by a standard deviation. From which examples may mean and deviation be
# computed, if the test error is to tell how the network does on new data?

# %%
show(standardise_numbers(attempt))

# %% solution="standardise"
standardise = ""        # one letter
### BEGIN SOLUTION
options = standardise_numbers(attempt)["options"]
standardise = letters_of(options, "from the training")
### END SOLUTION

# %% test="standardise-value" points=2
asked = standardise_numbers(attempt)
checks.answered(standardise, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, "from the training")
checks.choice(standardise, right, "abcd",
              hint="What is not known when the network is trained must not enter it, and new data must be treated like the old.")
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · The price of a search
#
# A grid search tries `a` step sizes with `b` penalties each. Every pair is judged by cross-validation with `k` folds,
# and the best one is trained once more on all training data. How many trainings is that?

# %%
show(search_numbers(attempt))

# %% solution="search"
search = None           # a whole number
### BEGIN SOLUTION
a, b, k = search_numbers(attempt).values()
search = a * b * k + 1
### END SOLUTION

# %% test="search-value" points=2
asked = search_numbers(attempt)
checks.integer(search, 0, off_by=10**15)
# Hidden: the number of trainings.
### BEGIN HIDDEN TESTS
a, b, k = asked.values()
right = a * b * k + 1
name_slip(search, right, [
    (a * b * k, "The last training on all data is missing."),
    ((a + b) * k + 1, "Every step size meets every penalty."),
    (a * b + 1, "Each pair is trained once for every fold."),
], checks.integer)
checks.integer(search, right)
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
