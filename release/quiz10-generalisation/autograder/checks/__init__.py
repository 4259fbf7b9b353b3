"""What a test cell calls.

A *checker* takes the student's function and an input, calls the function, looks at what comes back, and raises
`CheckFailed` with the message that the student will read, or returns nothing. Raising is the default on purpose: a
verdict that nobody looks at would count as a pass. `checker.verdict(...)` gives the `Verdict` in both cases, for
calibration and for the library's own tests.

Needs numpy; torch and sympy only where a checker speaks of them. Shipped with every release, so nothing in here imports
anything of `autograder` outside this folder, and nothing in here is secret.
"""
from .answers import answered as answered
from .answers import choice as choice
from .answers import choices as choices
from .answers import integer as integer
from .answers import number as number
from .answers import numbers as numbers
from .basic import array as array
from .basic import ask as ask
from .basic import close as close
from .basic import equal as equal
from .basic import holds as holds
from .basic import raises as raises
from .battery import battery as battery
from .battery import steps as steps
from .certificate import duality_gap as duality_gap
from .certificate import feasible as feasible
from .certificate import kkt_lasso as kkt_lasso
from .certificate import kkt_qp as kkt_qp
from .certificate import positive_semidefinite as positive_semidefinite
from .certificate import stationary as stationary
from .convergence import CountedOp as CountedOp
from .convergence import converges as converges
from .convergence import eigenpair as eigenpair
from .convergence import fit_rate as fit_rate
from .convergence import hard_for_gradient_descent as hard_for_gradient_descent
from .convergence import mean_is as mean_is
from .convergence import rate as rate
from .counting import CountedScalar as CountedScalar
from .counting import operations as operations
from .differentiation import adjoint as adjoint
from .differentiation import complex_step as complex_step
from .differentiation import hvp as hvp
from .differentiation import kink_scan as kink_scan
from .differentiation import subgradient as subgradient
from .distribution import bounded as bounded
from .distribution import chi2_uniform as chi2_uniform
from .distribution import ks_check as ks_check
from .distribution import moments as moments
from .distribution import unbiased as unbiased
from .distribution import uncorrelated as uncorrelated
from .distribution import within as within
from .factor import backward_error as backward_error
from .factor import cholesky as cholesky
from .factor import condition_report as condition_report
from .factor import least_squares as least_squares
from .factor import lu as lu
from .factor import qr as qr
from .factor import residual_history as residual_history
from .factor import solves as solves
from .gradient import gradient as gradient
from .gradient import through_autograd as through_autograd
from .guard import LINEAR_ALGEBRA as LINEAR_ALGEBRA
from .guard import forbid as forbid
from .laws import law as law
from .laws import same_up_to_labels as same_up_to_labels
from .laws import same_up_to_order as same_up_to_order
from .laws import stateless as stateless
from .oracle import FiniteSum as FiniteSum
from .oracle import Oracle as Oracle
from .oracle import followed as followed
from .oracle import history as history
from .oracle import queries as queries
from .oracle import trace as trace
from .seams import fresh_rng as fresh_rng
from .seams import remote as remote
from .spectral import BlockOp as BlockOp
from .spectral import best_rank as best_rank
from .spectral import component_scores as component_scores
from .spectral import component_variances as component_variances
from .spectral import eigh as eigh
from .spectral import low_rank as low_rank
from .spectral import min_norm as min_norm
from .spectral import nuclear_prox as nuclear_prox
from .spectral import orthonormal as orthonormal
from .spectral import polar as polar
from .spectral import principal_components as principal_components
from .spectral import procrustes as procrustes
from .spectral import pseudo_inverse as pseudo_inverse
from .spectral import sin_angle as sin_angle
from .spectral import sketched_svd as sketched_svd
from .spectral import subspace as subspace
from .spectral import svd as svd
from .symbolic import formula as formula
from .symbolic import formula_value as formula_value
from .symbolic import formulas as formulas
from .training import training as training
from .training import training_follows_rng as training_follows_rng
from .training import training_on_noise as training_on_noise
from .verdict import CheckFailed as CheckFailed
from .verdict import Verdict as Verdict
