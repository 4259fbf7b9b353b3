# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 1 · Linear algebra and calculus
#
# What the course takes for granted: angles, norms, products of matrices, determinants, gradients. Five short questions,
# 2 points each, in about fifteen minutes. Paper is enough, and numpy is welcome.
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
def angle_numbers(attempt):
    """Two vectors."""
    rng = random_of(attempt, 1)
    while True:
        u, v = rng.integers(-4, 5, size=(2, 3)).tolist()
        # Neither parallel nor at right angles.
        if 0 < np.dot(u, v) ** 2 < np.dot(u, u) * np.dot(v, v):
            return {"u": u, "v": v}


def norm_numbers(attempt):
    """A vector, and four of its measures."""
    rng = random_of(attempt, 2)
    while True:
        x = rng.integers(-6, 7, size=4).tolist()
        found = [np.linalg.norm(x), np.abs(x).sum(), np.abs(x).max(), abs(sum(x))]
        if len({round(value, 3) for value in found}) == 4:
            return {"x": x, "options": lettered(rng, 4, [f"${value:.4g}$" for value in found])}


def products_numbers(attempt):
    """The shapes of A, B and C, and five products."""
    rng = random_of(attempt, 3)
    a, b, c, other = rng.permutation([2, 3, 4, 5]).tolist()
    d = a if rng.integers(2) else other
    products = ["$AB$", "$BA$", "$B^T A^T$", "$ABC$", "$CA$"]
    return {"A": (a, b), "B": (b, c), "C": (c, d), "options": lettered(rng, 5, products)}


def determinant_numbers(attempt):
    """A size, a factor and a determinant."""
    rng = random_of(attempt, 4)
    n, d = int(rng.integers(3, 6)), int(rng.integers(2, 10))
    return {"n": n, "c": int(rng.choice([-3, -2, 2, 3])), "d": d}


def partial_numbers(attempt):
    """Three coefficients."""
    rng = random_of(attempt, 5)
    a, b, c = rng.permutation([2, 3, 4, 5])[:3].tolist()
    return {"a": a, "b": b, "c": c}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · The angle between two vectors
#
# What is the angle between $u$ and $v$, in degrees?

# %%
show(angle_numbers(attempt))

# %% solution="angle"
angle = None            # degrees, such as 30, or "0.52 rad"
### BEGIN SOLUTION
u, v = angle_numbers(attempt).values()
cosine = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
angle = np.degrees(np.arccos(cosine))
### END SOLUTION

# %% test="angle-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="angle-value" points=2
asked = angle_numbers(attempt)
checks.number(angle, 0, rtol=np.inf, unit="degrees")
# Hidden: the angle.
### BEGIN HIDDEN TESTS
u, v = asked.values()
cosine = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
right = np.degrees(np.arccos(cosine))
name_slip(angle, right, [
    (cosine, "This is the cosine of the angle. One step is missing."),
    (np.radians(right), "This is the angle in radians; write the unit, or convert it."),
    (180 - right, "This is the angle between u and -v. Mind the sign of the inner product."),
], unit="degrees")
checks.number(angle, right, unit="degrees")
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Which norm is it?
#
# One of the numbers below is the Euclidean norm $\|x\|_2$. Which one?

# %%
show(norm_numbers(attempt))

# %% solution="norm"
norm = ""               # one letter
### BEGIN SOLUTION
x, options = norm_numbers(attempt).values()
norm = letters_of(options, f"${np.linalg.norm(x):.4g}$")
### END SOLUTION

# %% test="norm-value" points=2
asked = norm_numbers(attempt)
checks.answered(norm, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
x, options = asked.values()
right = letters_of(options, f"${np.linalg.norm(x):.4g}$")
checks.choice(norm, right, "abcd",
              hint="Square, add, take the root.")
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Which products exist?
#
# The shapes of three matrices are given. Which of the products below exist? Name all of them.

# %%
show(products_numbers(attempt))

# %% solution="products"
products = ""           # one or several letters
### BEGIN SOLUTION
A, B, C, options = products_numbers(attempt).values()
products = letters_of(options, "$AB$", "$B^T", "$ABC", *(["$CA$"] if C[1] == A[0] else []))
### END SOLUTION

# %% test="products-value" points=2
asked = products_numbers(attempt)
checks.answered(products, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
A, B, C, options = asked.values()
right = letters_of(options, "$AB$", "$B^T", "$ABC", *(["$CA$"] if C[1] == A[0] else []))
checks.choices(products, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A scaled matrix
#
# $A$ is an $n \times n$ matrix with determinant $d$. What is $\det(cA)$?

# %%
show(determinant_numbers(attempt))

# %% solution="determinant"
determinant = None      # a number
### BEGIN SOLUTION
n, c, d = determinant_numbers(attempt).values()
determinant = c**n * d
### END SOLUTION

# %% test="determinant-value" points=2
asked = determinant_numbers(attempt)
checks.number(determinant, 0, rtol=np.inf)
# Hidden: the determinant.
### BEGIN HIDDEN TESTS
n, c, d = asked.values()
right = c**n * d
name_slip(determinant, right, [
    (c * d, "The determinant is linear in each row, and every row is scaled."),
    (c**2 * d, "That would be right for n = 2. How many rows are scaled?"),
    (-right, "The size is right, the sign is not."),
])
checks.number(determinant, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · A partial derivative
#
# Let $f(x, y) = a x^2 y + b\, e^{c y}$. Write $\partial f/\partial y$ as a formula in `x` and `y`, with the numbers
# below for $a$, $b$, $c$.

# %%
show(partial_numbers(attempt))

# %% solution="partial"
partial = ""            # a formula such as "3*x + exp(2*y)"
### BEGIN SOLUTION
a, b, c = partial_numbers(attempt).values()
partial = f"{a}*x**2 + {b}*{c}*exp({c}*y)"
### END SOLUTION

# %% test="partial-value" points=2
asked = partial_numbers(attempt)
a, b, c = asked.values()
checks.formula_value(partial, at={"x": 0, "y": 0}, expected=b * c)
# Hidden: the same function everywhere.
### BEGIN HIDDEN TESTS
checks.formula(partial, f"{a}*x^2 + {b * c}*exp({c}*y)", {"x": (-2, 2), "y": (-1, 1)},
               rng=checks.fresh_rng("partial-value"))
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
