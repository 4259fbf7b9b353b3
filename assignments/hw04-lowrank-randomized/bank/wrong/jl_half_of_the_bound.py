"""Forgets the factor two of the bound.

replaces: jl_rows
fails: jl_rows-number
"""
jl_rows = 2216
