"""As a float.

replaces: cg_steps
"""
cg_steps = 73.0
