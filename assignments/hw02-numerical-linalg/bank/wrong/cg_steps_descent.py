"""The count of steepest descent.

replaces: cg_steps
fails: cg_steps-number
"""
cg_steps = 691
