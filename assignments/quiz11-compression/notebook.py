# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 11 · Smaller networks
#
# What a network costs in operations and memory, and ways to make it cheaper. Five short questions, 2 points each, in
# about fifteen minutes. Paper is enough, and numpy is welcome.
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
def operations_numbers(attempt):
    """The sizes of a convolution."""
    rng = random_of(attempt, 1)
    c_in, c_out = rng.permutation([16, 24, 32, 48, 64])[:2].tolist()
    H, W = rng.permutation([14, 20, 28, 32, 56])[:2].tolist()
    return {"H": H, "W": W, "c_in": c_in, "c_out": c_out, "k": int(rng.choice([3, 5]))}


def memory_numbers(attempt):
    """The size of a model."""
    rng = random_of(attempt, 2)
    return {"millions": int(rng.integers(5, 400)), "bits": int(rng.choice([4, 16, 32]))}


def rounding_numbers(attempt):
    """A range and a number of bits."""
    rng = random_of(attempt, 3)
    return {
        "low": -int(rng.integers(1, 4)),
        "high": int(rng.integers(1, 5)),
        "b": int(rng.integers(2, 7)),
    }


def rank_numbers(attempt):
    """The shape of a matrix."""
    rng = random_of(attempt, 4)
    m, n = rng.permutation([20, 30, 45, 64, 100, 120, 200])[:2].tolist()
    return {"m": m, "n": n}


def temperature_numbers(attempt):
    """Five sentences."""
    rng = random_of(attempt, 5)
    sentences = [
        r"The entropy falls as $\tau$ grows.",
        r"For $\tau \to \infty$ all classes become equally likely.",
        r"Doubling $\tau$ halves the probability of every class but the first.",
        r"The order of the classes by probability is the same for every $\tau$.",
        r"For $\tau \to 0$ all classes become equally likely.",
        r"Adding the same number to all logits changes nothing.",
        r"Multiplying all logits by 2 does the same as doubling $\tau$.",
        r"For $\tau \to 0$ the largest logit takes all the probability.",
    ]
    return {"options": lettered(rng, 5, sentences)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · The work of a convolution
#
# A convolution makes an output of $H \times W$ pixels and `c_out` channels from `c_in` channels, with kernels of $k
# \times k$ pixels. How many multiply-accumulate operations (MACs) is that, in millions (MMACs)?

# %%
show(operations_numbers(attempt))

# %% solution="operations"
operations = None       # MMACs, or with another unit, such as "2.3 GFLOPs"
### BEGIN SOLUTION
H, W, c_in, c_out, k = operations_numbers(attempt).values()
operations = H * W * c_in * c_out * k**2 / 1e6
### END SOLUTION

# %% test="operations-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="operations-value" points=2
asked = operations_numbers(attempt)
checks.number(operations, 0, rtol=np.inf, unit="MMACs")
# Hidden: the work.
### BEGIN HIDDEN TESTS
H, W, c_in, c_out, k = asked.values()
right = H * W * c_in * c_out * k**2 / 1e6
name_slip(operations, right, [
    (2 * right, "This counts multiplications and additions apart, as FLOPs do. Write the unit, or halve it."),
    (right / k**2, "Each output adds up all the pixels under the kernel."),
    (right / c_in, "Each output adds up all input channels."),
], unit="MMACs")
checks.number(operations, right, unit="MMACs")
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · The size of a model
#
# A model has `millions` million parameters of `bits` bits each. How many MiB do they take?

# %%
show(memory_numbers(attempt))

# %% solution="memory"
memory = None           # with its unit, such as "48 MiB"; MiB if there is none
### BEGIN SOLUTION
millions, bits = memory_numbers(attempt).values()
memory = millions * 1e6 * bits / 8 / 2**20
### END SOLUTION

# %% test="memory-value" points=2
asked = memory_numbers(attempt)
checks.number(memory, 0, rtol=np.inf, unit="MiB")
# Hidden: the memory.
### BEGIN HIDDEN TESTS
millions, bits = asked.values()
right = millions * 1e6 * bits / 8 / 2**20
name_slip(memory, right, [
    (millions * bits / 8, "This number is in MB. Write the unit, or divide by 1024 twice."),
    (millions * 1e6 * bits / 2**20, "A byte has eight bits."),
], unit="MiB")
checks.number(memory, right, unit="MiB")
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Rounding weights
#
# Weights between `low` and `high` are rounded to the nearest of $2^b$ equally spaced levels, the first at `low` and the
# last at `high`. By how much may rounding change a weight at most?

# %%
show(rounding_numbers(attempt))

# %% solution="rounding"
rounding = None         # a number
### BEGIN SOLUTION
low, high, b = rounding_numbers(attempt).values()
rounding = (high - low) / (2**b - 1) / 2
### END SOLUTION

# %% test="rounding-value" points=2
asked = rounding_numbers(attempt)
checks.number(rounding, 0, rtol=np.inf)
# Hidden: the largest change.
### BEGIN HIDDEN TESTS
low, high, b = asked.values()
right = (high - low) / (2**b - 1) / 2
name_slip(rounding, right, [
    ((high - low) / (2**b - 1), "This is the distance of two levels. The nearest one is never farther than half of it."),
    ((high - low) / 2**b / 2, "So many levels have one gap less between them."),
    ((high - low) / (2 * b), "The number of levels is 2 to the power b."),
])
checks.number(rounding, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A thinner layer
#
# The weight matrix of a layer, $m \times n$, is replaced by a product of an $m \times r$ and an $r \times n$ matrix.
# What is the largest $r$ for which this has fewer weights than before?

# %%
show(rank_numbers(attempt))

# %% solution="rank"
rank = None             # a whole number
### BEGIN SOLUTION
m, n = rank_numbers(attempt).values()
rank = -(-m * n // (m + n)) - 1
### END SOLUTION

# %% test="rank-value" points=2
asked = rank_numbers(attempt)
checks.integer(rank, 0, off_by=10**15)
# Hidden: the rank.
### BEGIN HIDDEN TESTS
m, n = asked.values()
right = -(-m * n // (m + n)) - 1
name_slip(rank, right, [
    (right + 1, "With this r it has no fewer weights."),
    (min(m, n), "This is the largest rank of the matrix; at this rank the two factors have more weights than it."),
    (min(m, n) // 2, "Not always half: count the weights of the two factors."),
], checks.integer)
checks.integer(rank, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Soft targets
#
# A small network learns from the soft targets $\mathrm{softmax}(z/\tau)$ of a large one, whose logits $z$ are all
# different. Which of these sentences about the targets are true for $\tau > 0$? Name all of them.

# %%
show(temperature_numbers(attempt))

# %% solution="temperature"
temperature = ""        # one or several letters
### BEGIN SOLUTION
options = temperature_numbers(attempt)["options"]
temperature = letters_of(options, r"For $\tau \to \infty", "The order", "Adding", r"For $\tau \to 0$ the")
### END SOLUTION

# %% test="temperature-value" points=2
asked = temperature_numbers(attempt)
checks.answered(temperature, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, r"For $\tau \to \infty", "The order", "Adding", r"For $\tau \to 0$ the")
checks.choices(temperature, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
