# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 6 · Stochastic optimisation
#
# What a mini-batch knows of the gradient, and what optimisers make of it. Five short questions, 2 points each, in about
# fifteen minutes. Paper is enough, and numpy is welcome.
#
# **Practise.** The numbers follow from `attempt`. Choose another, run the notebook from the top, and the same questions
# come with other numbers. What you hand in is judged for the `attempt` that stands in it.
#
# **Answer.** Put your answer in place of the empty one and delete the two lines below it. A number is `0.25`, `"3/8"`
# or `"2.5e-3"`, to three digits at least; with a unit it is a text, such as `"48 MiB"`. Several options are `"a, c"`.
# The test below each question only looks whether your answer can be read. Whether it is right you read after grading,
# and for the usual slips what kind of slip it was.
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
def batch_noise_numbers(attempt):
    """A standard deviation and a batch size."""
    rng = random_of(attempt, 1)
    return {"sigma": int(rng.integers(2, 10)), "b": int(rng.choice([8, 32, 50, 128, 200]))}


def updates_numbers(attempt):
    """The sizes of a training set and a batch, and a number of epochs."""
    rng = random_of(attempt, 2)
    b = int(rng.choice([16, 20, 32, 50, 64]))
    return {
        "n": b * int(rng.integers(5, 40)) + int(rng.integers(1, b)),
        "b": b,
        "E": int(rng.integers(2, 21)),
    }


def adam_numbers(attempt):
    """A gradient and a step size."""
    rng = random_of(attempt, 3)
    g = int(rng.integers(3, 60)) * int(rng.choice([-1, 1]))
    return {"g": g, "eta": float(rng.choice([0.001, 0.002, 0.01, 0.05]))}


def schedule_numbers(attempt):
    """A first step size, a length and a step."""
    rng = random_of(attempt, 4)
    T = int(rng.choice([100, 200, 500, 1000]))
    t = T * int(rng.choice([1, 2, 3, 7, 8, 9])) // 10
    return {"eta": float(rng.choice([0.1, 0.2, 0.5])), "T": T, "t": t}


def sequences_numbers(attempt):
    """Five sequences."""
    rng = random_of(attempt, 5)
    sequences = [
        r"$1/\sqrt{t}$",
        "$1/t$",
        "$0.9^t$",
        "$1/t^{0.7}$",
        "$0.01$",
        "$5/(t + 10)$",
        "$1/t^2$",
        r"$1/(t \ln(t + 1))$",
    ]
    return {"options": lettered(rng, 5, sequences)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · The noise of a mini-batch
#
# Single gradients of a parameter have standard deviation $\sigma$. What is the standard deviation of the mean over a
# batch of $b$ examples, drawn independently?

# %%
show(batch_noise_numbers(attempt))

# %% solution="batch_noise"
batch_noise = None      # a number
### BEGIN SOLUTION
sigma, b = batch_noise_numbers(attempt).values()
batch_noise = sigma / np.sqrt(b)
### END SOLUTION

# %% test="batch_noise-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="batch_noise-value" points=2
asked = batch_noise_numbers(attempt)
checks.number(batch_noise, 0, rtol=np.inf)
# Hidden: the standard deviation.
### BEGIN HIDDEN TESTS
sigma, b = asked.values()
right = sigma / np.sqrt(b)
name_slip(batch_noise, right, [
    (sigma**2 / b, "This is the variance of the mean."),
    (sigma / b, "Variances divide by b; standard deviations do not."),
])
checks.number(batch_noise, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · How many updates?
#
# A training set has $n$ examples. Each of $E$ epochs goes through all of it in batches of $b$, the last batch of an
# epoch may be smaller. How many updates is that?

# %%
show(updates_numbers(attempt))

# %% solution="updates"
updates = None          # a whole number
### BEGIN SOLUTION
n, b, E = updates_numbers(attempt).values()
updates = E * -(-n // b)
### END SOLUTION

# %% test="updates-value" points=2
asked = updates_numbers(attempt)
checks.integer(updates, 0, off_by=10**15)
# Hidden: the number of updates.
### BEGIN HIDDEN TESTS
n, b, E = asked.values()
right = E * -(-n // b)
name_slip(updates, right, [
    (E * (n // b), "The last, smaller batch of every epoch is used as well."),
    (-(-n // b), "This is one epoch."),
    (E * n, "One update takes a whole batch."),
], checks.integer)
checks.integer(updates, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · The first step of Adam
#
# Adam with its usual corrections starts with both averages at zero, $\beta_1 = 0.9$, $\beta_2 = 0.999$ and a tiny
# $\varepsilon$. The first gradient of a weight is $g$, the step size $\eta$. By how much does the weight change? (New
# value minus old value.)

# %%
show(adam_numbers(attempt))

# %% solution="adam"
adam = None             # a number
### BEGIN SOLUTION
g, eta = adam_numbers(attempt).values()
adam = -eta * np.sign(g)
### END SOLUTION

# %% test="adam-value" points=2
asked = adam_numbers(attempt)
checks.number(adam, 0, rtol=np.inf)
# Hidden: the change.
### BEGIN HIDDEN TESTS
g, eta = asked.values()
right = -eta * np.sign(g)
name_slip(adam, right, [
    (-eta * g, "This is the step of plain gradient descent; Adam divides by the size of the gradient."),
    (eta * np.sign(g), "The size is right, the direction is uphill."),
    (-eta * np.sign(g) * 0.1 / np.sqrt(0.001), "This is the step without the two corrections."),
])
checks.number(adam, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Half a cosine
#
# A schedule lets the step size fall from $\eta$ at step 0 to 0 at step $T$, along half a cosine wave. What is the step
# size at step $t$?

# %%
show(schedule_numbers(attempt))

# %% solution="schedule"
schedule = None         # a number
### BEGIN SOLUTION
eta, T, t = schedule_numbers(attempt).values()
schedule = eta / 2 * (1 + np.cos(np.pi * t / T))
### END SOLUTION

# %% test="schedule-value" points=2
asked = schedule_numbers(attempt)
checks.number(schedule, 0, rtol=np.inf)
# Hidden: the step size.
### BEGIN HIDDEN TESTS
eta, T, t = asked.values()
right = eta / 2 * (1 + np.cos(np.pi * t / T))
name_slip(schedule, right, [
    (eta * (1 - t / T), "This falls along a straight line."),
    (eta * (1 + np.cos(np.pi * t / T)), "At step 0 this would be twice the first step size."),
    (eta * np.cos(np.pi / 2 * t / T), "This is a quarter of a wave: it does not end flat."),
])
checks.number(schedule, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Steps that shrink, but not too fast
#
# The classical proof for SGD asks two things of the step sizes $\eta_t$, $t = 1, 2, \dots$: $\sum \eta_t = \infty$ and
# $\sum \eta_t^2 < \infty$. Which of these sequences satisfy both? Name all of them.

# %%
show(sequences_numbers(attempt))

# %% solution="sequences"
sequences = ""          # one or several letters
### BEGIN SOLUTION
options = sequences_numbers(attempt)["options"]
sequences = letters_of(options, "$1/t$", "$1/t^{0.7}", "$5/", "$1/(t")
### END SOLUTION

# %% test="sequences-value" points=2
asked = sequences_numbers(attempt)
checks.answered(sequences, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, "$1/t$", "$1/t^{0.7}", "$5/", "$1/(t")
checks.choices(sequences, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
