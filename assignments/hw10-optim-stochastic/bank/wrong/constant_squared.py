"""The square of the step size.

replaces: constant_step
fails: constant_step-choice
"""
constant_step = "c"
