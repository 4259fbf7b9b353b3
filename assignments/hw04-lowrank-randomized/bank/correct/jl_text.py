"""As a text.

replaces: jl_rows
"""
jl_rows = "2303"
