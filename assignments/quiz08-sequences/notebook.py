# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 8 · Networks for sequences
#
# Recurrence, attention, and what both cost. Five short questions, 2 points each, in about fifteen minutes. Paper is
# enough, and numpy is welcome.
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
def attention_numbers(attempt):
    """A query and two keys."""
    rng = random_of(attempt, 1)
    while True:
        q, first, second = rng.integers(-2, 3, size=(3, 4)).tolist()
        if 1 <= abs(np.dot(q, first) - np.dot(q, second)) <= 6 and np.dot(q, first) != 0:
            return {"q": q, "k_1": first, "k_2": second}


def recurrent_numbers(attempt):
    """Dimensions and a length."""
    rng = random_of(attempt, 2)
    d, h = rng.permutation(np.arange(4, 20))[:2].tolist()
    return {"d": d, "h": h, "T": int(rng.integers(5, 50))}


def scores_memory_numbers(attempt):
    """The sizes of a batch."""
    rng = random_of(attempt, 3)
    return {
        "B": int(rng.choice([2, 4, 8, 16])),
        "H": int(rng.choice([6, 8, 12, 16])),
        "T": int(rng.choice([256, 512, 1024, 2048])),
    }


def vanishing_numbers(attempt):
    """A factor."""
    rng = random_of(attempt, 4)
    return {"a": float(rng.choice([0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98]))}


def statements_numbers(attempt):
    """Five sentences."""
    rng = random_of(attempt, 5)
    sentences = [
        "Twice as many tokens have twice as many attention weights.",
        "If the tokens change places, so do the outputs, and nothing else changes.",
        "The matrix of attention weights is symmetric.",
        "The number of parameters does not depend on $T$.",
        "Multiplying all queries by 2 leaves the attention weights as they are.",
        "Adding the same vector to every key leaves the attention weights as they are.",
        "The weights that one token receives from all queries add up to 1.",
        "With a causal mask, output $t$ does not depend on the tokens after $t$.",
    ]
    return {"options": lettered(rng, 5, sentences)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · Where to look
#
# One query $q$ meets two keys $k_1$ and $k_2$ of the same dimension, with scaled dot-product attention. Which weight
# does the first key get?

# %%
show(attention_numbers(attempt))

# %% solution="attention"
attention = None        # a number
### BEGIN SOLUTION
q, first, second = attention_numbers(attempt).values()
scores = np.array([np.dot(q, first), np.dot(q, second)])
attention = 1 / (1 + np.exp((scores[1] - scores[0]) / 2))
### END SOLUTION

# %% test="attention-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="attention-value" points=2
asked = attention_numbers(attempt)
checks.number(attention, 0, rtol=np.inf)
# Hidden: the weight.
### BEGIN HIDDEN TESTS
q, first, second = asked.values()
scores = np.array([np.dot(q, first), np.dot(q, second)])
right = 1 / (1 + np.exp((scores[1] - scores[0]) / 2))
name_slip(attention, right, [
    (1 / (1 + np.exp(scores[1] - scores[0])), "The scores were not divided by the root of the dimension."),
    (1 / (1 + np.exp((scores[1] - scores[0]) / 4)), "The scores are divided by the root of the dimension, not by the dimension."),
    (scores[0] / 2, "This is the score. Softmax makes weights of the scores."),
    (1 - right, "This is the weight of the second key."),
])
checks.number(attention, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Parameters of a recurrent network
#
# A recurrent layer computes $h_t = \tanh(W x_t + U h_{t-1} + b)$ for inputs of dimension $d$ and states of dimension
# $h$, over $T$ steps. How many parameters does it have?

# %%
show(recurrent_numbers(attempt))

# %% solution="recurrent"
recurrent = None        # a whole number
### BEGIN SOLUTION
d, h, T = recurrent_numbers(attempt).values()
recurrent = h * (d + h + 1)
### END SOLUTION

# %% test="recurrent-value" points=2
asked = recurrent_numbers(attempt)
checks.integer(recurrent, 0, off_by=10**15)
# Hidden: the number of parameters.
### BEGIN HIDDEN TESTS
d, h, T = asked.values()
right = h * (d + h + 1)
name_slip(recurrent, right, [
    (T * h * (d + h + 1), "All steps share their parameters."),
    (h * (d + 1), "The state has weights of its own."),
    (h * (d + h), "There is a bias as well."),
], checks.integer)
checks.integer(recurrent, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · The memory of attention
#
# A transformer layer keeps all its attention weights for the backward pass: one number of 4 bytes for each sequence of
# the batch, each head and each pair of positions. How much memory is that for a batch of $B$ sequences, $H$ heads and
# $T$ positions?

# %%
show(scores_memory_numbers(attempt))

# %% solution="scores_memory"
scores_memory = None    # with its unit, such as "48 MiB"; MiB if there is none
### BEGIN SOLUTION
B, H, T = scores_memory_numbers(attempt).values()
scores_memory = B * H * T**2 * 4 / 2**20
### END SOLUTION

# %% test="scores_memory-value" points=2
asked = scores_memory_numbers(attempt)
checks.number(scores_memory, 0, rtol=np.inf, unit="MiB")
# Hidden: the memory.
### BEGIN HIDDEN TESTS
B, H, T = asked.values()
right = B * H * T**2 * 4 / 2**20
name_slip(scores_memory, right, [
    (B * H * T**2 * 4 / 10**6, "This number is in MB. Write the unit, or divide by 1024 twice."),
    (B * H * T**2 / 2**20, "Each number takes 4 bytes."),
    (B * T**2 * 4 / 2**20, "Every head has weights of its own."),
], unit="MiB")
checks.number(scores_memory, right, unit="MiB")
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A gradient fades
#
# In the linear recurrence $h_t = a\, h_{t-1}$ the derivative of $h_t$ with respect to $h_0$ becomes smaller with every
# step. After how many steps is it below $1/1000$ for the first time?

# %%
show(vanishing_numbers(attempt))

# %% solution="vanishing"
vanishing = None        # a whole number
### BEGIN SOLUTION
a = vanishing_numbers(attempt)["a"]
vanishing = math.floor(np.log(1 / 1000) / np.log(a)) + 1
### END SOLUTION

# %% test="vanishing-value" points=2
asked = vanishing_numbers(attempt)
checks.integer(vanishing, 0, off_by=10**15)
# Hidden: the number of steps.
### BEGIN HIDDEN TESTS
a = asked["a"]
right = math.floor(np.log(1 / 1000) / np.log(a)) + 1
name_slip(vanishing, right, [
    (right - 1, "After so many steps it is still a little larger."),
    (right + 1, "It is below already one step earlier."),
    (math.ceil(-3 / np.log(a)), "Three is the decimal logarithm of 1000; take the same logarithm on both sides."),
], checks.integer)
checks.integer(vanishing, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · What is true of self-attention?
#
# A layer of self-attention without positions and, unless it is said, without a mask maps $T$ tokens to $T$ tokens.
# Which of these sentences are true? Name all of them.

# %%
show(statements_numbers(attempt))

# %% solution="statements"
statements = ""         # one or several letters
### BEGIN SOLUTION
options = statements_numbers(attempt)["options"]
statements = letters_of(options, "If the", "The number", "Adding", "With a")
### END SOLUTION

# %% test="statements-value" points=2
asked = statements_numbers(attempt)
checks.answered(statements, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, "If the", "The number", "Adding", "With a")
checks.choices(statements, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
