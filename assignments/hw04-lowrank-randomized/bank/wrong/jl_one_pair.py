"""One pair only.

replaces: jl_rows
fails: jl_rows-number
"""
jl_rows = 663
