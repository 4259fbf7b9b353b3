"""It converges, given time.

replaces: constant_step
fails: constant_step-choice
"""
constant_step = "a"
