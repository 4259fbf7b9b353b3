# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Fourier, circulant, Toeplitz, graphs, Kronecker
#
# A matrix of a million numbers may hold only a thousand different ones, in a pattern. Whoever sees the pattern multiplies
# in $n\log n$ steps, solves in $n^2$, and never writes the matrix down. Here you do this for the patterns behind signal
# processing, graph learning and convolutional networks.
#
# **You will learn to**
# - build the Fourier matrix to full accuracy, and multiply by it with $\tfrac n2\log_2 n$ multiplications;
# - diagonalise every circulant matrix with it, and embed every Toeplitz matrix in a circulant one;
# - solve Toeplitz systems by Levinson's recursion, in counted operations;
# - read connectivity, groups and resistances off the Laplacian of a graph;
# - write a two-dimensional convolution as a matrix, and a Kronecker product without one.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `dft_matrix` | 8 | 3 lines |
# | 2 | `fft`, `ifft` | 18 | 14 lines |
# | 3 | `circ_matvec`, `circ_solve`, `circ_eigs` | 14 | 12 lines |
# | 4 | `toep_matvec`, `levinson` | 16 | 25 lines |
# | 5 | `laplacian`, `fiedler`, `effective_resistance`, `spectral_bipartition` | 16 | 20 lines |
# | 6 | `kron_matvec`, `conv2d_matrix` | 8 | 10 lines |
# | 7 | on paper: six answers, one proof | 15 + 5 | |
#
# Each problem has visible tests, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Indices start at 0. Unless a problem says otherwise, arguments are left
# unchanged, numbers are float64 or complex128, and arrays of any memory layout, of float32 or of integers are fine too.
# The tests of a problem share a time limit, more than ten times what a plain solution takes.

# %% given="setup"
import numpy as np

from autograder import checks

# What the problems rule out; the statements say the same in words.
NOT_IN_1_AND_2 = ["numpy.fft", "scipy", "torch", "sympy"]
NOT_IN_3 = ["numpy.convolve", "numpy.correlate", "scipy", "torch", "sympy"]
NOT_IN_LEVINSON = checks.LINEAR_ALGEBRA
NOT_IN_5 = ["networkx", "scipy", "sklearn", "torch", "sympy"]
NOT_IN_6 = ["scipy", "torch", "sympy"]

# %% [markdown]
# ## 1 · The Fourier matrix
#
# The columns of the Fourier matrix are waves: column $k$ turns $k$ times around the unit circle in $n$ steps. With
# $\omega = e^{-2\pi i/n}$,
#
# $$F_{jk} = \frac{1}{\sqrt n}\,\omega^{jk},\qquad j, k = 0, \dots, n-1 .$$
#
# Divided by $\sqrt n$ the waves are orthonormal, so $F$ is unitary: $F^{*}F = I$. It is symmetric, not Hermitian; $F^2$
# reverses the order of the entries (all but the first), and $F^4 = I$.
#
# One trap. $\omega$ in floating point is wrong by $10^{-16}$, and its power $\omega^{jk}$ by $jk$ times as much: at
# $n = 1024$ that is a million times. Since $\omega^n = 1$, only $jk$ modulo $n$ matters.

# %% [markdown]
# **Write `dft_matrix(n) -> F`** (8 points)
#
# - `n` is at least 1. `F (n, n)` is complex128, with the formula above: minus in the exponent, $1/\sqrt n$ in front.
# - $\sqrt n\,F$ is right to $10^{-11}$ in every entry, up to `n = 1024`.
# - Results may be kept in a dictionary; nothing else stays behind after a call.
# - Not allowed: `numpy.fft`, `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this problem.

# %% solution="dft_matrix"
def dft_matrix(n):
    """The unitary Fourier matrix (n, n), complex128."""
    # The table of all j * k, reduced modulo n;
    # then one exponential for all entries.
    ### BEGIN SOLUTION
    j = np.arange(n)
    return np.exp(-2j * np.pi * (np.outer(j, j) % n) / n) / np.sqrt(n)
    ### END SOLUTION

# %% test="dft_matrix-by_hand" points=1.5
checks.forbid(dft_matrix, NOT_IN_1_AND_2)

# n = 2 and n = 4: all entries are 1, -1, i or -i, over the root of n.
checks.close(checks.ask(dft_matrix, 2), np.array([[1, 1], [1, -1]]) / 2**0.5, "F for n = 2")
four = np.array([[1, 1, 1, 1], [1, -1j, -1, 1j], [1, -1, 1, -1], [1, 1j, -1, -1j]]) / 2
checks.close(checks.ask(dft_matrix, 4), four, "F for n = 4", hint="Row 1 is 1, -i, -1, i over 2.")

# F is unitary: its conjugate transpose is its inverse.
F = checks.ask(dft_matrix, 5)
checks.close(F.conj().T @ F, np.eye(5), "F* F for n = 5")

# %% test="dft_matrix-entries" points=2.5
# Hidden: every entry for several n, even, odd and 1; the result is complex128.
### BEGIN HIDDEN TESTS
checks.forbid(dft_matrix, NOT_IN_1_AND_2)
rng = checks.fresh_rng("dft_matrix-entries")
for n in (1, 3, 8, int(rng.integers(9, 40))):
    F = checks.ask(dft_matrix, n)
    checks.array(F, "F", shape=(n, n), dtype="complex128")
    checks.close(F, np.fft.fft(np.eye(n)) / np.sqrt(n), "F", rtol=1e-12 * n, floor=0.0)
### END HIDDEN TESTS

# %% test="dft_matrix-laws" points=2
# Hidden: F is unitary and symmetric, F F reverses the order, F to the power 4 is the identity.
### BEGIN HIDDEN TESTS
checks.forbid(dft_matrix, NOT_IN_1_AND_2)
rng = checks.fresh_rng("dft_matrix-laws")
for n in (7, 16, int(rng.integers(20, 60))):
    F = checks.ask(dft_matrix, n)
    checks.array(F, "F", shape=(n, n), dtype="complex128")
    checks.close(F.conj().T @ F, np.eye(n), "F* F", rtol=1e-12 * n)
    checks.close(F, F.T, "F, compared with its transpose,", rtol=1e-12)
    checks.close(F @ F, np.eye(n)[:, -np.arange(n) % n], "F F", rtol=1e-12 * n)
    checks.close(F @ F @ F @ F, np.eye(n), "F F F F", rtol=1e-12 * n)
### END HIDDEN TESTS

# %% test="dft_matrix-accuracy" points=1
# Hidden: for n = 1024 every entry, times the root of n, is right to 1e-11.
### BEGIN HIDDEN TESTS
checks.forbid(dft_matrix, NOT_IN_1_AND_2)
F = checks.ask(dft_matrix, 1024)
checks.array(F, "F", shape=(1024, 1024), dtype="complex128")
turns = np.exp(-2j * np.pi * np.arange(1024) / 1024)
exact = turns[np.outer(np.arange(1024), np.arange(1024)) % 1024]
checks.holds(np.abs(32 * F - exact).max() <= 1e-11,
             "For n = 1024 some entries, times 32, are off by more than 1e-11. Is j k reduced modulo n?")
### END HIDDEN TESTS

# %% test="dft_matrix-habits" points=1
# Hidden: a second call gives the same, no global random state, nothing is left behind.
### BEGIN HIDDEN TESTS
checks.forbid(dft_matrix, NOT_IN_1_AND_2)
checks.battery(dft_matrix, 6)
checks.stateless(dft_matrix, 7)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The real part of $F$, and two of its columns: waves that go once and three times around.

# %% look="dft_matrix"
import matplotlib.pyplot as plt

F = dft_matrix(32)
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3), width_ratios=[1, 2])
left.imshow(F.real, cmap="RdBu"); left.set_title("real part of F", fontsize=10)
right.plot(F[:, 1].real, ".-", label="column 1"); right.plot(F[:, 3].real, ".-", label="column 3")
right.set_xlabel("j"); right.legend(); fig.tight_layout()

# %% [markdown]
# ## 2 · The fast Fourier transform
#
# The *discrete Fourier transform* is the same sum without the root: $\hat x_k = \sum_j \omega^{jk} x_j$. As a product with a
# matrix it costs $n^2$ multiplications. For even $n$ the entries with even and odd index each need a transform of half the
# size, $e$ and $o$, and
#
# $$\hat x_k = e_k + \omega^k o_k,\qquad \hat x_{k + n/2} = e_k - \omega^k o_k,\qquad k = 0, \dots, \tfrac n2 - 1 :$$
#
# one multiplication serves two results. Go on like this down to size 1: there are $\log_2 n$ levels with $n/2$
# multiplications each, 5120 instead of a million for $n = 1024$.

# %% [markdown]
# **Write `fft(x) -> y` and `ifft(y) -> x`** (18 points)
#
# - `x (n,)` is real or complex; `n` is a power of two, 1 included. Any other length raises `ValueError`.
# - `y (n,)` is complex128 with $y_k = \sum_j e^{-2\pi ijk/n}x_j$, right to 20 eps relative to the length of $y$, for `n` up to
#   1024; so compute each power of $\omega$ directly, not from the one before.
# - `ifft` is the inverse, with the factor $1/n$, and takes the same lengths.
# - `fft` makes at most 10 % more than $\tfrac n2\log_2 n$ complex multiplications of entries. We count them: there `x` has
#   dtype object, its entries know how to be added and multiplied, and cannot be converted to `complex`. Convert real and
#   complex arrays, and leave an array of dtype object as it is; numpy's `+ - *` do the rest. Try
#   `checks.operations(fft, np.arange(8.0), multiplications=13)`.
# - Recursive or in place with reversed bits, as you like. Powers of $\omega$ may be kept for later calls in a dictionary;
#   nothing else stays behind after a call.
# - Not allowed: `numpy.fft`, `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this problem.

