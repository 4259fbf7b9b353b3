"""The safe step.

replaces: exact_step
fails: exact_step-number
"""
exact_step = "1/9"
