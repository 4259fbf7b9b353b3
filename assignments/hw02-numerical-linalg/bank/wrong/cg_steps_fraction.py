"""Not a whole number.

replaces: cg_steps
fails: cg_steps-number
"""
cg_steps = 72.3
