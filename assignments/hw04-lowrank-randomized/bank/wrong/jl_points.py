"""Adds up over the points in place of the pairs.

replaces: jl_rows
fails: jl_rows-number
"""
jl_rows = 1526
