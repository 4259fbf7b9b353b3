# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 7 · Networks for vision
#
# Shapes, parameters and fields of view of convolutions, and how detections are compared. Five short questions, 2 points
# each, in about fifteen minutes. Paper is enough, and numpy is welcome.
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
def output_size_numbers(attempt):
    """The sizes of a convolution."""
    rng = random_of(attempt, 1)
    p, s = [(2, 2), (3, 2), (3, 3)][rng.integers(3)]
    return {"n": int(rng.integers(20, 65)), "k": int(rng.choice([5, 7, 9])), "p": p, "s": s}


def filters_numbers(attempt):
    """The channels and the kernel size."""
    rng = random_of(attempt, 2)
    c_in, c_out = rng.permutation([3, 6, 8, 16, 24, 32])[:2].tolist()
    return {"c_in": c_in, "c_out": c_out, "k": int(rng.choice([3, 5, 7]))}


def field_numbers(attempt):
    """A kernel size and three strides."""
    rng = random_of(attempt, 3)
    strides = [(2, 1, 1), (2, 2, 1), (3, 1, 1), (3, 2, 1)][rng.integers(4)]
    return {"k": int(rng.choice([3, 5])), "strides": strides}


def overlap_numbers(attempt):
    """Two boxes that overlap."""
    rng = random_of(attempt, 4)
    left, top = rng.integers(0, 10, size=2).tolist()
    width, height = rng.integers(4, 9, size=2).tolist()
    right, down = int(rng.integers(1, width)), int(rng.integers(1, height))
    A = (left, top, left + width, top + height)
    return {
        "A": A,
        "B": (left + right, top + down, left + right + width + 1, top + down + height),
    }


def shifts_numbers(attempt):
    """Five maps."""
    rng = random_of(attempt, 5)
    maps = [
        "a fully connected layer with arbitrary weights",
        "a circular convolution",
        "adding the number $t$ to entry $t$",
        "ReLU, entry by entry",
        "sorting the entries by size",
        "adding the same bias to every entry",
        "replacing every entry by the largest of itself and its two neighbours",
        "setting every second entry to zero",
    ]
    return {"options": lettered(rng, 5, maps)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · The size of the output
#
# A convolution goes over a row of $n$ pixels with kernel size $k$, padding $p$ on both sides and stride $s$. How many
# outputs does it have?

# %%
show(output_size_numbers(attempt))

# %% solution="output_size"
output_size = None      # a whole number
### BEGIN SOLUTION
n, k, p, s = output_size_numbers(attempt).values()
output_size = (n + 2 * p - k) // s + 1
### END SOLUTION

# %% test="output_size-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="output_size-value" points=2
asked = output_size_numbers(attempt)
checks.integer(output_size, 0, off_by=10**15)
# Hidden: the number of outputs.
### BEGIN HIDDEN TESTS
n, k, p, s = asked.values()
right = (n + 2 * p - k) // s + 1
name_slip(output_size, right, [
    ((n + 2 * p - k) // s, "The kernel also has a first place, before its first stride."),
    ((n - k) // s + 1, "The padding makes the row longer, on both sides."),
    (n + 2 * p - k + 1, "These are the outputs with stride 1."),
], checks.integer)
checks.integer(output_size, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Parameters of a convolution
#
# A convolution turns an image of `c_in` channels into one of `c_out` channels, with kernels of $k \times k$ pixels and
# a bias for each output channel. How many parameters does it have?

# %%
show(filters_numbers(attempt))

# %% solution="filters"
filters = None          # a whole number
### BEGIN SOLUTION
c_in, c_out, k = filters_numbers(attempt).values()
filters = c_out * (c_in * k**2 + 1)
### END SOLUTION

# %% test="filters-value" points=2
asked = filters_numbers(attempt)
checks.integer(filters, 0, off_by=10**15)
# Hidden: the number of parameters.
### BEGIN HIDDEN TESTS
c_in, c_out, k = asked.values()
right = c_out * (c_in * k**2 + 1)
name_slip(filters, right, [
    (c_out * c_in * k**2, "These are the weights. Each output channel has a bias as well."),
    (c_out * (k**2 + 1), "Each output channel looks at all input channels."),
    (c_out * c_in * (k**2 + 1), "There is one bias for an output channel, not for each pair of channels."),
], checks.integer)
checks.integer(filters, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · How far a pixel sees
#
# Three convolutions follow one another, each with kernel size $k$, with the strides below in this order. On how many
# pixels of a row of the input can one pixel of the last output depend?

# %%
show(field_numbers(attempt))

# %% solution="field"
field = None            # a whole number
### BEGIN SOLUTION
k, strides = field_numbers(attempt).values()
first, second, _ = strides
field = 1 + (k - 1) * (1 + first + first * second)
### END SOLUTION

# %% test="field-value" points=2
asked = field_numbers(attempt)
checks.integer(field, 0, off_by=10**15)
# Hidden: the number of pixels.
### BEGIN HIDDEN TESTS
k, strides = asked.values()
first, second, _ = strides
right = 1 + (k - 1) * (1 + first + first * second)
name_slip(field, right, [
    (1 + 3 * (k - 1), "After a stride, neighbouring pixels lie further apart in the input."),
    (1 + (k - 1) * (first + first * second + first * second), "The stride of a layer counts for the layers after it, not for its own kernel."),
    (3 * k, "Neighbouring kernels overlap; each adds its size less one."),
], checks.integer)
checks.integer(field, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Two boxes
#
# A detector finds box $B$ where the truth is box $A$. A box is written as (left, top, right, bottom). What is the
# intersection over union of the two?

# %%
show(overlap_numbers(attempt))

# %% solution="overlap"
overlap = None          # a number
### BEGIN SOLUTION
A, B = overlap_numbers(attempt).values()
both = (A[2] - B[0]) * (A[3] - B[1])
sizes = [(box[2] - box[0]) * (box[3] - box[1]) for box in (A, B)]
overlap = both / (sum(sizes) - both)
### END SOLUTION

# %% test="overlap-value" points=2
asked = overlap_numbers(attempt)
checks.number(overlap, 0, rtol=np.inf)
# Hidden: the ratio.
### BEGIN HIDDEN TESTS
A, B = asked.values()
both = (A[2] - B[0]) * (A[3] - B[1])
sizes = [(box[2] - box[0]) * (box[3] - box[1]) for box in (A, B)]
right = both / (sum(sizes) - both)
name_slip(overlap, right, [
    (both / sum(sizes), "The intersection is counted twice in the sum of the two areas."),
    (2 * both / sum(sizes), "This is the Dice coefficient."),
    (both / sizes[0], "This is the part of the true box that was found."),
])
checks.number(overlap, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · What commutes with shifts?
#
# A signal lives on a circle of $T$ points. Which of these maps commute with every shift of the circle, so that shifting
# first or last makes no difference? Name all of them.

# %%
show(shifts_numbers(attempt))

# %% solution="shifts"
shifts = ""             # one or several letters
### BEGIN SOLUTION
options = shifts_numbers(attempt)["options"]
shifts = letters_of(options, "a circular", "ReLU", "adding the same", "replacing")
### END SOLUTION

# %% test="shifts-value" points=2
asked = shifts_numbers(attempt)
checks.answered(shifts, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, "a circular", "ReLU", "adding the same", "replacing")
checks.choices(shifts, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
