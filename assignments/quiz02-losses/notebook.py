# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 2 · Costs of regression and classification
#
# What a cost asks of a prediction, and what its derivative tells the network. Five short questions, 2 points each, in
# about fifteen minutes. Paper is enough, and numpy is welcome.
#
# **Practise.** The numbers follow from `attempt`. Choose another, run the notebook from the top, and the same questions
# come with other numbers. What you hand in is judged for the `attempt` that stands in it.
#
# **Answer.** Put your answer in place of the empty one and delete the two lines below it. A number is `0.25`, `"3/8"`
# or `"2.5e-3"`, to three digits at least; with a unit it is a text, such as `"48 MiB"`. One option is a letter such as
# `"b"`. Several options are `"a, c"`. A formula is a text with `+ - * / **`, numbers, `exp`, `log`, `sqrt`; any
# equivalent form is right. The test below each question only looks whether your answer can be read. Whether it is right
# you read after grading, and for the usual slips what kind of slip it was.
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
def squared_error_numbers(attempt):
    """Four values and their predictions."""
    rng = random_of(attempt, 1)
    y = rng.integers(-5, 6, size=4)
    f = y + rng.permutation([1, 2, 3, 4, 5])[:4] * rng.choice([-1, 1], size=4)
    return {"y": y.tolist(), "f": f.tolist()}


def constant_numbers(attempt):
    """Five values, one of them far out, and four constants."""
    rng = random_of(attempt, 2)
    while True:
        y = [*rng.permutation(np.arange(1, 10))[:4].tolist(), int(rng.integers(20, 60))]
        found = [np.mean(y), max(y), np.median(y), (min(y) + max(y)) / 2]
        if len(set(found)) == 4:
            return {"y": y, "options": lettered(rng, 4, [f"${value:.4g}$" for value in found])}


def cross_entropy_numbers(attempt):
    """Three logits and a class."""
    rng = random_of(attempt, 3)
    z = rng.permutation(np.arange(-2, 4))[:3].tolist()
    return {"z": z, "label": int(rng.integers(3))}


def slope_numbers(attempt):
    """A factor."""
    rng = random_of(attempt, 4)
    return {"m": int(rng.integers(2, 7))}


def bounded_numbers(attempt):
    """Five costs."""
    rng = random_of(attempt, 5)
    costs = [
        r"$\sqrt{1 + r^2}$",
        "$r^2$",
        "$|r|$",
        r"$\cosh r$",
        "$r^4$",
        r"$\ln\cosh r$",
        "$r^2 + |r|$",
        r"Huber: $r^2/2$ for $|r| \leq 1$, otherwise $|r| - 1/2$",
    ]
    return {"options": lettered(rng, 5, costs)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · The mean squared error
#
# The truth is $y$, the prediction $f$. What is the mean squared error?

# %%
show(squared_error_numbers(attempt))

# %% solution="squared_error"
squared_error = None    # a number
### BEGIN SOLUTION
y, f = squared_error_numbers(attempt).values()
squares = (np.array(f) - np.array(y)) ** 2
squared_error = squares.mean()
### END SOLUTION

# %% test="squared_error-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="squared_error-value" points=2
asked = squared_error_numbers(attempt)
checks.number(squared_error, 0, rtol=np.inf)
# Hidden: the mean.
### BEGIN HIDDEN TESTS
y, f = asked.values()
squares = (np.array(f) - np.array(y)) ** 2
right = squares.mean()
name_slip(squared_error, right, [
    (squares.sum(), "This is the sum of the squares, not their mean."),
    (np.sqrt(right), "This is the root of the mean squared error."),
    (right / 2, "The factor one half belongs to another definition; here it is the plain mean."),
    (np.sqrt(squares).mean(), "This is the mean absolute error."),
])
checks.number(squared_error, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · One number for all
#
# Which constant $c$ makes $\sum_i |y_i - c|$ as small as possible?

# %%
show(constant_numbers(attempt))

# %% solution="constant"
constant = ""           # one letter
### BEGIN SOLUTION
y, options = constant_numbers(attempt).values()
constant = letters_of(options, f"${np.median(y):.4g}$")
### END SOLUTION

# %% test="constant-value" points=2
asked = constant_numbers(attempt)
checks.answered(constant, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
y, options = asked.values()
right = letters_of(options, f"${np.median(y):.4g}$")
checks.choice(constant, right, "abcd",
              hint="To the left and to the right of it there must be as many values.")
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · The cross-entropy of logits
#
# A classifier gives the logits $z$, the right class is number `label` (counted from 0). What is the cross-entropy $-\ln
# p$, where $p$ is the probability that softmax gives to the right class? In nats.

# %%
show(cross_entropy_numbers(attempt))

# %% solution="cross_entropy"
cross_entropy = None    # nats, or with another unit, such as "1.2 bits"
### BEGIN SOLUTION
z, label = cross_entropy_numbers(attempt).values()
cross_entropy = np.log(np.exp(z).sum()) - z[label]
### END SOLUTION

# %% test="cross_entropy-value" points=2
asked = cross_entropy_numbers(attempt)
checks.number(cross_entropy, 0, rtol=np.inf, unit="nats")
# Hidden: the loss.
### BEGIN HIDDEN TESTS
z, label = asked.values()
right = np.log(np.exp(z).sum()) - z[label]
name_slip(cross_entropy, right, [
    (np.exp(-right), "This is the probability itself. The loss is its negative logarithm."),
    (right / np.log(2), "This is in bits; write the unit, or convert it."),
    (np.log1p(np.exp(-z[label])), "This takes each logit alone. Softmax divides by the sum over all classes."),
], unit="nats")
checks.number(cross_entropy, right, unit="nats")
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · The slope of the logistic cost
#
# Let $\ell(z) = \ln(1 + e^{-mz})$ with the number $m$ below. Write $\ell'(z)$ as a formula in `z`.

# %%
show(slope_numbers(attempt))

# %% solution="slope"
slope = ""              # a formula such as "1/(1 + exp(z))"
### BEGIN SOLUTION
m = slope_numbers(attempt)["m"]
slope = f"-{m} / (1 + exp({m}*z))"
### END SOLUTION

# %% test="slope-value" points=2
asked = slope_numbers(attempt)
m = asked["m"]
checks.formula_value(slope, at={"z": 0}, expected=-m / 2)
# Hidden: the same function everywhere.
### BEGIN HIDDEN TESTS
checks.formula(slope, f"-{m}/(1 + exp({m}*z))", {"z": (-2, 2)},
               rng=checks.fresh_rng("slope-value"))
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · What an outlier may do
#
# The cost of a residual $r$ is one of the functions below. For which of them does the derivative stay bounded as $r \to
# \pm\infty$, so that one outlier cannot pull with any force? Name all of them.

# %%
show(bounded_numbers(attempt))

# %% solution="bounded"
bounded = ""            # one or several letters
### BEGIN SOLUTION
options = bounded_numbers(attempt)["options"]
bounded = letters_of(options, r"$\sqrt", "$|r|$", r"$\ln", "Huber")
### END SOLUTION

# %% test="bounded-value" points=2
asked = bounded_numbers(attempt)
checks.answered(bounded, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, r"$\sqrt", "$|r|$", r"$\ln", "Huber")
checks.choices(bounded, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