# %% solution="fft"
def fft(x):
    """Discrete Fourier transform of x (n,), n a power of two."""
    # Look at the length. Transform x[::2] and x[1::2], multiply the second by the powers
    # of omega once, and put sum and difference behind one another.
    ### BEGIN SOLUTION
    x = np.asarray(x)
    if x.dtype != object:
        x = x.astype(complex)
    n = len(x)
    if n < 1 or n & (n - 1):
        raise ValueError("the length should be a power of two")
    if n == 1:
        return x.copy()
    even = fft(x[::2])
    odd = np.exp(-2j * np.pi * np.arange(n // 2) / n) * fft(x[1::2])
    return np.concatenate([even + odd, even - odd])
    ### END SOLUTION

# %% solution="ifft"
def ifft(y):
    """Inverse of fft: x (n,), n a power of two."""
    # One line: conjugate before and after changes the sign in the exponent.
    ### BEGIN SOLUTION
    return np.conj(fft(np.conj(y))) / len(y)
    ### END SOLUTION

# %% test="fft-by_hand" points=2.5
checks.forbid(fft, NOT_IN_1_AND_2)

# A single one at the start has all frequencies alike.
checks.close(checks.ask(fft, np.array([1.0, 0.0, 0.0, 0.0])), [1, 1, 1, 1], "fft of (1, 0, 0, 0)")
x = np.array([0.0, 1.0, 2.0, 4.0])
checks.close(checks.ask(fft, x), [7, -2 + 3j, -3, -2 - 3j], "fft of (0, 1, 2, 4)",
             hint="The exponent has a minus.")

# A shift by one place multiplies y_k by omega to the power k.
checks.close(checks.ask(fft, np.roll(x, 1)), checks.ask(fft, x) * np.array([1, -1j, -1, 1j]),
             "fft of the shifted x")

# %% test="ifft-by_hand" points=1
checks.forbid(ifft, NOT_IN_1_AND_2)
ones = np.array([1.0, 1.0, 1.0, 1.0])
checks.close(checks.ask(ifft, ones), [1, 0, 0, 0], "ifft of (1, 1, 1, 1)")
spectrum = np.array([7, -2 + 3j, -3, -2 - 3j])
checks.close(checks.ask(ifft, spectrum), [0, 1, 2, 4], "ifft of a spectrum")

# %% test="fft-values" points=4
# Hidden: real signals up to length 1024, to 20 eps; the result is complex128.
### BEGIN HIDDEN TESTS
checks.forbid(fft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("fft-values")
for n in (4, 8, 32, 256, 1024):
    x = rng.normal(size=n)
    y = checks.ask(fft, x)
    checks.array(y, "fft(x)", shape=(n,), dtype="complex128")
    checks.close(y, np.fft.fft(x), "fft(x)", rtol=4.4e-15, floor=0.0,
                 hint="Is every power of omega computed directly?")
### END HIDDEN TESTS

# %% test="fft-complex" points=1.5
# Hidden: complex signals, also those with a tiny scale.
### BEGIN HIDDEN TESTS
checks.forbid(fft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("fft-complex")
for n, scale in [(8, 1.0), (64, 1e-200), (128, 1.0)]:
    x = scale * (rng.normal(size=n) + 1j * rng.normal(size=n))
    checks.close(checks.ask(fft, x), np.fft.fft(x), "fft of a complex x", rtol=4.4e-15, floor=0.0)
### END HIDDEN TESTS

# %% test="fft-counted" points=3
# Hidden: at most 5632 multiplications for n = 1024, and the same bound of 110 % for n = 64.
### BEGIN HIDDEN TESTS
checks.forbid(fft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("fft-counted")
for n, at_most in [(64, 211), (1024, 5632)]:
    x = rng.normal(size=n) + 1j * rng.normal(size=n)
    checks.operations(fft, x, multiplications=at_most, expected=np.fft.fft(x),
                      hint="omega^k o_k is needed twice; compute it once.")
### END HIDDEN TESTS

# %% test="fft-edges" points=1.5
# Hidden: n = 1 and n = 2; n = 12, n = 7 and n = 0 raise ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(fft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("fft-edges")
a, b = rng.normal(size=2)
checks.close(checks.ask(fft, np.array([a])), [a], "fft of one number")
checks.close(checks.ask(fft, np.array([a, b])), [a + b, a - b], "fft of two numbers")
for n in (12, 7, 0):
    checks.raises(ValueError, fft, rng.normal(size=n), when="when n is not a power of two")
### END HIDDEN TESTS

# %% test="fft-laws" points=1.5
# Hidden: a shift by one place, and Parseval: the squares of |y| add up to n times those of x.
### BEGIN HIDDEN TESTS
checks.forbid(fft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("fft-laws")

def signal(rng):
    return (rng.normal(size=128) + 1j * rng.normal(size=128),)

def shifted(x):
    return (np.roll(x, 1),)

def turned(y, x):
    return y * np.exp(-2j * np.pi * np.arange(128) / 128)

checks.law(fft, "a shift by one place multiplies y_k by omega to the power k", signal, shifted, turned, rng=rng)
for n in (16, 128):
    x = rng.normal(size=n)
    y = checks.ask(fft, x)
    checks.close(np.sum(np.abs(y) ** 2), n * np.sum(x**2), "the sum of the squares of fft(x)")
### END HIDDEN TESTS

# %% test="ifft-inverse" points=1.5
# Hidden: ifft undoes the transform, and the transform undoes ifft; n = 6 raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(ifft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("ifft-inverse")
for n in (1, 16, 256):
    x = rng.normal(size=n) + 1j * rng.normal(size=n)
    checks.close(checks.ask(ifft, np.fft.fft(x)), x, "ifft of a spectrum", rtol=1e-13, floor=0.0)
    checks.close(np.fft.fft(checks.ask(ifft, x)), x, "the spectrum of ifft(x)", rtol=1e-13, floor=0.0)
checks.raises(ValueError, ifft, rng.normal(size=6), when="when n is not a power of two")
### END HIDDEN TESTS

# %% test="fft-habits" points=1
# Hidden: x is unchanged, its memory layout does not matter, float32 and integers work; nothing
# stays behind.
### BEGIN HIDDEN TESTS
checks.forbid(fft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("fft-habits")
checks.battery(fft, rng.normal(size=32))
checks.battery(fft, rng.normal(size=1))
checks.stateless(fft, rng.normal(size=16))
### END HIDDEN TESTS

# %% test="ifft-habits" points=0.5
# Hidden: the same for ifft.
### BEGIN HIDDEN TESTS
checks.forbid(ifft, NOT_IN_1_AND_2)
rng = checks.fresh_rng("ifft-habits")
checks.battery(ifft, rng.normal(size=32))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Two tones under noise: hard to see in time, plain in frequency.

# %% look="fft"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
t = np.arange(512)
tones = np.sin(2 * np.pi * 40 * t / 512) + 0.7 * np.sin(2 * np.pi * 97 * t / 512)
x = tones + rng.normal(size=512)

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8))
left.plot(t, x, lw=0.7); left.set_xlabel("time")
right.plot(np.abs(fft(x))[:256], lw=0.9)
right.set(xlabel="frequency k", ylabel="|y|")
fig.tight_layout()

# %% [markdown]
# ## 3 · Circulant matrices
#
# In a *circulant* matrix every column is the one before it, shifted down by one place, and what leaves at the bottom comes
# back at the top. With the first column $c$, $C_{ij} = c_{(i-j) \bmod n}$, so that $Cx$ is the circular convolution of $c$
# and $x$. The waves of problem 1 are eigenvectors of the shift, hence of every circulant matrix:
#
# $$Cx = \operatorname{ifft}\big(\operatorname{fft}(c)\cdot\operatorname{fft}(x)\big),$$
#
# entry by entry. The eigenvalues are the entries of $\hat c = \operatorname{fft}(c)$, a product costs three transforms, and
# so does the solution of $Cx = b$: divide instead of multiplying, if no $\hat c_k$ is zero up to rounding.

# %% [markdown]
# **Write `circ_matvec(c, x) -> y`, `circ_solve(c, b) -> x` and `circ_eigs(c) -> w`** (14 points)
#
# - `c (n,)` is the first *column*; `c`, `x` and `b` are real or complex, of any length `n` from 1.
# - `y = C @ x`, and `C @ x = b` for `circ_solve`; both `(n,)`, float64 when both arguments have a real dtype, complex128
#   otherwise, however small the imaginary parts are.
# - `circ_solve` raises `ValueError` (`np.linalg.LinAlgError` is one) when the smallest $|\hat c_k|$ is at most $n$ eps times
#   the largest.
# - `w (n,)` holds the eigenvalues of $C$, each as often as it occurs, in any order.
# - Each in $O(n\log n)$: hidden tests use `n` near $10^5$, where $C$ itself would need 80 GB.
# - `np.fft` is allowed. Not allowed: `np.convolve`, `np.correlate` ($n^2$ products), `scipy`, `torch`, `sympy`; a solution
#   that uses them gets no points for this problem.

# %% solution="circ_matvec"
def circ_matvec(c, x):
    """C x (n,) for the circulant matrix C with first column c (n,)."""
    # Three transforms; the imaginary part of a real result is rounding.
    ### BEGIN SOLUTION
    y = np.fft.ifft(np.fft.fft(c) * np.fft.fft(x))
    return y if np.iscomplexobj(c) or np.iscomplexobj(x) else y.real
    ### END SOLUTION

# %% solution="circ_solve"
def circ_solve(c, b):
    """The solution x (n,) of C x = b for the circulant matrix C with first column c (n,)."""
    # Compare the smallest eigenvalue with the largest before you divide.
    ### BEGIN SOLUTION
    eigenvalues = np.fft.fft(np.asarray(c))
    size = np.abs(eigenvalues)
    if size.min() <= len(size) * np.finfo(float).eps * size.max():
        raise np.linalg.LinAlgError("the circulant matrix is singular")
    x = np.fft.ifft(np.fft.fft(b) / eigenvalues)
    return x if np.iscomplexobj(c) or np.iscomplexobj(b) else x.real
    ### END SOLUTION

# %% solution="circ_eigs"
def circ_eigs(c):
    """The eigenvalues (n,) of the circulant matrix with first column c (n,)."""
    ### BEGIN SOLUTION
    return np.fft.fft(c)
    ### END SOLUTION

# %% test="circ_matvec-by_hand" points=1
checks.forbid(circ_matvec, NOT_IN_3)

# The first unit vector picks the first column, the second one the second.
c = np.array([1.0, 2.0, 3.0])
checks.close(checks.ask(circ_matvec, c, np.array([1.0, 0.0, 0.0])), [1, 2, 3], "C (1, 0, 0)")
checks.close(checks.ask(circ_matvec, c, np.array([0.0, 1.0, 0.0])), [3, 1, 2], "C (0, 1, 0)",
             hint="c is the first column of C, not its first row.")

# The explicit matrix for n = 5.
c, x = np.array([4.0, 1.0, 0.0, -2.0, 0.5]), np.array([1.0, -1.0, 2.0, 0.0, 3.0])
C = np.array([[c[(i - j) % 5] for j in range(5)] for i in range(5)])
y = checks.ask(circ_matvec, c, x)
checks.array(y, "C x", shape=(5,))
checks.close(y, C @ x, "C x for n = 5")

# %% test="circ_solve-by_hand" points=1
checks.forbid(circ_solve, NOT_IN_3)
x = checks.ask(circ_solve, np.array([1.0, 2.0, 3.0]), np.array([3.0, 1.0, 2.0]))
checks.close(x, [0, 1, 0], "the solution for b = (3, 1, 2)")

# C = [[1, -1], [-1, 1]] sends (1, 1) to zero.
checks.raises(ValueError, circ_solve, np.array([1.0, -1.0]), np.array([1.0, 2.0]),
              when="when C is singular")

# %% test="circ_eigs-by_hand" points=0.5
checks.forbid(circ_eigs, NOT_IN_3)

# [[2, 1], [1, 2]] has the eigenvalues 3 and 1.
w = checks.ask(circ_eigs, np.array([2.0, 1.0]))
checks.same_up_to_order(w, [3.0, 1.0], "the eigenvalues")

# %% test="circ_matvec-circulants" points=0
# The grader keeps the explicit matrix here.
### BEGIN HIDDEN TESTS
def circulant(c):
    n = len(c)
    return np.asarray(c)[(np.arange(n)[:, None] - np.arange(n)) % n]
### END HIDDEN TESTS

# %% test="circ_matvec-product" points=2.5
# Hidden: real c and x of several lengths, 1 included, as the explicit matrix.
### BEGIN HIDDEN TESTS
checks.forbid(circ_matvec, NOT_IN_3)
rng = checks.fresh_rng("circ_matvec-product")
for n in (1, 2, 7, 12, 48, 61):
    c, x = rng.normal(size=(2, n))
    y = checks.ask(circ_matvec, c, x)
    checks.array(y, "C x", shape=(n,), dtype=["float64", "complex128"])
    error = np.linalg.norm(y - circulant(c) @ x)
    checks.holds(error <= 1e3 * 2.0**-52 * np.linalg.norm(c) * np.linalg.norm(x) * n**0.5,
                 "C x is not the product with the circulant matrix whose first column is c.")
### END HIDDEN TESTS

# %% test="circ_matvec-complex" points=1
# Hidden: complex c, complex x, or both, also of size 1e-20; float64 if neither is complex.
### BEGIN HIDDEN TESTS
checks.forbid(circ_matvec, NOT_IN_3)
rng = checks.fresh_rng("circ_matvec-complex")
for n in (5, 24):
    c, x, u, v = rng.normal(size=(4, n))
    for column, vector in [(c + 1j * u, x), (c, x + 1j * v), (c + 1j * u, x + 1j * v)]:
        y = checks.ask(circ_matvec, column, vector)
        checks.array(y, "C x for complex numbers", shape=(n,), dtype="complex128")
        checks.close(y, circulant(column) @ vector, "C x for complex numbers", rtol=1e-12)
        tiny = checks.ask(circ_matvec, column, 1e-20 * vector)
        checks.close(1e20 * tiny, circulant(column) @ vector, "1e20 C x for a complex x of size 1e-20", rtol=1e-12)
    checks.array(checks.ask(circ_matvec, c + 0j, x), "C x for complex numbers", shape=(n,), dtype="complex128")
    checks.array(checks.ask(circ_matvec, c, x), "C x for real numbers", shape=(n,))
### END HIDDEN TESTS

# %% test="circ_matvec-large" points=1
# Hidden: n = 98304 = 3 * 2^15; some entries of C x, computed directly.
### BEGIN HIDDEN TESTS
checks.forbid(circ_matvec, NOT_IN_3)
rng = checks.fresh_rng("circ_matvec-large")
n = 3 * 2**15
c, x = rng.normal(size=(2, n))
y = checks.ask(circ_matvec, c, x)
checks.array(y, "C x", shape=(n,), dtype=["float64", "complex128"])
rows = np.concatenate([[0, 1, n - 1], rng.integers(0, n, 5)])
direct = [c[(i - np.arange(n)) % n] @ x for i in rows]
checks.close(y[rows], direct, "C x for a large n", rtol=1e-10)
### END HIDDEN TESTS

# %% test="circ_solve-solution" points=2
# Hidden: C x = b for several lengths, real and complex; also for a C of size 1e-200, for b of
# size 1e-20, for eigenvalues from 1e-8 to 1, and for one of 1e-12 beside 2.
### BEGIN HIDDEN TESTS
checks.forbid(circ_solve, NOT_IN_3)
rng = checks.fresh_rng("circ_solve-solution")
for n in (1, 6, 31):
    c, b, u, v = rng.normal(size=(4, n))
    c[0] += 3 * n**0.5
    for column, right in [(c, b), (c + 0.1j * u, b), (c, b + 1j * v)]:
        x = checks.ask(circ_solve, column, right)
        real = not (np.iscomplexobj(column) or np.iscomplexobj(right))
        checks.array(x, "x", shape=(n,), dtype="float64" if real else "complex128")
        checks.close(x, np.linalg.solve(circulant(column), right), "the solution x", rtol=1e-11)
        small = checks.ask(circ_solve, column, 1e-20 * right)
        checks.close(1e20 * small, np.linalg.solve(circulant(column), right), "1e20 x for b of size 1e-20", rtol=1e-11)
    x = checks.ask(circ_solve, c + 0j, b)
    checks.array(x, "x for complex numbers", shape=(n,), dtype="complex128")
    tiny = checks.ask(circ_solve, 1e-200 * c, 1e-200 * b)
    checks.close(tiny, np.linalg.solve(circulant(c), b), "the solution for c of size 1e-200", rtol=1e-11)
graded = np.fft.ifft(np.logspace(-8, 0, 16))
exact = rng.normal(size=16)
x = checks.ask(circ_solve, graded, circulant(graded) @ exact)
checks.close(x, exact, "the solution for eigenvalues from 1e-8 to 1", rtol=1e-5,
             hint="It is not singular: 1e-8 is far above n eps.")
gap = 2.0**-40                                      # n = 2: the eigenvalues are 2 - gap and gap, without rounding
x = checks.ask(circ_solve, np.array([1.0, 1.0 - gap]), np.array([1.0, 0.0]))
checks.close(x, np.array([1.0, gap - 1.0]) / (gap * (2 - gap)), "the solution for the eigenvalues 1e-12 and 2", rtol=1e-2,
             floor=0, hint="It is not singular: 1e-12 is far above n eps.")     # condition 2e12: 5e-4 may be rounding
### END HIDDEN TESTS

# %% test="circ_solve-singular" points=1.5
# Hidden: ValueError for singular C, real and complex, also when rounding hides the zero, and for
# n = 2 with the eigenvalues 2 and 3 eps.
### BEGIN HIDDEN TESTS
checks.forbid(circ_solve, NOT_IN_3)
rng = checks.fresh_rng("circ_solve-singular")
for n in (12, 30):
    c, b, u = rng.normal(size=(3, n))
    waves = np.exp(-2j * np.pi * np.outer(np.arange(n), np.arange(n)) / n)
    missing = np.fft.ifft(np.where(np.arange(n) == 5, 0.0, np.fft.fft(c + 1j * u)))
    for column in (c - c.mean(), 1e6 * (c - c.mean()), missing, np.zeros(n)):
        checks.raises(ValueError, circ_solve, column, b, when="when C is singular")
checks.raises(ValueError, circ_solve, np.array([1.0, 1.0 - 3 * 2.0**-52]), rng.normal(size=2),
              when="when the smallest eigenvalue is below n eps times the largest")
### END HIDDEN TESTS

# %% test="circ_eigs-values" points=2
# Hidden: all eigenvalues with their multiplicity, real, complex and symmetric c, also of size
# 1e-20; n = 98304 too.
### BEGIN HIDDEN TESTS
checks.forbid(circ_eigs, NOT_IN_3)
rng = checks.fresh_rng("circ_eigs-values")
for n in (1, 5, 12):
    c, u = rng.normal(size=(2, n))
    checks.same_up_to_order(checks.ask(circ_eigs, c), np.fft.fft(c), "the eigenvalues", rtol=1e-12)
    checks.same_up_to_order(checks.ask(circ_eigs, c + 1j * u), np.fft.fft(c + 1j * u),
                            "the eigenvalues for a complex c", rtol=1e-12)
    checks.same_up_to_order(checks.ask(circ_eigs, 1e-20 * (c + 1j * u)), 1e-20 * np.fft.fft(c + 1j * u),
                            "the eigenvalues for a complex c of size 1e-20", rtol=1e-12)
ring = np.array([4.0, 1.0, 0.0, 0.0, 0.0, 1.0])
checks.same_up_to_order(checks.ask(circ_eigs, ring), [6.0, 5.0, 5.0, 3.0, 3.0, 2.0],
                        "the eigenvalues for a symmetric c", rtol=1e-12)
c = rng.normal(size=3 * 2**15)
w = checks.ask(circ_eigs, c)
checks.close(np.shape(w), [3 * 2**15], "the shape of the eigenvalues for a large n")
checks.close([np.sum(w), np.sum(w**2)],
             [c[0] * len(c), len(c) * np.sum(c * np.roll(c[::-1], 1))],
             "the sums of the eigenvalues and of their squares for a large n", rtol=1e-9)
### END HIDDEN TESTS

# %% test="circ_matvec-habits" points=0.5
# Hidden: c and x are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(circ_matvec, NOT_IN_3)
rng = checks.fresh_rng("circ_matvec-habits")
checks.battery(circ_matvec, *rng.normal(size=(2, 7)))
### END HIDDEN TESTS

# %% test="circ_solve-habits" points=0.5
# Hidden: the same for circ_solve.
### BEGIN HIDDEN TESTS
checks.forbid(circ_solve, NOT_IN_3)
rng = checks.fresh_rng("circ_solve-habits")
checks.battery(circ_solve, np.concatenate([[8.0], rng.uniform(-1, 1, 6)]), rng.normal(size=7))
### END HIDDEN TESTS

# %% test="circ_eigs-habits" points=0.5
# Hidden: the same for circ_eigs.
### BEGIN HIDDEN TESTS
checks.forbid(circ_eigs, NOT_IN_3)
rng = checks.fresh_rng("circ_eigs-habits")
checks.battery(circ_eigs, rng.normal(size=7))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A signal, blurred by a circulant matrix and sharpened again by `circ_solve`. Noise of size $10^{-3}$ after the
# blur is enough to spoil the sharpening: it is divided by the smallest eigenvalues.

# %% look="circ_matvec"
import matplotlib.pyplot as plt

n = 128
t = np.arange(n)
x = ((t > 20) & (t < 50)) + 0.5 * ((t > 70) & (t < 90))
c = np.exp(-0.5 * (np.minimum(t, n - t) / 1.2) ** 2)
c /= c.sum()
blurred = circ_matvec(c, x)
noisy = blurred + 1e-3 * np.random.default_rng(0).normal(size=n)

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8), sharey=True)
left.plot(blurred, label="blurred"); left.plot(circ_solve(c, blurred), "k:", label="sharpened")
right.plot(noisy, label="blurred, noise 1e-3"); right.plot(circ_solve(c, noisy), "k:", lw=0.8)
left.legend(fontsize=8); right.legend(fontsize=8); fig.tight_layout()

# %% [markdown]
# ## 4 · Toeplitz matrices
#
# A *Toeplitz* matrix is constant along its diagonals: $T_{ij} = c_{i-j}$ for $i \ge j$ and $r_{j-i}$ above. Without the
# wrap-around it is no circulant matrix, but the upper left corner of one: the circulant matrix of size $m + n - 1$ with
# the first column $(c_0, \dots, c_{m-1}, r_{n-1}, \dots, r_1)$. So a product costs three transforms again.
#
# For a symmetric positive definite $T$ with first column $t$, *Levinson's recursion* solves $Tx = b$. Let $T_k$ be the
# leading block of size $k$, $f$ the solution of $T_k f = (1, 0, \dots, 0)$, and $x$ that of $T_k x = (b_0, \dots, b_{k-1})$.
# From $k$ to $k + 1$, with $g = (0, f_{k-1}, \dots, f_0)$:
#
# $$\varepsilon = \sum_{i<k} t_{k-i} f_i,\qquad f \leftarrow \frac{(f, 0) - \varepsilon g}{1 - \varepsilon^2},\qquad
# x \leftarrow (x, 0) + \Big(b_k - \sum_{i<k} t_{k-i} x_i\Big)\cdot f\ \text{reversed} .$$
#
# $T$ is positive definite exactly if $t_0 > 0$ and all $|\varepsilon| < 1$.

# %% [markdown]
# **Write `toep_matvec(c, r, x) -> y` and `levinson(t, b) -> x`** (16 points)
#
# - `toep_matvec`: `c (m,)` is the first column, `r (n,)` the first row, `x (n,)`; real or complex. The corner is `c[0]`;
#   `r[0]` is ignored, whatever it holds, even `nan`. `y (m,)` is $Tx$, float64 when all three have a real dtype, complex128
#   otherwise. In $O((m+n)\log(m+n))$: hidden tests go to $m = n = 200000$.
# - `levinson`: `t (n,)` and `b (n,)` are real, `x (n,)` solves $Tx = b$ for the symmetric $T$ with $T_{ij} = t_{|i-j|}$,
#   with residual $\|b - Tx\| \le 10^{-12}\,\|T\|\,\|x\|$ for condition numbers up to $10^3$. If a leading block of $T$ is
#   not positive definite, it raises `ValueError`
#   (`np.linalg.LinAlgError` is one); such a $T$ is not solved silently.
# - `levinson` makes at most $4n^2 + 20n$ multiplications and divisions. We count them as in problem 2: arrays of dtype
#   object stay as they are, all others become float64.
# - Not allowed in `toep_matvec`: `np.convolve`, `np.correlate` ($mn$ products), `scipy`, `torch`, `sympy`. In `levinson`:
#   `numpy.linalg` (to name the exception is fine), `scipy`, `torch`, `sympy`. What breaks this gets no points.

# %% solution="toep_matvec"
def toep_matvec(c, r, x):
    """T x (m,) for the Toeplitz matrix with first column c (m,) and first row r (n,); x (n,)."""
    # The first column of the large circulant matrix; x gets zeros at its end;
    # the first m entries of the product.
    ### BEGIN SOLUTION
    c, r, x = np.asarray(c), np.asarray(r), np.asarray(x)
    size = len(c) + len(r) - 1
    column = np.concatenate([c, r[:0:-1]])
    y = np.fft.ifft(np.fft.fft(column) * np.fft.fft(x, size))[:len(c)]
    return y.copy() if any(map(np.iscomplexobj, (c, r, x))) else y.real.copy()
    ### END SOLUTION

# %% solution="levinson"
def levinson(t, b):
    """The solution x (n,) of T x = b, T symmetric positive definite Toeplitz, first column t."""
    # Start with f = [1 / t0] and x = [b0 / t0]; let both grow by one entry in each step.
    ### BEGIN SOLUTION
    t, b = (a if a.dtype == object else a.astype(float) for a in map(np.asarray, (t, b)))
    if not t[0] > 0:
        raise ValueError("T should be positive definite")
    f, x = 1 / t[:1], b[:1] / t[:1]
    for k in range(1, len(t)):
        back = t[k:0:-1]
        epsilon = back @ f
        rest = 1 - epsilon * epsilon
        if not rest > 0:
            raise ValueError("T should be positive definite")
        g = np.concatenate([[0.0], f[::-1]])
        f = (np.concatenate([f, [0.0]]) - epsilon * g) / rest
        x = np.concatenate([x, [0.0]]) + (b[k] - back @ x) * f[::-1]
    return x
    ### END SOLUTION

# %% test="toep_matvec-by_hand" points=1.5
checks.forbid(toep_matvec, NOT_IN_3)

# Column (1, 2, 3), row (1, 4, 5, 6): a 3 x 4 matrix.
T = np.array([[1.0, 4.0, 5.0, 6.0], [2.0, 1.0, 4.0, 5.0], [3.0, 2.0, 1.0, 4.0]])
c, r = np.array([1.0, 2.0, 3.0]), np.array([1.0, 4.0, 5.0, 6.0])
y = checks.ask(toep_matvec, c, r, np.array([1.0, 0.0, -1.0, 2.0]))
checks.array(y, "T x", shape=(3,))
checks.close(y, T @ [1.0, 0.0, -1.0, 2.0], "T x")
checks.close(checks.ask(toep_matvec, c, r, np.array([0.0, 0.0, 0.0, 1.0])), [6, 5, 4],
             "the last column of T")

# %% test="levinson-by_hand" points=1.5
checks.forbid(levinson, NOT_IN_LEVINSON, allow=["numpy.linalg.LinAlgError"])

# [[2, 1], [1, 2]] x = (3, 3), and a system of size three with a known solution.
x = checks.ask(levinson, np.array([2.0, 1.0]), np.array([3.0, 3.0]))
checks.close(x, [1, 1], "x for n = 2")
T = np.array([[4.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 4.0]])
checks.close(checks.ask(levinson, np.array([4.0, 2.0, 1.0]), T @ [1.0, -2.0, 3.0]), [1, -2, 3],
             "x for n = 3")

# %% test="toep_matvec-toeplitz" points=0
# The grader keeps the explicit matrix and its families of t here.
### BEGIN HIDDEN TESTS
def toeplitz(c, r):
    c, r = np.asarray(c), np.asarray(r)
    gap = np.arange(len(c))[:, None] - np.arange(len(r))
    return np.where(gap >= 0, c[np.maximum(gap, 0)], r[np.maximum(-gap, 0)])

def positive_definite(rng, n):
    """First column of a positive definite T: three damped waves. For large n the
    condition number is between 20 and 800."""
    k = np.arange(n)
    damping, pitch, weight = rng.uniform(0.9, 0.98, 3), rng.uniform(0, np.pi, 3), rng.uniform(0.5, 2, 3)
    return (weight[:, None] * damping[:, None] ** k * np.cos(pitch[:, None] * k)).sum(axis=0)
### END HIDDEN TESTS

# %% test="toep_matvec-product" points=2.5
# Hidden: tall, wide and square T as the explicit matrix; nothing wraps around at the ends.
### BEGIN HIDDEN TESTS
checks.forbid(toep_matvec, NOT_IN_3)
rng = checks.fresh_rng("toep_matvec-product")
for m, n in [(7, 4), (5, 9), (16, 16), (33, 50)]:
    c, r, x = rng.normal(size=m), rng.normal(size=n), rng.normal(size=n)
    r[0] = c[0]
    y = checks.ask(toep_matvec, c, r, x)
    checks.array(y, "T x", shape=(m,), dtype=["float64", "complex128"])
    checks.close(y, toeplitz(c, r) @ x, "T x", rtol=1e-12)
    last, first = np.eye(n)[-1], np.eye(n)[0]
    checks.close(checks.ask(toep_matvec, c, r, last), toeplitz(c, r)[:, -1], "the last column of T",
                 rtol=1e-12, hint="Does the circulant matrix have room for m + n - 1 numbers?")
    checks.close(checks.ask(toep_matvec, c, r, first), c, "the first column of T", rtol=1e-12)
### END HIDDEN TESTS

# %% test="toep_matvec-corner" points=1
# Hidden: r[0] is ignored, also when it is nan; m = 1, n = 1, and both.
### BEGIN HIDDEN TESTS
checks.forbid(toep_matvec, NOT_IN_3)
rng = checks.fresh_rng("toep_matvec-corner")
for m, n in [(6, 4), (1, 5), (5, 1), (1, 1)]:
    c, r, x = rng.normal(size=m), rng.normal(size=n), rng.normal(size=n)
    checks.close(checks.ask(toep_matvec, c, r, x), toeplitz(c, r) @ x, "T x", rtol=1e-12,
                 hint="The corner of T is c[0], whatever r[0] is.")
    r[0] = np.nan
    checks.close(checks.ask(toep_matvec, c, r, x), toeplitz(c, r) @ x, "T x when r[0] is nan", rtol=1e-12,
                 hint="r[0] should not be used at all.")
### END HIDDEN TESTS

# %% test="toep_matvec-complex" points=1
# Hidden: complex c, r or x, also of size 1e-20; float64 if none is complex.
### BEGIN HIDDEN TESTS
checks.forbid(toep_matvec, NOT_IN_3)
rng = checks.fresh_rng("toep_matvec-complex")
for place in range(4):
    c, r, x = rng.normal(size=5), rng.normal(size=7), rng.normal(size=7)
    parts = [a + 1j * rng.normal(size=len(a)) if place in (i, 3) else a for i, a in enumerate((c, r, x))]
    parts[1] = np.concatenate([parts[0][:1], parts[1][1:]])
    y = checks.ask(toep_matvec, *parts)
    checks.array(y, "T x for complex numbers", shape=(5,), dtype="complex128")
    checks.close(y, toeplitz(*parts[:2]) @ parts[2], "T x for complex numbers", rtol=1e-12)
    tiny = checks.ask(toep_matvec, *parts[:2], 1e-20 * parts[2])
    checks.close(1e20 * tiny, toeplitz(*parts[:2]) @ parts[2], "1e20 T x for a complex x of size 1e-20", rtol=1e-12)
checks.array(checks.ask(toep_matvec, c + 0j, c, c), "T x for complex numbers", shape=(5,), dtype="complex128")
checks.array(checks.ask(toep_matvec, c, c, c), "T x for real numbers", shape=(5,))
### END HIDDEN TESTS

# %% test="toep_matvec-large" points=1.5
# Hidden: m = n = 200000; some entries of T x, computed directly.
### BEGIN HIDDEN TESTS
checks.forbid(toep_matvec, NOT_IN_3)
rng = checks.fresh_rng("toep_matvec-large")
n = 200000
c, r, x = rng.normal(size=(3, n))
r[0] = c[0]
y = checks.ask(toep_matvec, c, r, x)
checks.array(y, "T x", shape=(n,), dtype=["float64", "complex128"])
rows = np.concatenate([[0, 1, n - 1], rng.integers(0, n, 5)])
direct = [c[i::-1] @ x[:i + 1] + r[1:n - i] @ x[i + 1:] for i in rows]
checks.close(y[rows], direct, "T x for a large n", rtol=1e-10)
### END HIDDEN TESTS

# %% test="levinson-solution" points=3
# Hidden: the residual for several sizes up to 120, a T whose signs alternate, and n = 2 with
# condition number 499.
### BEGIN HIDDEN TESTS
checks.forbid(levinson, NOT_IN_LEVINSON, allow=["numpy.linalg.LinAlgError"])
rng = checks.fresh_rng("levinson-solution")
cases = [(-0.9) ** np.arange(30), np.array([1, 0.996]), np.array([1, -0.996]), *(positive_definite(rng, n) for n in (2, 3, 8, 40, 120))]
for t in cases:
    T, b = toeplitz(t, t), rng.normal(size=len(t))
    x = checks.ask(levinson, t, b)
    checks.array(x, "x", shape=(len(t),))
    residual = (b - T @ x) / (np.linalg.norm(T, 2) * np.linalg.norm(x))
    checks.close(residual, np.zeros(len(t)), "the residual b - T x, divided by |T| |x|,", rtol=1e-12)
### END HIDDEN TESTS

# %% test="levinson-counted" points=2
# Hidden: at most 4 n^2 + 20 n multiplications and divisions.
### BEGIN HIDDEN TESTS
checks.forbid(levinson, NOT_IN_LEVINSON, allow=["numpy.linalg.LinAlgError"])
rng = checks.fresh_rng("levinson-counted")
for n in (20, 60):
    t, b = positive_definite(rng, n), rng.normal(size=n)
    checks.operations(levinson, t, b, multiplications=4 * n**2 + 20 * n,
                      expected=np.linalg.solve(toeplitz(t, t), b), rtol=1e-8,
                      hint="Elimination on the whole matrix does not know that it is Toeplitz.")
### END HIDDEN TESTS

# %% test="levinson-edges" points=1
# Hidden: n = 1; ValueError when T is not positive definite, at whichever block this shows.
### BEGIN HIDDEN TESTS
checks.forbid(levinson, NOT_IN_LEVINSON, allow=["numpy.linalg.LinAlgError"])
rng = checks.fresh_rng("levinson-edges")
a, b = rng.uniform(1, 3, 2)
checks.close(checks.ask(levinson, np.array([a]), np.array([b])), [b / a], "x for n = 1")
for t in ([-2.0, 1.0, 0.5], [0.0, 1.0, 2.0], [1.0, 2.0, 0.0], [3.0, 3.0, 3.0], [1.0, 0.5, -0.9], [4.0, 1.0, 0.0, 5.0]):
    checks.raises(ValueError, levinson, np.array(t), rng.normal(size=len(t)),
                  when="when a leading block of T is not positive definite")
### END HIDDEN TESTS

# %% test="toep_matvec-habits" points=0.5
# Hidden: arguments are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(toep_matvec, NOT_IN_3)
rng = checks.fresh_rng("toep_matvec-habits")
checks.battery(toep_matvec, rng.normal(size=5), rng.normal(size=7), rng.normal(size=7))
checks.battery(toep_matvec, rng.normal(size=3), rng.normal(size=1), rng.normal(size=1))
### END HIDDEN TESTS

# %% test="levinson-habits" points=0.5
# Hidden: the same for levinson, n = 1 included.
### BEGIN HIDDEN TESTS
checks.forbid(levinson, NOT_IN_LEVINSON, allow=["numpy.linalg.LinAlgError"])
rng = checks.fresh_rng("levinson-habits")
checks.battery(levinson, np.concatenate([[6.0], rng.uniform(-1, 1, 5)]), rng.normal(size=6))
checks.battery(levinson, np.array([2.0]), rng.normal(size=1))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Prediction is a Toeplitz system: the best weights for the next value of a stationary signal solve $Tw = t$ with
# the correlations of the signal. Two damped waves need four weights; the others come out near zero.

# %% look="levinson"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
weights = np.array([1.6, -1.5, 1.1, -0.6])
signal = np.zeros(4000)
for k in range(4, len(signal)):
    signal[k] = weights @ signal[k - 4:k][::-1] + rng.normal()
t = np.array([signal[:len(signal) - k] @ signal[k:] for k in range(13)]) / len(signal)

plt.figure(figsize=(6, 3))
plt.bar(np.arange(1, 13), levinson(t[:-1], t[1:]), label="found by levinson")
plt.plot(np.arange(1, 5), weights, "ko", label="used to make the signal")
plt.xlabel("steps back"); plt.ylabel("weight"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 5 · Matrices of graphs
#
# A graph with edge weights $W_{ij} = W_{ji} \ge 0$ has the degrees $d_i = \sum_j W_{ij}$ and the *Laplacian* $L = D - W$,
# for which
#
# $$x^\top L x = \tfrac12\sum_{i,j} W_{ij}\,(x_i - x_j)^2 .$$
#
# It is zero for a constant $x$. The second smallest eigenvalue $\lambda_2$ tells how well the graph hangs together: it is
# zero for two pieces, small for two groups with few edges between them, and the signs of its eigenvector, the *Fiedler
# vector*, tell the groups. Read $W_{ij}$ as a conductance: then the resistance between $i$ and $j$ is
# $R_{ij} = (e_i - e_j)^\top L^+ (e_i - e_j)$ with the pseudo-inverse $L^+$.

# %% [markdown]
# **Write four functions of `W`** (16 points)
#
# `W (n, n)` is symmetric without negative entries, `n` at least 2. Its diagonal (loops) is ignored by all four.
#
# - `laplacian(W, kind="comb") -> L (n, n)`: `"comb"` is $D - W$, `"sym"` is $D^{-1/2}(D - W)D^{-1/2}$, `"rw"` is
#   $D^{-1}(D - W)$. A node without edges has a zero row and column in all three. Another `kind` raises `ValueError`.
# - `fiedler(W) -> (lam2, v)`: the second smallest eigenvalue of $D - W$, counted with multiplicity, as a float, and an
#   eigenvector `v (n,)` of length 1; in a connected graph it is orthogonal to $(1, \dots, 1)$. Its sign is free, and any
#   one will do where $\lambda_2$ is multiple. For a graph in pieces `lam2` is zero up to rounding.
# - `effective_resistance(W) -> R (n, n)`: zero on the diagonal, `inf` between nodes that no path joins.
# - `spectral_bipartition(W) -> labels (n,)`: 0 and 1, as integers or booleans, by the signs of the Fiedler vector of a
#   connected graph (of any of the three Laplacians), so the groups may differ in size. Which group is 0 is free. Two groups
#   of 30 nodes, with edges inside at rate 0.5 and across at rate 0.02, are found up to two nodes.
# - `np.linalg` is allowed. Not allowed: `networkx`, `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no
#   points for this problem.

# %% solution="laplacian"
def laplacian(W, kind="comb"):
    """The Laplacian (n, n) of a weighted graph W (n, n): kind "comb", "sym" or "rw"."""
    # Copy W and clear its diagonal. 1 / d is zero where d is.
    ### BEGIN SOLUTION
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    d = W.sum(axis=1)
    L = np.diag(d) - W
    inverse = np.divide(1.0, d, out=np.zeros_like(d), where=d > 0)
    if kind == "comb":
        return L
    if kind == "rw":
        return inverse[:, None] * L
    if kind == "sym":
        return np.sqrt(inverse)[:, None] * L * np.sqrt(inverse)
    raise ValueError("kind is comb, sym or rw")
    ### END SOLUTION

# %% solution="fiedler"
def fiedler(W):
    """Second smallest eigenvalue of D - W, a float, and an eigenvector (n,) of length 1."""
    ### BEGIN SOLUTION
    w, V = np.linalg.eigh(laplacian(W))
    return float(w[1]), V[:, 1].copy()
    ### END SOLUTION

# %% solution="effective_resistance"
def effective_resistance(W):
    """Resistances R (n, n) between all nodes; inf where no path joins them."""
    # R_ij from entries of the pseudo-inverse P. Which nodes are joined? I - L P has the entry
    # 1 / size inside a piece of that size, and 0 elsewhere.
    ### BEGIN SOLUTION
    L = laplacian(W)
    P, n = np.linalg.pinv(L, hermitian=True), len(L)
    d = np.diag(P)
    joined = np.eye(n) - L @ P > 0.5 / n
    R = np.where(joined, d[:, None] + d - 2 * P, np.inf)
    np.fill_diagonal(R, 0.0)
    return R
    ### END SOLUTION

# %% solution="spectral_bipartition"
def spectral_bipartition(W):
    """Labels 0 and 1 (n,) of two groups, by the signs of the Fiedler vector."""
    ### BEGIN SOLUTION
    return (fiedler(W)[1] > 0).astype(int)
    ### END SOLUTION

# %% test="laplacian-by_hand" points=1
checks.forbid(laplacian, NOT_IN_5)

# The path 0 - 1 - 2 with the weights 1 and 2. Rows of L add up to zero.
W = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 2.0], [0.0, 2.0, 0.0]])
checks.close(checks.ask(laplacian, W), [[1, -1, 0], [-1, 3, -2], [0, -2, 2]], "the Laplacian")
checks.close(checks.ask(laplacian, W, "rw") @ np.ones(3), np.zeros(3), "the row sums of rw")
checks.close(np.diag(checks.ask(laplacian, W, "sym")), [1, 1, 1], "the diagonal of sym")

# %% test="fiedler-by_hand" points=0.5
checks.forbid(fiedler, NOT_IN_5)

# The path 0 - 1 - 2 has the eigenvalues 0, 1, 3, and (1, 0, -1) belongs to 1.
lam2, v = checks.ask(fiedler, np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]))
checks.close(lam2, 1.0, "lam2 of the path")
checks.close(abs(v), [0.5**0.5, 0, 0.5**0.5], "|v| of the path")

