"""Products instead of powers.

replaces: lu_count
"""
lu_count = "n*n*n/3"
