"""Letters with a comma.

replaces: constant_step decoupled
"""
constant_step = "b."
decoupled = "a, c"