# %% test="effective_resistance-by_hand" points=1
checks.forbid(effective_resistance, NOT_IN_5)

# Conductances 1 and 2 in series: resistances 1, 1/2, and 3/2 for both.
W = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 2.0], [0.0, 2.0, 0.0]])
checks.close(checks.ask(effective_resistance, W), [[0, 1, 1.5], [1, 0, 0.5], [1.5, 0.5, 0]], "R")

# %% test="spectral_bipartition-by_hand" points=0.5
checks.forbid(spectral_bipartition, NOT_IN_5)

# Two triangles and one edge between them.
W = np.kron(np.eye(2), np.ones((3, 3)) - np.eye(3))
W[2, 3] = W[3, 2] = 1.0
labels = checks.ask(spectral_bipartition, W)
checks.same_up_to_labels(labels, [0, 0, 0, 1, 1, 1], "the labels")
checks.holds(set(np.unique(labels).tolist()) <= {0, 1}, "The labels should be 0 and 1.")

# %% test="laplacian-graphs" points=0
# The grader keeps its graphs here.
### BEGIN HIDDEN TESTS
def path(n):
    return np.eye(n, k=1) + np.eye(n, k=-1)

def cycle(n):
    return np.eye(n)[np.arange(1, n + 1) % n] + np.eye(n)[np.arange(-1, n - 1)]

