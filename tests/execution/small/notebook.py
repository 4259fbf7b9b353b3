# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Small functions

# %% given="setup"
import numpy as np
import torch

from autograder import checks


# %% solution="double"
def double(x):
    """Twice x (n,)."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% test="double-visible" points=1
checks.close(checks.ask(double, np.array([1.0, 2.0])), [2.0, 4.0], "double([1, 2])")

# %% test="double-hidden" points=3
# Hidden: the same for other numbers.
### BEGIN HIDDEN TESTS
secret_factor = 2.0
rng = checks.fresh_rng("double-hidden")
x = rng.normal(size=5)
checks.close(checks.ask(double, x), secret_factor * x, "double of hidden numbers", hidden=True)
### END HIDDEN TESTS

# %% test="double-plain" points=2
# Hidden: plain asserts work as well.
### BEGIN HIDDEN TESTS
checks.forbid(double, ["torch"])
assert float(double(np.array([21.0]))[0]) == 42.0
assert isinstance(double(np.array([21.0])), np.ndarray)
### END HIDDEN TESTS


# %% solution="total"
def total(f, n):
    """The sum of f(0), ..., f(n - 1)."""
    ### BEGIN SOLUTION
    return sum(f(i) for i in range(n))
    ### END SOLUTION


# %% test="total-visible" points=1
checks.equal(checks.ask(total, lambda i: i * i, 4), 14, "total of squares")

# %% test="total-calls" points=2
# Hidden: f is called n times.
### BEGIN HIDDEN TESTS
calls = []


def counted(i):
    calls.append(i)
    return 3 * i


checks.equal(checks.ask(total, counted, 5), 30, "total")
checks.equal(sorted(calls), [0, 1, 2, 3, 4], "the calls")
### END HIDDEN TESTS


# %% solution="slope"
def slope(x):
    """The gradient of the sum of squares at the tensor x."""
    ### BEGIN SOLUTION
    x = x.detach().clone().requires_grad_(True)
    (x**2).sum().backward()
    return x.grad
    ### END SOLUTION


# %% test="slope-visible" points=1
g = checks.ask(slope, torch.tensor([1.0, 2.0]))
checks.close(np.asarray(g), [2.0, 4.0], "slope([1, 2])")


# %% test="slope-beside" points=2
# Hidden: what a helper beside the student's code sees.
### BEGIN HIDDEN TESTS
@checks.remote
def keeps_grad_away(function):
    import torch

    x = torch.ones(3, requires_grad=True)
    function(x)
    return x.grad is None


checks.equal(keeps_grad_away(slope), True, "that x.grad stays None")
### END HIDDEN TESTS
