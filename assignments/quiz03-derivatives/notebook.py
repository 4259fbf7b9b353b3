# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 3 · Efficient differentiation
#
# How derivatives travel through a graph, through an equation and over a kink. Five short questions, 2 points each, in
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
def two_paths_numbers(attempt):
    """A point and two constants."""
    rng = random_of(attempt, 1)
    x, a = rng.integers(2, 7, size=2).tolist()
    return {"x": x, "a": a, "b": int(rng.integers(2, 6))}


def passes_numbers(attempt):
    """The numbers of inputs and outputs."""
    rng = random_of(attempt, 2)
    n, m = rng.permutation(np.arange(3, 40))[:2].tolist()
    return {"n": n, "m": m}


def implicit_numbers(attempt):
    """A coefficient."""
    rng = random_of(attempt, 3)
    return {"a": int(rng.integers(2, 10))}


def subgradients_numbers(attempt):
    """Two slopes, and five candidates."""
    rng = random_of(attempt, 4)
    a = int(rng.integers(-4, 3))
    b = a + int(rng.integers(2, 4))
    return {
        "a": a,
        "b": b,
        "options": lettered(rng, 5, [f"${slope}$" for slope in range(a - 2, b + 3)]),
    }


def smaller_step_numbers(attempt):
    """A factor, and four answers."""
    rng = random_of(attempt, 5)
    s = int(rng.integers(2, 11))
    return {
        "s": s,
        "options": lettered(rng, 4, [f"${value:.4g}$" for value in (s, s**3, s**2, s**0.5)]),
    }

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · Two paths to the output
#
# A graph computes $u = x + a$, $v = bx$ and $y = uv$. What is $dy/dx$ at the numbers below?

# %%
show(two_paths_numbers(attempt))

# %% solution="two_paths"
two_paths = None        # a number
### BEGIN SOLUTION
x, a, b = two_paths_numbers(attempt).values()
u, v = x + a, b * x
two_paths = v + b * u
### END SOLUTION

# %% test="two_paths-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="two_paths-value" points=2
asked = two_paths_numbers(attempt)
checks.number(two_paths, 0, rtol=np.inf)
# Hidden: the derivative.
### BEGIN HIDDEN TESTS
x, a, b = asked.values()
u, v = x + a, b * x
right = v + b * u
name_slip(two_paths, right, [
    (v, "This is the path through u alone. The path through v adds to it."),
    (b * u, "This is the path through v alone. The path through u adds to it."),
    (b, "These are the derivatives of u and v multiplied; y depends on x through each of them."),
])
checks.number(two_paths, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · How many backward passes?
#
# A function maps $n$ inputs to $m$ outputs. One backward pass gives the product of its Jacobian's transpose with one
# vector. How many passes give the whole Jacobian?

# %%
show(passes_numbers(attempt))

# %% solution="passes"
passes = None           # a whole number
### BEGIN SOLUTION
n, m = passes_numbers(attempt).values()
passes = m
### END SOLUTION

# %% test="passes-value" points=2
asked = passes_numbers(attempt)
checks.integer(passes, 0, off_by=10**15)
# Hidden: the number of passes.
### BEGIN HIDDEN TESTS
n, m = asked.values()
right = m
name_slip(passes, right, [
    (n, "So many passes need forward mode, one for each input."),
    (n * m, "Each pass gives a whole row of the Jacobian, not one entry."),
    (1, "One pass gives one combination of rows; that is enough for a single output only."),
], checks.integer)
checks.integer(passes, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · The derivative of a solution
#
# The equation $a x^3 + x = \theta$ has one real solution $x(\theta)$. Write $dx/d\theta$ as a formula in `x`, with the
# number $a$ below.

# %%
show(implicit_numbers(attempt))

# %% solution="implicit"
implicit = ""           # a formula such as "1/(1 + x)"
### BEGIN SOLUTION
a = implicit_numbers(attempt)["a"]
implicit = f"1 / (3*{a}*x**2 + 1)"
### END SOLUTION

# %% test="implicit-value" points=2
asked = implicit_numbers(attempt)
a = asked["a"]
checks.formula_value(implicit, at={"x": 0}, expected=1)
# Hidden: the same function everywhere.
### BEGIN HIDDEN TESTS
checks.formula(implicit, f"1/(1 + {3 * a}*x^2)", {"x": (-2, 2)},
               rng=checks.fresh_rng("implicit-value"))
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Slopes at a kink
#
# Let $f(x) = \max(ax, bx)$ with the numbers below. Which of these are sub-gradients of $f$ at $x = 0$? Name all of
# them.

# %%
show(subgradients_numbers(attempt))

# %% solution="subgradients"
subgradients = ""       # one or several letters
### BEGIN SOLUTION
a, b, options = subgradients_numbers(attempt).values()
subgradients = letters_of(options, *(f"${slope}$" for slope in range(a, b + 1)))
### END SOLUTION

# %% test="subgradients-value" points=2
asked = subgradients_numbers(attempt)
checks.answered(subgradients, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
a, b, options = asked.values()
right = letters_of(options, *(f"${slope}$" for slope in range(a, b + 1)))
checks.choices(subgradients, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · A smaller difference
#
# A derivative is computed by $(f(x + h) - f(x - h))/2h$ in exact arithmetic, for a smooth $f$ with $f'''(x) \neq 0$.
# Now $h$ is divided by $s$, and both are small. By about which number is the error divided?

# %%
show(smaller_step_numbers(attempt))

# %% solution="smaller_step"
smaller_step = ""       # one letter
### BEGIN SOLUTION
s, options = smaller_step_numbers(attempt).values()
smaller_step = letters_of(options, f"${s**2}$")
### END SOLUTION

# %% test="smaller_step-value" points=2
asked = smaller_step_numbers(attempt)
checks.answered(smaller_step, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
s, options = asked.values()
right = letters_of(options, f"${s**2}$")
checks.choice(smaller_step, right, "abcd",
              hint="Expand f at x on both sides, and see what cancels.")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
