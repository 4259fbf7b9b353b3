"""Counts each pair twice.

replaces: jl_rows
fails: jl_rows-number
"""
jl_rows = 2390