def connected(rng, n, loops=False):
    """A random weighted graph over a random path that joins all nodes."""
    W = np.triu(rng.uniform(0.5, 2.0, (n, n)) * (rng.random((n, n)) < 0.4), 1)
    order = rng.permutation(n)
    W[np.minimum(order[1:], order[:-1]), np.maximum(order[1:], order[:-1])] = rng.uniform(0.5, 2.0, n - 1)
    return W + W.T + (np.diag(rng.uniform(0.5, 2.0, n)) if loops else 0.0)

def pieces(*graphs):
    """The graphs side by side, without edges between them."""
    n = sum(map(len, graphs))
    W, start = np.zeros((n, n)), 0
    for graph in graphs:
        W[start:start + len(graph), start:start + len(graph)] = graph
        start += len(graph)
    return W

def planted(rng):
    """Two groups of 30 in random order, edges at rate 0.5 inside and 0.02 across, with at least
    two edges across."""
    groups = rng.permutation(np.repeat([0, 1], 30))
    alike = groups[:, None] == groups
    W = np.triu(rng.random((60, 60)) < np.where(alike, 0.5, 0.02), 1)
    for _ in range(2):
        i, j = rng.choice(np.flatnonzero(groups == 0)), rng.choice(np.flatnonzero(groups == 1))
        W[min(i, j), max(i, j)] = True
    return (W | W.T).astype(float), groups

