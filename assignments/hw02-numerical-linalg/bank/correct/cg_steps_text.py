"""As text.

replaces: cg_steps
"""
cg_steps = "73"
