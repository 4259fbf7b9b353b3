"""Forgets the factor 2.

replaces: cg_steps
fails: cg_steps-number
"""
cg_steps = 69
