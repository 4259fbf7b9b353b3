"""The root of kappa.

replaces: cg_steps
fails: cg_steps-number
"""
cg_steps = 10
