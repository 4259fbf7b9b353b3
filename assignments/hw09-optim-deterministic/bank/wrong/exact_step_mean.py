"""One over the mean curvature of both axes, weighted by nothing.

replaces: exact_step
fails: exact_step-number
"""
exact_step = 0.25
