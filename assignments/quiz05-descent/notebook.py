# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 5 · Gradient descent and momentum
#
# Steps, how large they may be, how fast they get there, and a memory of the last one. Five short questions, 2 points
# each, in about fifteen minutes. Paper is enough, and numpy is welcome.
#
# **Practise.** The numbers follow from `attempt`. Choose another, run the notebook from the top, and the same questions
# come with other numbers. What you hand in is judged for the `attempt` that stands in it.
#
# **Answer.** Put your answer in place of the empty one and delete the two lines below it. A number is `0.25`, `"3/8"`
# or `"2.5e-3"`, to three digits at least; with a unit it is a text, such as `"48 MiB"`. Several options are `"a, c"`. A
# formula is a text with `+ - * / **`, numbers, `exp`, `log`, `sqrt`; any equivalent form is right. The test below each
# question only looks whether your answer can be read. Whether it is right you read after grading, and for the usual
# slips what kind of slip it was.
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
def two_steps_numbers(attempt):
    """A parabola and a start."""
    rng = random_of(attempt, 1)
    c = int(rng.integers(-3, 4))
    w = c + int(rng.choice([-4, -3, -2, 2, 3, 4]))
    return {"a": int(rng.integers(1, 5)), "c": c, "w": w}


def largest_step_numbers(attempt):
    """Three eigenvalues."""
    rng = random_of(attempt, 2)
    return {"eigenvalues": sorted(rng.permutation(np.arange(1, 21))[:3].tolist())}


def contraction_numbers(attempt):
    """The smallest and the largest curvature."""
    rng = random_of(attempt, 3)
    mu = int(rng.integers(1, 4))
    return {"mu": mu, "L": mu * int(rng.integers(3, 30))}


def heavy_ball_numbers(attempt):
    """Two points, a gradient, a step size and a momentum."""
    rng = random_of(attempt, 4)
    old = int(rng.integers(-5, 6))
    w = old + int(rng.choice([-3, -2, 2, 3]))
    g = int(rng.choice([-6, -5, -4, 4, 5, 6]))
    return {"w": w, "old": old, "g": g, "eta": 0.1, "beta": float(rng.choice([0.5, 0.8, 0.9]))}


def convex_numbers(attempt):
    """Five functions."""
    rng = random_of(attempt, 5)
    functions = [
        r"$\sin w$",
        "$e^w$",
        "$w^3$",
        r"$\ln(1 + e^w)$",
        "$|w|$",
        r"$\ln(1 + w^2)$",
        r"$\max(0, w)^2$",
        "$1/(1 + e^{-w})$",
    ]
    return {"options": lettered(rng, 5, functions)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · Two steps
#
# Gradient descent with step size $\eta$ starts at $w$ and minimises $f(w) = \frac a2 (w - c)^2$, with the numbers
# below. Write the point that it reaches after two steps as a formula in `eta`.

# %%
show(two_steps_numbers(attempt))

# %% solution="two_steps"
two_steps = ""          # a formula such as "3 - 2*eta"
### BEGIN SOLUTION
a, c, w = two_steps_numbers(attempt).values()
two_steps = f"{c} + (1 - {a}*eta)**2 * ({w} - ({c}))"
### END SOLUTION

# %% test="two_steps-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="two_steps-value" points=2
asked = two_steps_numbers(attempt)
a, c, w = asked.values()
checks.formula_value(two_steps, at={"eta": 0}, expected=w)
# Hidden: the same function everywhere.
### BEGIN HIDDEN TESTS
checks.formula(two_steps, f"{c} + (1 - {a}*eta)^2*({w - c})", {"eta": (0, 1)},
               rng=checks.fresh_rng("two_steps-value"))
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · The largest step
#
# The Hessian of a quadratic function has the eigenvalues below. Gradient descent with a constant step size converges
# from every start if the step size is smaller than which number?

# %%
show(largest_step_numbers(attempt))

# %% solution="largest_step"
largest_step = None     # a number
### BEGIN SOLUTION
eigenvalues = largest_step_numbers(attempt)["eigenvalues"]
largest_step = 2 / max(eigenvalues)
### END SOLUTION

# %% test="largest_step-value" points=2
asked = largest_step_numbers(attempt)
checks.number(largest_step, 0, rtol=np.inf)
# Hidden: the limit.
### BEGIN HIDDEN TESTS
eigenvalues = asked["eigenvalues"]
right = 2 / max(eigenvalues)
name_slip(largest_step, right, [
    (1 / max(eigenvalues), "This step converges, but larger ones do as well."),
    (2 / min(eigenvalues), "The steepest direction diverges first, not the flattest."),
    (2 / (min(eigenvalues) + max(eigenvalues)), "This is the fastest constant step, not the largest one."),
])
checks.number(largest_step, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · How fast?
#
# The eigenvalues of a Hessian lie between $\mu$ and $L$. With the best constant step size, by which factor does each
# step of gradient descent shrink the distance to the minimum in the worst case?

# %%
show(contraction_numbers(attempt))

# %% solution="contraction"
contraction = None      # a number
### BEGIN SOLUTION
mu, L = contraction_numbers(attempt).values()
contraction = (L - mu) / (L + mu)
### END SOLUTION

# %% test="contraction-value" points=2
asked = contraction_numbers(attempt)
checks.number(contraction, 0, rtol=np.inf)
# Hidden: the factor.
### BEGIN HIDDEN TESTS
mu, L = asked.values()
right = (L - mu) / (L + mu)
name_slip(contraction, right, [
    (1 - mu / L, "This is the factor of the step size 1/L. The best one is larger."),
    ((np.sqrt(L / mu) - 1) / (np.sqrt(L / mu) + 1), "So fast is momentum, not plain gradient descent."),
    (right**2, "This is the factor of the function value, which is the square."),
])
checks.number(contraction, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A heavy ball
#
# The heavy ball is at $w$ and was at `old` before. The gradient at $w$ is $g$, the step size $\eta$, the momentum
# $\beta$. Where is it next?

# %%
show(heavy_ball_numbers(attempt))

# %% solution="heavy_ball"
heavy_ball = None       # a number
### BEGIN SOLUTION
w, old, g, eta, beta = heavy_ball_numbers(attempt).values()
heavy_ball = w - eta * g + beta * (w - old)
### END SOLUTION

# %% test="heavy_ball-value" points=2
asked = heavy_ball_numbers(attempt)
checks.number(heavy_ball, 0, rtol=np.inf)
# Hidden: the next point.
### BEGIN HIDDEN TESTS
w, old, g, eta, beta = asked.values()
right = round(w - eta * g + beta * (w - old), 9)        # it may be 0, but for rounding
name_slip(heavy_ball, right, [
    (w - eta * g, "This is plain gradient descent; the ball remembers its last step."),
    (w - eta * g - beta * (w - old), "Momentum goes on in the direction of the last step, not back."),
    (w - (1 - beta) * eta * g + beta * (w - old), "The heavy ball takes the whole gradient step, whatever the momentum."),
])
checks.number(heavy_ball, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Which are convex?
#
# Which of these functions of a real number $w$ are convex? Name all of them.

# %%
show(convex_numbers(attempt))

# %% solution="convex"
convex = ""             # one or several letters
### BEGIN SOLUTION
options = convex_numbers(attempt)["options"]
convex = letters_of(options, "$e^w$", r"$\ln(1 + e", "$|w|$", r"$\max")
### END SOLUTION

# %% test="convex-value" points=2
asked = convex_numbers(attempt)
checks.answered(convex, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, "$e^w$", r"$\ln(1 + e", "$|w|$", r"$\max")
checks.choices(convex, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