def exact_laplacian(W, kind="comb"):
    W = W - np.diag(np.diag(W))
    d = W.sum(axis=1)
    L = np.diag(d) - W
    safe = np.where(d > 0, d, 1.0)
    return {"comb": L, "rw": L / safe[:, None], "sym": L / np.sqrt(np.outer(safe, safe))}[kind]
### END HIDDEN TESTS

# %% test="laplacian-comb" points=1.5
# Hidden: weighted graphs; rows add up to zero, x^T L x is the weighted sum of squares, and the
# eigenvalues of the path are 2 - 2 cos(pi k / n).
### BEGIN HIDDEN TESTS
checks.forbid(laplacian, NOT_IN_5)
rng = checks.fresh_rng("laplacian-comb")
for n in (2, 5, 11):
    W = connected(rng, n)
    L = checks.ask(laplacian, W)
    checks.array(L, "L", shape=(n, n))
    checks.close(L @ np.ones(n), np.zeros(n), "L times the vector of ones")
    x = rng.normal(size=n)
    checks.close(x @ L @ x, 0.5 * np.sum(W * (x[:, None] - x) ** 2), "x^T L x",
                 hint="Degrees are sums of weights, not numbers of edges; L is D - W.")
    checks.close(L, exact_laplacian(W), "L", rtol=1e-13)
