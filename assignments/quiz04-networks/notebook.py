# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 4 · Multilayer networks
#
# Counting parameters and kinks, choosing first weights, and what a layer leaves unchanged. Five short questions, 2
# points each, in about fifteen minutes. Paper is enough, and numpy is welcome.
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
def parameters_numbers(attempt):
    """The widths of four layers."""
    rng = random_of(attempt, 1)
    return {"widths": rng.integers(2, 13, size=4).tolist()}


def first_weights_numbers(attempt):
    """The size of a layer."""
    rng = random_of(attempt, 2)
    while True:
        n, m = rng.permutation([32, 50, 64, 100, 128, 200, 256, 512])[:2].tolist()
        if m != 2 * n and n * n != 2 * m:
            return {"n": n, "m": m}


def kinks_numbers(attempt):
    """A number of pieces and of copies."""
    rng = random_of(attempt, 3)
    return {"p": int(rng.integers(2, 6)), "k": int(rng.integers(3, 7))}


def rescaled_numbers(attempt):
    """A derivative and a factor."""
    rng = random_of(attempt, 4)
    g = int(rng.choice([-60, -24, -12, 12, 24, 60]))
    return {"g": g, "c": int(rng.integers(2, 7))}


def universal_numbers(attempt):
    """Five activations."""
    rng = random_of(attempt, 5)
    activations = [
        "$z^2$",
        r"$\tanh z$",
        "$3z + 1$",
        r"$\max(0, z)$",
        r"$\sin z$",
        "$z^3 - z$",
        "$|z|$",
        "$(z - 1)^5$",
    ]
    return {"options": lettered(rng, 5, activations)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · How many parameters?
#
# A fully connected network has the layer widths below, from the input to the output, and a bias for every neuron. How
# many parameters does it have?

# %%
show(parameters_numbers(attempt))

# %% solution="parameters"
parameters = None       # a whole number
### BEGIN SOLUTION
widths = parameters_numbers(attempt)["widths"]
weights = sum(a * b for a, b in zip(widths, widths[1:]))
parameters = weights + sum(widths[1:])
### END SOLUTION

# %% test="parameters-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="parameters-value" points=2
asked = parameters_numbers(attempt)
checks.integer(parameters, 0, off_by=10**15)
# Hidden: the number of parameters.
### BEGIN HIDDEN TESTS
widths = asked["widths"]
weights = sum(a * b for a, b in zip(widths, widths[1:]))
right = weights + sum(widths[1:])
name_slip(parameters, right, [
    (weights, "These are the weights. Every neuron has a bias as well."),
    (weights + sum(widths), "The inputs are no neurons: they have no biases."),
], checks.integer)
checks.integer(parameters, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · The size of the first weights
#
# A layer of ReLU neurons has $n$ inputs and $m$ outputs; the layer before is one of ReLU neurons too. Its weights are
# drawn independently with mean 0. Which standard deviation keeps the mean square of the signals equal from layer to
# layer?

# %%
show(first_weights_numbers(attempt))

# %% solution="first_weights"
first_weights = None    # a number
### BEGIN SOLUTION
n, m = first_weights_numbers(attempt).values()
first_weights = np.sqrt(2 / n)
### END SOLUTION

# %% test="first_weights-value" points=2
asked = first_weights_numbers(attempt)
checks.number(first_weights, 0, rtol=np.inf)
# Hidden: the standard deviation.
### BEGIN HIDDEN TESTS
n, m = asked.values()
right = np.sqrt(2 / n)
name_slip(first_weights, right, [
    (2 / n, "This is the variance; the standard deviation is asked."),
    (np.sqrt(1 / n), "This would be right without ReLU, which sets half of the signals to zero."),
    (np.sqrt(2 / m), "Each neuron adds up its inputs: count those, not the outputs."),
])
checks.number(first_weights, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · What depth buys
#
# A zigzag on $[0, 1]$ has $p$ straight pieces, each of which runs through all of $[0, 1]$. It is composed with itself,
# $k$ copies in all. A network with one hidden layer of ReLU neurons on the line has at most one kink for each of them.
# How many hidden neurons does it need at least to have as many kinks inside $(0, 1)$ as the composition?

# %%
show(kinks_numbers(attempt))

# %% solution="kinks"
kinks = None            # a whole number
### BEGIN SOLUTION
p, k = kinks_numbers(attempt).values()
kinks = p**k - 1
### END SOLUTION

# %% test="kinks-value" points=2
asked = kinks_numbers(attempt)
checks.integer(kinks, 0, off_by=10**15)
# Hidden: the number of neurons.
### BEGIN HIDDEN TESTS
p, k = asked.values()
right = p**k - 1
name_slip(kinks, right, [
    (p**k, "This is the number of pieces. There is one kink less."),
    (k * (p - 1), "Composing multiplies the pieces, it does not add kinks."),
    (p * k, "Each copy multiplies the number of pieces by p."),
], checks.integer)
checks.integer(kinks, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A symmetry of ReLU
#
# In a ReLU network all weights into one hidden neuron, and its bias, are multiplied by $c > 0$, and all weights out of
# it are divided by $c$. The network computes the same function as before. The derivative of the loss with respect to
# one of the weights *into* the neuron was $g$. What is it now?

# %%
show(rescaled_numbers(attempt))

# %% solution="rescaled"
rescaled = None         # a number
### BEGIN SOLUTION
g, c = rescaled_numbers(attempt).values()
rescaled = g / c
### END SOLUTION

# %% test="rescaled-value" points=2
asked = rescaled_numbers(attempt)
checks.number(rescaled, 0, rtol=np.inf)
# Hidden: the derivative.
### BEGIN HIDDEN TESTS
g, c = asked.values()
right = g / c
name_slip(rescaled, right, [
    (g * c, "A larger weight needs a larger change for the same effect, so its derivative is smaller."),
    (g, "The function is the same, but the same change of the weight has another effect now."),
])
checks.number(rescaled, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Which activations are enough?
#
# Networks with one hidden layer of any width, with the activation $\sigma$ and with biases, can come as close as you
# like to every continuous function on $[0, 1]^d$. For which of these $\sigma$ is that true? Name all of them.

# %%
show(universal_numbers(attempt))

# %% solution="universal"
universal = ""          # one or several letters
### BEGIN SOLUTION
options = universal_numbers(attempt)["options"]
universal = letters_of(options, r"$\tanh", r"$\max", r"$\sin", "$|z|$")
### END SOLUTION

# %% test="universal-value" points=2
asked = universal_numbers(attempt)
checks.answered(universal, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, r"$\tanh", r"$\max", r"$\sin", "$|z|$")
checks.choices(universal, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
