"""Rounded down.

replaces: jl_rows
fails: jl_rows-number
"""
jl_rows = 2302