L = checks.ask(laplacian, path(9))
checks.close(np.linalg.eigvalsh(L), 2 - 2 * np.cos(np.pi * np.arange(9) / 9), "the eigenvalues of the path", rtol=1e-12)
### END HIDDEN TESTS

# %% test="laplacian-normalised" points=1.5
# Hidden: sym is symmetric, rw has row sums zero, both with the weighted degrees; both stay the
# same when all weights are divided by 1e9.
### BEGIN HIDDEN TESTS
checks.forbid(laplacian, NOT_IN_5)
rng = checks.fresh_rng("laplacian-normalised")
for n in (4, 9):
    W = connected(rng, n)
    for kind in ("sym", "rw"):
        L = checks.ask(laplacian, W, kind)
        checks.array(L, "L", shape=(n, n))
        checks.close(L, exact_laplacian(W, kind), f"the Laplacian of kind {kind}", rtol=1e-13)
        checks.close(checks.ask(laplacian, 1e-9 * W, kind), exact_laplacian(W, kind),
                     f"the Laplacian of kind {kind} for weights of size 1e-9", rtol=1e-13)
### END HIDDEN TESTS

# %% test="laplacian-edges" points=1
# Hidden: nodes without edges, loops, no edges at all; an unknown kind raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(laplacian, NOT_IN_5)
rng = checks.fresh_rng("laplacian-edges")
alone = pieces(connected(rng, 5), np.zeros((1, 1)), connected(rng, 3))
for W in (alone, connected(rng, 6, loops=True), np.zeros((3, 3)), pieces(np.eye(1), path(3))):
    for kind in ("comb", "sym", "rw"):
        checks.close(checks.ask(laplacian, W, kind), exact_laplacian(W, kind), f"the Laplacian of kind {kind}",
                     rtol=1e-13, hint="Ignore loops; a node without edges has a zero row.")
checks.raises(ValueError, laplacian, path(3), "normal", when="when kind is unknown")
### END HIDDEN TESTS

# %% test="fiedler-eigenpair" points=1.5
# Hidden: lam2 of weighted graphs; v has length 1, L v = lam2 v, and its entries add up to zero.
### BEGIN HIDDEN TESTS
checks.forbid(fiedler, NOT_IN_5)
rng = checks.fresh_rng("fiedler-eigenpair")
for n in (2, 6, 15):
    W = connected(rng, n, loops=True)
    L = exact_laplacian(W)
    lam2, v = checks.ask(fiedler, W)
    checks.close(lam2, np.linalg.eigvalsh(L)[1], "lam2", rtol=1e-11)
    checks.array(v, "v", shape=(n,))
    checks.close(np.sqrt(v @ v), 1.0, "the length of v", rtol=1e-12)
    checks.close(L @ v, lam2 * v, "L v, compared with lam2 v,", rtol=1e-11)
    checks.close(np.sum(v), 0.0, "the sum of v", rtol=1e-11)
### END HIDDEN TESTS

# %% test="fiedler-known" points=1
# Hidden: paths to 1e-12, also with weights 1e-3, cycles (lam2 is double), and graphs in two or
# three pieces.
### BEGIN HIDDEN TESTS
checks.forbid(fiedler, NOT_IN_5)
rng = checks.fresh_rng("fiedler-known")
n = int(rng.integers(6, 20))
in_pieces = [pieces(connected(rng, 4), connected(rng, 5)), pieces(path(3), np.zeros((1, 1)), cycle(4))]
for W, value in [(path(n), 2 - 2 * np.cos(np.pi / n)), (1e-3 * path(n), 2e-3 - 2e-3 * np.cos(np.pi / n)),
                 (cycle(n), 2 - 2 * np.cos(2 * np.pi / n)),
                 *((graph, 0.0) for graph in in_pieces)]:
    lam2, v = checks.ask(fiedler, W)
    checks.close(lam2, value, "lam2", rtol=1e-12, hint="Eigenvalues count with their multiplicity, zero too.")
    checks.array(v, "v", shape=(len(W),))
    checks.close(np.sqrt(v @ v), 1.0, "the length of v", rtol=1e-12)
    checks.close(exact_laplacian(W) @ v, value * v, "L v, compared with lam2 v,", rtol=1e-11)
### END HIDDEN TESTS

# %% test="effective_resistance-values" points=2
# Hidden: resistances in series and in parallel, the explicit sum, and Foster's law: weights
# times resistances over all edges add up to n - 1; with weights divided by 1e9, 1e9 R.
### BEGIN HIDDEN TESTS
checks.forbid(effective_resistance, NOT_IN_5)
rng = checks.fresh_rng("effective_resistance-values")
n = int(rng.integers(5, 12))
steps = np.abs(np.arange(n)[:, None] - np.arange(n))
checks.close(checks.ask(effective_resistance, path(n)), steps, "R of a path", rtol=1e-11)
checks.close(checks.ask(effective_resistance, cycle(n)), steps * (n - steps) / n, "R of a cycle", rtol=1e-11)
for n in (2, 7, 12):
    W = connected(rng, n, loops=n > 2)
    R = checks.ask(effective_resistance, W)
    checks.array(R, "R", shape=(n, n))
    no_loops = W - np.diag(np.diag(W))
    checks.close(np.sum(no_loops * R) / 2, n - 1, "the sum of weight times resistance over all edges", rtol=1e-11,
                 hint="Foster: it is n - 1 in a connected graph.")
    P = np.linalg.inv(exact_laplacian(W) + 1 / n)
    checks.close(R, np.diag(P)[:, None] + np.diag(P) - 2 * P, "R", rtol=1e-11)
    small = checks.ask(effective_resistance, 1e-9 * W)          # an inverse of L + 1/n loses seven digits there
    checks.close(1e-9 * small, R, "1e-9 R for weights of size 1e-9", rtol=1e-4)
### END HIDDEN TESTS

# %% test="effective_resistance-pieces" points=1
# Hidden: inf between pieces, and Foster's law with n minus the number of pieces.
### BEGIN HIDDEN TESTS
checks.forbid(effective_resistance, NOT_IN_5)
rng = checks.fresh_rng("effective_resistance-pieces")
for graphs in ([connected(rng, 4), connected(rng, 6)], [cycle(5), np.zeros((1, 1)), path(3)]):
    W = pieces(*graphs)
    R = checks.ask(effective_resistance, W)
    checks.array(R, "R", shape=W.shape)
    apart = pieces(*(np.ones(graph.shape) for graph in graphs)) == 0
    checks.holds(np.isposinf(R[apart]).all(), "Between two pieces of a graph the resistance is infinite.")
    checks.holds(np.isfinite(R[~apart]).all(), "Inside a piece of a graph every resistance is finite.")
    checks.close(np.sum(np.where(apart, 0.0, R) * W) / 2, len(W) - len(graphs),
                 "the sum of weight times resistance over all edges", rtol=1e-11)
### END HIDDEN TESTS

# %% test="spectral_bipartition-planted" points=1.5
# Hidden: two planted groups of 30, at most two nodes wrong; a path; two cliques of different size
# with one weak edge; new numbers for the nodes change nothing.
### BEGIN HIDDEN TESTS
checks.forbid(spectral_bipartition, NOT_IN_5)
rng = checks.fresh_rng("spectral_bipartition-planted")
for _ in range(3):
    W, groups = planted(rng)
    labels = checks.ask(spectral_bipartition, W)
    checks.holds(set(np.unique(labels).tolist()) <= {0, 1}, "The labels should be 0 and 1.")
    checks.same_up_to_labels(labels, groups, "the labels", at_least=0.966)
checks.same_up_to_labels(checks.ask(spectral_bipartition, path(14)), np.arange(14) >= 7, "the labels of a path",
                         hint="The sign of the Fiedler vector decides, nothing else.")
a = int(rng.integers(4, 7))
b = a + int(rng.integers(3, 6))
W = pieces(np.ones((a, a)), np.ones((b, b)))
W[a - 1, a] = W[a, a - 1] = 0.1
order = rng.permutation(a + b)
checks.same_up_to_labels(checks.ask(spectral_bipartition, W[np.ix_(order, order)]), order >= a, "the labels")
### END HIDDEN TESTS

# %% test="laplacian-habits" points=0.5
# Hidden: W is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(laplacian, NOT_IN_5)
rng = checks.fresh_rng("laplacian-habits")
checks.battery(laplacian, connected(rng, 6, loops=True))
checks.battery(laplacian, connected(rng, 5, loops=True), "sym")
checks.battery(laplacian, connected(rng, 5, loops=True), "rw")
### END HIDDEN TESTS

# %% test="fiedler-habits" points=0.5
# Hidden: the same for fiedler.
### BEGIN HIDDEN TESTS
checks.forbid(fiedler, NOT_IN_5)

def free_of_sign(fiedler):
    """lam2 and v v^T, beside the student's code."""
    def called(W):
        lam2, v = fiedler(W)
        return lam2, v[:, None] * v
    called.__name__ = "fiedler"
    return called

checks.battery(fiedler, path(7) + np.diag(np.arange(7.0)), skip=["layout", "float32", "integer"])
checks.battery(checks.remote(free_of_sign)(fiedler), path(7) + np.diag(np.arange(7.0)))
### END HIDDEN TESTS

