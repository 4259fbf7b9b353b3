"""kappa in place of its root is no faster than gradient descent.

replaces: steps_nesterov
fails: steps_nesterov-number
"""
steps_nesterov = 1375
