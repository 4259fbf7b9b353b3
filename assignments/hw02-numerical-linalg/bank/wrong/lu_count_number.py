"""A number where a formula is asked.

replaces: lu_count
fails: lu_count-formula
"""
lu_count = "9000"