# %% test="effective_resistance-habits" points=0.5
# Hidden: the same for effective_resistance.
### BEGIN HIDDEN TESTS
checks.forbid(effective_resistance, NOT_IN_5)
rng = checks.fresh_rng("effective_resistance-habits")
checks.battery(effective_resistance, connected(rng, 6, loops=True))
### END HIDDEN TESTS

# %% test="spectral_bipartition-habits" points=0.5
# Hidden: the same for spectral_bipartition.
### BEGIN HIDDEN TESTS
checks.forbid(spectral_bipartition, NOT_IN_5)

def free_of_labels(spectral_bipartition):
    """Who is in the group of node 0, beside the student's code."""
    def called(W):
        labels = np.array(spectral_bipartition(W))
        return (labels == labels[0]).astype(int)
    called.__name__ = "spectral_bipartition"
    return called

barbell = pieces(np.ones((5, 5)), np.ones((4, 4)))
barbell[4, 5] = barbell[5, 4] = 0.4
checks.battery(spectral_bipartition, barbell, skip=["layout", "float32", "integer"])
checks.battery(checks.remote(free_of_labels)(spectral_bipartition), barbell)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A graph as it comes, and with its nodes sorted by the Fiedler vector; and a grid with a narrow door, cut in two.

# %% look="spectral_bipartition"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
groups = rng.permutation(np.repeat([0, 1], 30))
W = np.triu(rng.random((60, 60)) < np.where(groups[:, None] == groups, 0.5, 0.02), 1)
W = (W | W.T).astype(float)
order = np.argsort(fiedler(W)[1])

places = np.array([(i, j) for i in range(7) for j in range(12) if j != 6 or i == 3])
grid = (np.abs(places[:, None] - places).sum(axis=2) == 1).astype(float)

fig, (one, two, three) = plt.subplots(1, 3, figsize=(9, 2.8), width_ratios=[1, 1, 1.6])
one.spy(W, markersize=2); one.set_title("as it comes", fontsize=10)
two.spy(W[np.ix_(order, order)], markersize=2); two.set_title("sorted", fontsize=10)
three.scatter(places[:, 1], places[:, 0], c=spectral_bipartition(grid), cmap="coolwarm", s=40)
three.set_title("a grid with a door", fontsize=10); three.axis("equal"); fig.tight_layout()

# %% [markdown]
# ## 6 · Kronecker products and convolution matrices
#
# The *Kronecker product* $A \otimes B$ has the blocks $a_{ij}B$. With the rows of $X$ behind one another,
# $\operatorname{vec}(X)$ = `X.ravel()`,
#
# $$(A \otimes B)\operatorname{vec}(X) = \operatorname{vec}(A X B^\top),$$
#
# two small products instead of one with a huge matrix. What a convolutional layer does to an image $I$, a *cross-correlation*
# with a kernel $k$ of shape $a\times b$,
#
# $$Y_{ij} = \sum_{u, v} k_{uv}\, I_{i+u,\,j+v},$$
#
# is linear too, and its matrix is Toeplitz in blocks, with Toeplitz blocks: $\sum_{u,v} k_{uv}\, S_u \otimes S_v$ with
# matrices $S$ of a shift.

# %% [markdown]
# **Write `kron_matvec(A, B, X) -> y` and `conv2d_matrix(k, H, W, mode) -> M`** (8 points)
#
# - `kron_matvec`: `A (m, p)`, `B (n, q)`, `X (p, q)`, real or complex; `y (m * n,)` is $(A\otimes B)\operatorname{vec}(X)$,
#   row by row as in numpy. $A \otimes B$ is never formed: hidden tests go to $300\times 300$ factors, where it would need
#   65 GB.
# - `conv2d_matrix`: `k (a, b)` is real, the image is `(H, W)`, and `M @ image.ravel()` is the result, row by row. `"valid"`:
#   the formula where the kernel fits, `(H - a + 1, W - b + 1)` results. `"full"`: the same for the image with $a - 1$ rows
#   of zeros above and below it and $b - 1$ columns left and right, `(H + a - 1, W + b - 1)` results. The kernel is not
#   flipped.
# - Another `mode`, or a kernel that does not fit into the image when it should, raises `ValueError`.
# - Not allowed: `scipy`, `torch`, `sympy`, and `np.kron` in `kron_matvec`; what breaks this gets no points.

# %% solution="kron_matvec"
def kron_matvec(A, B, X):
    """(A kron B) vec(X) (m * n,) for A (m, p), B (n, q), X (p, q), row by row."""
    ### BEGIN SOLUTION
    return (np.asarray(A) @ np.asarray(X) @ np.asarray(B).T).ravel()
    ### END SOLUTION

# %% solution="conv2d_matrix"
def conv2d_matrix(k, H, W, mode):
    """Matrix (results, H * W) of the cross-correlation with k (a, b): mode "valid" or "full"."""
    # np.eye(rows, columns, k=shift) is the matrix of a shift. Or: four loops.
    ### BEGIN SOLUTION
    if mode not in ("valid", "full"):
        raise ValueError("mode is valid or full")
    k = np.asarray(k, dtype=float)
    (a, b), full = k.shape, mode == "full"
    up, left = ((a - 1) * full, (b - 1) * full)
    rows, columns = H + 2 * up - a + 1, W + 2 * left - b + 1
    if min(rows, columns) < 1:
        raise ValueError("the kernel should fit into the image")
    return sum(k[u, v] * np.kron(np.eye(rows, H, k=u - up), np.eye(columns, W, k=v - left))
               for u in range(a) for v in range(b))
    ### END SOLUTION

# %% test="kron_matvec-by_hand" points=0.5
checks.forbid(kron_matvec, ["numpy.kron", *NOT_IN_6])

# 2 x 3 and 1 x 2, so X is 3 x 2; the same as the explicit product.
A, B = np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]]), np.array([[1.0, -1.0]])
X = np.array([[1.0, 2.0], [0.0, 5.0], [3.0, 1.0]])
y = checks.ask(kron_matvec, A, B, X)
checks.array(y, "y", shape=(2,))
checks.close(y, np.kron(A, B) @ X.ravel(), "y")

# %% test="conv2d_matrix-by_hand" points=1
checks.forbid(conv2d_matrix, NOT_IN_6)

# A 1 x 2 kernel on a 2 x 3 image; as a matrix, and applied to an image.
k = np.array([[1.0, 10.0]])
M = checks.ask(conv2d_matrix, k, 2, 3, "valid")
rows = [[1, 10, 0, 0, 0, 0], [0, 1, 10, 0, 0, 0], [0, 0, 0, 1, 10, 0], [0, 0, 0, 0, 1, 10]]
checks.close(M, rows, "the matrix of a 1 x 2 kernel")
M = checks.ask(conv2d_matrix, k, 2, 3, "full")
checks.close(M @ np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), [10, 21, 32, 3, 40, 54, 65, 6],
             "the full result", hint="The kernel is not flipped: its last entry acts first.")

# %% test="conv2d_matrix-direct" points=0
# The grader keeps the sum itself here.
### BEGIN HIDDEN TESTS
def correlated(k, image, mode):
    a, b = k.shape
    if mode == "full":
        image = np.pad(image, ((a - 1, a - 1), (b - 1, b - 1)))
    H, W = image.shape
    return np.array([[np.sum(k * image[i:i + a, j:j + b]) for j in range(W - b + 1)] for i in range(H - a + 1)])
### END HIDDEN TESTS

# %% test="kron_matvec-product" points=1.5
# Hidden: rectangular factors, real and complex, as the explicit product.
### BEGIN HIDDEN TESTS
checks.forbid(kron_matvec, ["numpy.kron", *NOT_IN_6])
rng = checks.fresh_rng("kron_matvec-product")
for m, p, n, q in [(4, 3, 5, 2), (2, 6, 1, 4), (3, 1, 2, 7), (4, 4, 4, 4)]:
    A, B, X = rng.normal(size=(m, p)), rng.normal(size=(n, q)), rng.normal(size=(p, q))
    for left, right, matrix in [(A, B, X), (A + 1j * A[::-1], B - 2j * B, X), (A, B * 1j, X + 1j * X[::-1]),
                                (A, B + 1j * B[::-1], X)]:
        y = checks.ask(kron_matvec, left, right, matrix)
        checks.close(y, np.kron(left, right) @ matrix.ravel(), "y", rtol=1e-12,
                     hint="X and the result are read row by row; nothing is conjugated.")
### END HIDDEN TESTS

# %% test="kron_matvec-large" points=1
# Hidden: two 300 x 300 factors; some entries, computed directly.
### BEGIN HIDDEN TESTS
checks.forbid(kron_matvec, ["numpy.kron", *NOT_IN_6])
rng = checks.fresh_rng("kron_matvec-large")
A, B, X = rng.normal(size=(3, 300, 300))
y = checks.ask(kron_matvec, A, B, X)
checks.array(y, "y", shape=(90000,))
places = rng.integers(0, 300, (6, 2))
checks.close([y[300 * i + j] for i, j in places], [A[i] @ X @ B[j] for i, j in places], "y for a large product", rtol=1e-11)
### END HIDDEN TESTS

# %% test="conv2d_matrix-valid" points=1.5
# Hidden: the matrix times an image is the sum of the statement, for several shapes.
### BEGIN HIDDEN TESTS
checks.forbid(conv2d_matrix, NOT_IN_6)
rng = checks.fresh_rng("conv2d_matrix-valid")
for (a, b), (H, W) in [((2, 3), (4, 5)), ((3, 1), (5, 2)), ((2, 2), (2, 6)), ((3, 4), (3, 4)), ((1, 1), (2, 3))]:
    k, image = rng.normal(size=(a, b)), rng.normal(size=(H, W))
    M = checks.ask(conv2d_matrix, k, H, W, "valid")
    checks.array(M, "M", shape=((H - a + 1) * (W - b + 1), H * W))
    checks.close(M @ image.ravel(), correlated(k, image, "valid").ravel(), "M times an image", rtol=1e-12,
                 hint="The kernel is not flipped, and images are read row by row.")
    checks.close(np.sum(M != 0), a * b * (H - a + 1) * (W - b + 1), "the number of entries of M that are not 0")
### END HIDDEN TESTS

# %% test="conv2d_matrix-full" points=1
# Hidden: the same with zeros around the image.
### BEGIN HIDDEN TESTS
checks.forbid(conv2d_matrix, NOT_IN_6)
rng = checks.fresh_rng("conv2d_matrix-full")
for (a, b), (H, W) in [((2, 3), (4, 5)), ((3, 2), (1, 4)), ((1, 4), (3, 2)), ((3, 3), (2, 2))]:
    k, image = rng.normal(size=(a, b)), rng.normal(size=(H, W))
    M = checks.ask(conv2d_matrix, k, H, W, "full")
    checks.array(M, "M", shape=((H + a - 1) * (W + b - 1), H * W))
    checks.close(M @ image.ravel(), correlated(k, image, "full").ravel(), "M times an image", rtol=1e-12,
                 hint="a - 1 rows of zeros above and below, b - 1 columns left and right.")
