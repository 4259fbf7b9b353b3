# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Quiz 12 · Pre-training and probabilistic models
#
# Learning without labels, using what was learned, and reasoning with probabilities. Five short questions, 2 points
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
def posterior_numbers(attempt):
    """A prior and two rates."""
    rng = random_of(attempt, 1)
    while True:
        prior = float(rng.choice([0.01, 0.02, 0.05, 0.1]))
        found = float(rng.choice([0.8, 0.9, 0.95, 0.99]))
        false = float(rng.choice([0.02, 0.05, 0.1, 0.2]))
        if abs(found + false - 1) > 0.005:
            return {"prior": prior, "found": found, "false": false}


def contrastive_numbers(attempt):
    """Similarities and a temperature."""
    rng = random_of(attempt, 2)
    while True:
        positive = int(rng.integers(5, 10)) / 10
        negatives = (rng.integers(0, 8, size=3) / 10).tolist()
        if max(negatives) < positive:
            tau = float(rng.choice([0.25, 0.5]))
            return {"positive": positive, "negatives": negatives, "tau": tau}


def probe_numbers(attempt):
    """The sizes of a network and its classifier."""
    rng = random_of(attempt, 3)
    return {
        "millions": int(rng.integers(5, 90)),
        "d": int(rng.choice([256, 384, 512, 768])),
        "k": int(rng.integers(5, 101)),
    }


def gaussians_numbers(attempt):
    """The width of the prior."""
    rng = random_of(attempt, 4)
    return {"c": int(rng.integers(2, 8))}


def bound_numbers(attempt):
    """Five sentences."""
    rng = random_of(attempt, 5)
    sentences = [
        r"Its gap to $\ln p(x)$ is $\mathrm{KL}(p(z \mid x)\,\|\,q(z))$.",
        r"It is never larger than $\ln p(x)$.",
        r"It equals $\ln p(x)$ for $q(z) = p(z)$, whatever the model.",
        r"Its gap to $\ln p(x)$ is $\mathrm{KL}(q(z)\,\|\,p(z \mid x))$.",
        r"Making it larger by a change of $q$ makes $\ln p(x)$ larger.",
        r"It equals $\ln p(x)$ for $q(z) = p(z \mid x)$.",
        r"It is never negative.",
        r"The $q$ that makes it largest is as close to $p(z \mid x)$ as its family allows.",
    ]
    return {"options": lettered(rng, 5, sentences)}

# %% [markdown]
# Your attempt: a whole number from 1 to 1000.

# %%
attempt = 1

# %% [markdown]
# ## 1 · A rare class
#
# A detector is looking for a class that makes up the share `prior` of all images. It fires on the share `found` of
# those that have it, and on the share `false` of those that do not. It fires. How probable is it that the image has the
# class?

# %%
show(posterior_numbers(attempt))

# %% solution="posterior"
posterior = None        # a number
### BEGIN SOLUTION
prior, found, false = posterior_numbers(attempt).values()
posterior = prior * found / (prior * found + (1 - prior) * false)
### END SOLUTION

# %% test="posterior-slips" points=0
# The grader keeps names for the usual slips here.
### BEGIN HIDDEN TESTS
def name_slip(answer, right, slips, check=checks.number, **how):
    """When the answer is not right but what a slip leads to, a failed check that says which."""
    if check.verdict(answer, right, **how).status != "ok":
        for value, message in slips:
            checks.holds(check.verdict(answer, value, **how).status != "ok", message)
### END HIDDEN TESTS

