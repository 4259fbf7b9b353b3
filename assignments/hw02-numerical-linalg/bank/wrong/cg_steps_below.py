"""Rounds down.

replaces: cg_steps
fails: cg_steps-number
"""
cg_steps = 72