### END HIDDEN TESTS

# %% test="conv2d_matrix-laws" points=0.5
# Hidden: the transpose of a valid matrix is a full one with the kernel flipped both ways; an
# unknown mode, and a kernel larger than the image, raise ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(conv2d_matrix, NOT_IN_6)
rng = checks.fresh_rng("conv2d_matrix-laws")
k = rng.normal(size=(3, 2))
M = checks.ask(conv2d_matrix, k, 5, 6, "valid")
adjoint = checks.ask(conv2d_matrix, k[::-1, ::-1], 3, 5, "full")
checks.close(M.T, adjoint, "the transpose of the valid matrix, compared with the full one of the flipped kernel,")
checks.raises(ValueError, conv2d_matrix, k, 5, 6, "same", when="when the mode is unknown")
checks.raises(ValueError, conv2d_matrix, k, 2, 6, "valid", when="when the kernel is larger than the image")
### END HIDDEN TESTS

# %% test="kron_matvec-habits" points=0.5
# Hidden: arguments are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(kron_matvec, ["numpy.kron", *NOT_IN_6])
rng = checks.fresh_rng("kron_matvec-habits")
checks.battery(kron_matvec, rng.normal(size=(4, 3)), rng.normal(size=(5, 2)), rng.normal(size=(3, 2)))
### END HIDDEN TESTS

# %% test="conv2d_matrix-habits" points=0.5
# Hidden: the same for conv2d_matrix.
### BEGIN HIDDEN TESTS
checks.forbid(conv2d_matrix, NOT_IN_6)
rng = checks.fresh_rng("conv2d_matrix-habits")
checks.battery(conv2d_matrix, rng.normal(size=(2, 3)), 3, 4, "valid")
checks.battery(conv2d_matrix, rng.normal(size=(2, 3)), 3, 4, "full")
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The pattern of a convolution matrix: bands of bands. And what a difference kernel finds in an image.

# %% look="conv2d_matrix"
import matplotlib.pyplot as plt

i, j = np.mgrid[:40, :40]
image = ((i - 20) ** 2 + (j - 16) ** 2 < 120).astype(float) + 0.5 * (j > 30)
edges = conv2d_matrix(np.array([[1.0, -1.0]]), 40, 40, "valid") @ image.ravel()

fig, (one, two, three) = plt.subplots(1, 3, figsize=(9, 2.8))
one.imshow(conv2d_matrix(np.arange(1.0, 7.0).reshape(2, 3), 4, 5, "full"), cmap="Greys")
two.imshow(image, cmap="Greys"); three.imshow(edges.reshape(40, 39), cmap="RdBu")
one.set_title("full, 2 x 3 on 4 x 5", fontsize=10); two.set_title("an image", fontsize=10)
three.set_title("differences along rows", fontsize=10); fig.tight_layout()

# %% [markdown]
# ## 7 · On paper
#
# Six short answers, each checked by a test. Use paper first and your own functions for a second opinion. A formula is a
# text with `+ - * / **`, numbers, `pi`, `sqrt`, `sin`, `cos`, …; any equivalent form is right. A number is right to three
# digits.
#
# **7a · A cycle** (3 points). The cycle with $n$ nodes has an edge of weight 1 between neighbours, and its Laplacian is
# circulant. Write its eigenvalues, $k = 0, \dots, n-1$, as a formula in `k` and `n`; $k = 0$ belongs to the constant vector.

# %% solution="cycle_eigenvalue"
cycle_eigenvalue = ""       # such as "k / (n + 1)"
### BEGIN SOLUTION
cycle_eigenvalue = "2 - 2 * cos(2 * pi * k / n)"
### END SOLUTION

# %% test="cycle_eigenvalue-formula" points=3
# For n = 4 the largest one is 4, at k = 2. Hidden: all of them.
checks.formula_value(cycle_eigenvalue, at={"k": 2, "n": 4}, expected=4)
### BEGIN HIDDEN TESTS
checks.formula(cycle_eigenvalue, "2 - 2*cos(2*pi*k/n)", {"k": (0, 9), "n": (9, 20)},
               rng=checks.fresh_rng("cycle_eigenvalue-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **7b · A string** (3 points). The second-difference matrix has 2 on its diagonal and $-1$ beside it; it is $n\times n$,
# Toeplitz, and not circulant. Write its eigenvalues in ascending order, $k = 1, \dots, n$, as a formula in `k` and `n`.
# Hint: the eigenvectors are sines that vanish at the places 0 and $n + 1$.

# %% solution="string_eigenvalue"
string_eigenvalue = ""
### BEGIN SOLUTION
string_eigenvalue = "2 - 2 * cos(pi * k / (n + 1))"
### END SOLUTION

# %% test="string_eigenvalue-formula" points=3
# For n = 1 the matrix is the number 2. Hidden: all of them.
checks.formula_value(string_eigenvalue, at={"k": 1, "n": 1}, expected=2)
### BEGIN HIDDEN TESTS
checks.formula(string_eigenvalue, "4*sin(pi*k/(2*(n + 1)))**2", {"k": (0, 9), "n": (9, 20)},
               rng=checks.fresh_rng("string_eigenvalue-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **7c · What it costs** (2 points). How many multiplications does the fast Fourier transform of problem 2 make for
# $n = 2^{20}$, all powers of $\omega$ counted, also $\omega^0$? A whole number.

# %% solution="fft_cost"
fft_cost = ""               # a number, or a text such as "3 * 2**7"
### BEGIN SOLUTION
fft_cost = 10 * 2**20
### END SOLUTION

# %% test="fft_cost-count" points=2
# Less than 2^24. Hidden: the number.
checks.number(fft_cost, 2**23, rtol=1.0)
### BEGIN HIDDEN TESTS
checks.integer(fft_cost, 10485760)
### END HIDDEN TESTS

# %% [markdown]
# **7d · A lazy walk** (3 points). Somebody walks on a cycle of 12 nodes: with probability ½ they stay, with ¼ each they go
# to the one or the other neighbour. The *spectral gap* is 1 minus the second largest eigenvalue of the matrix of
# transitions. How large is it?

# %% solution="spectral_gap"
spectral_gap = ""           # a number, or a text such as "1 / 7"
### BEGIN SOLUTION
spectral_gap = (1 - np.cos(np.pi / 6)) / 2
### END SOLUTION

# %% test="spectral_gap-number" points=3
# A lazy walk has no negative eigenvalue, so the gap lies between 0 and 1. Hidden: the number.
checks.number(spectral_gap, 0.5, rtol=1.0)
### BEGIN HIDDEN TESTS
checks.number(spectral_gap, 0.0669873, rtol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# **7e · A circulant matrix** (2 points). Which four eigenvalues has the circulant matrix with the first column
# $(5, 2, -1, 2)$? A list or an array of four numbers, in any order, each as often as it occurs.

# %% solution="ring_eigenvalues"
ring_eigenvalues = [0, 0, 0, 0]     # four numbers, or what your function returns
### BEGIN SOLUTION
ring_eigenvalues = [8, 6, 0, 6]
### END SOLUTION

# %% test="ring_eigenvalues-all" points=2
# They add up to the trace, 20. Hidden: the four numbers.
checks.close(np.sum(ring_eigenvalues), 20, "the sum of your four numbers")
### BEGIN HIDDEN TESTS
checks.numbers(ring_eigenvalues, [8, 6, 0, 6])
### END HIDDEN TESTS

# %% [markdown]
# **7f · A ring of resistors** (2 points). Six resistors of 1 ohm form a ring. Which resistance lies between two nodes that
# have one other node between them?

# %% solution="ring_resistance"
ring_resistance = ""        # in ohm, a number or a text such as "1 / 7"
### BEGIN SOLUTION
ring_resistance = "4/3"
### END SOLUTION

# %% test="ring_resistance-number" points=2
# Less than the 2 ohm of the shorter way alone. Hidden: the number.
checks.number(ring_resistance, 1.0, rtol=1.0)
### BEGIN HIDDEN TESTS
checks.number(ring_resistance, 4 / 3, rtol=1e-3)
### END HIDDEN TESTS

# %% [markdown]
# **7g · The convolution theorem** (5 points, marked by hand)
#
# For $c, x \in \mathbb C^n$ let $(c * x)_i = \sum_j c_{(i-j) \bmod n}\,x_j$ and $\hat x_k = \sum_j \omega^{jk} x_j$ with
# $\omega = e^{-2\pi i/n}$. Prove that $\widehat{c * x}_k = \hat c_k\,\hat x_k$ for every $k$. Conclude that every circulant
# matrix is $C = F^{*}\operatorname{diag}(\hat c)\,F$ with the unitary $F$ of problem 1, and say what its eigenvectors are.
# Six to ten lines are enough; write them below, or hand in a page as `written.pdf` and say so below.

# %% [markdown] manual="convolution_theorem" points=5
# <!-- BEGIN SOLUTION -->
# By definition $\widehat{c * x}_k = \sum_i \omega^{ik}\sum_j c_{(i-j)\bmod n}\,x_j
# = \sum_j \omega^{jk} x_j \sum_i \omega^{(i-j)k} c_{(i-j)\bmod n}$.
# For fixed $j$, as $i$ runs through $0, \dots, n-1$, so does $l = (i - j) \bmod n$, in another order; and
# $\omega^{(i-j)k} = \omega^{lk}$, because $i - j$ and $l$ differ by a multiple of $n$ and $\omega^n = 1$. So the inner sum is
# $\sum_l \omega^{lk} c_l = \hat c_k$ for every $j$, and $\widehat{c * x}_k = \hat c_k \hat x_k$.
#
# With the unitary $F$, $\hat x = \sqrt n\,Fx$. The theorem says $FCx = \operatorname{diag}(\hat c)\,Fx$ for every $x$, so
# $FC = \operatorname{diag}(\hat c)\,F$ and, as $F^{-1} = F^{*}$, $C = F^{*}\operatorname{diag}(\hat c)\,F$. So
# $CF^{*} = F^{*}\operatorname{diag}(\hat c)$: the columns of $F^{*}$, the waves $(\omega^{-jk})_j/\sqrt n$, are orthonormal
# eigenvectors, with the eigenvalues $\hat c_k$, the same vectors for every circulant matrix.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 1 | the double sum, and its order exchanged |
# | 1 | the shift of the index: $l = (i - j) \bmod n$ runs through all values once |
# | 1 | $\omega^{(i-j)k} = \omega^{lk}$ because $\omega^n = 1$ |
# | 1 | from the theorem for all $x$ to $FC = \operatorname{diag}(\hat c)F$ and $C = F^{*}\operatorname{diag}(\hat c)F$ |
# | 1 | eigenvectors are the columns of $F^{*}$ (waves), eigenvalues $\hat c_k$ |
#
# A proof by powers of the shift matrix ($C = \sum_l c_l P^l$, waves are eigenvectors of $P$) gets all points. Columns of
# $F$ instead of $F^{*}$ as eigenvectors: all points if the eigenvalues are numbered accordingly, otherwise 4.
# <!-- END SOLUTION -->