# %% test="posterior-value" points=2
asked = posterior_numbers(attempt)
checks.number(posterior, 0, rtol=np.inf)
# Hidden: the probability.
### BEGIN HIDDEN TESTS
prior, found, false = asked.values()
right = prior * found / (prior * found + (1 - prior) * false)
name_slip(posterior, right, [
    (found, "This is the probability to fire when the class is there: the wrong way round."),
    (found / (found + false), "This forgets how rare the class is."),
    (prior * found, "This is the probability of both; it has to be divided by the probability to fire."),
])
checks.number(posterior, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · A contrastive cost
#
# Two views of an image have the similarity `positive`; the similarities of the first view to views of other images are
# `negatives`. The cost is the cross-entropy of finding the right view among all four, with softmax at temperature
# $\tau$. How large is it, in nats?

# %%
show(contrastive_numbers(attempt))

# %% solution="contrastive"
contrastive = None      # nats, or with another unit, such as "1.2 bits"
### BEGIN SOLUTION
positive, negatives, tau = contrastive_numbers(attempt).values()
scores = np.array([positive, *negatives])
contrastive = np.log(np.exp(scores / tau).sum()) - positive / tau
### END SOLUTION

# %% test="contrastive-value" points=2
asked = contrastive_numbers(attempt)
checks.number(contrastive, 0, rtol=np.inf, unit="nats")
# Hidden: the cost.
### BEGIN HIDDEN TESTS
positive, negatives, tau = asked.values()
scores = np.array([positive, *negatives])
right = np.log(np.exp(scores / tau).sum()) - positive / tau
name_slip(contrastive, right, [
    (np.log(np.exp(scores).sum()) - positive, "The similarities were not divided by the temperature."),
    (np.log(np.exp(scores[1:] / tau).sum()) - positive / tau, "The right view is one of those that are chosen from."),
    (right / np.log(2), "This is in bits; write the unit, or convert it."),
    (np.exp(-right), "This is the probability of the right view."),
], unit="nats")
checks.number(contrastive, right, unit="nats")
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A linear probe
#
# A pre-trained network with `millions` million parameters turns an image into $d$ features. It is frozen, and a linear
# classifier with biases for $k$ classes is trained on the features. How many parameters are trained?

# %%
show(probe_numbers(attempt))

# %% solution="probe"
probe = None            # a whole number
### BEGIN SOLUTION
millions, d, k = probe_numbers(attempt).values()
probe = d * k + k
### END SOLUTION

# %% test="probe-value" points=2
asked = probe_numbers(attempt)
checks.integer(probe, 0, off_by=10**15)
# Hidden: the number of parameters.
### BEGIN HIDDEN TESTS
millions, d, k = asked.values()
right = d * k + k
name_slip(probe, right, [
    (d * k, "The biases are trained too."),
    (millions * 10**6 + d * k + k, "Frozen parameters are not trained."),
    (d * k + d, "There is a bias for every class, not for every feature."),
], checks.integer)
checks.integer(probe, right)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · The distance to the prior
#
# The regulariser of a variational autoencoder is $\mathrm{KL}(\mathcal N(m, s^2)\,\|\,\mathcal N(0, c^2))$. Write it as
# a formula in `m` and `s`, in nats, with the number $c$ below.

# %%
show(gaussians_numbers(attempt))

# %% solution="gaussians"
gaussians = ""          # a formula such as "m^2 + log(s)"
### BEGIN SOLUTION
c = gaussians_numbers(attempt)["c"]
gaussians = f"log({c}) - log(s) + (s**2 + m**2) / (2*{c}**2) - 1/2"
### END SOLUTION

# %% test="gaussians-value" points=2
asked = gaussians_numbers(attempt)
c = asked["c"]
checks.formula_value(gaussians, at={"m": 0, "s": c}, expected=0)
# Hidden: the same function everywhere.
### BEGIN HIDDEN TESTS
checks.formula(gaussians, f"log({c}/s) + (s^2 + m^2)/{2 * c**2} - 1/2", {"m": (-2, 2), "s": (0.2, 3)},
               rng=checks.fresh_rng("gaussians-value"))
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · The evidence lower bound
#
# A model has latent variables $z$. For any distribution $q(z)$ the evidence lower bound is $\mathbb E_q \ln p(x \mid z)
# - \mathrm{KL}(q(z)\,\|\,p(z))$. Which of these sentences about it are true? Name all of them.

# %%
show(bound_numbers(attempt))

# %% solution="bound"
bound = ""              # one or several letters
### BEGIN SOLUTION
options = bound_numbers(attempt)["options"]
bound = letters_of(options, "It is never larger", r"Its gap to $\ln p(x)$ is $\mathrm{KL}(q",
                   r"It equals $\ln p(x)$ for $q(z) = p(z \mid", "The $q$ that")
### END SOLUTION

# %% test="bound-value" points=2
asked = bound_numbers(attempt)
checks.answered(bound, "abcde", several=True)
# Hidden: whether these are all of them, and no others.
### BEGIN HIDDEN TESTS
options = asked["options"]
right = letters_of(options, "It is never larger", r"Its gap to $\ln p(x)$ is $\mathrm{KL}(q",
                   r"It equals $\ln p(x)$ for $q(z) = p(z \mid", "The $q$ that")
checks.choices(bound, right, "abcde")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom. If no cell complains, save the notebook and hand it in.
