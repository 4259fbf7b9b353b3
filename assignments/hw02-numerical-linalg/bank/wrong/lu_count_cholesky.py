"""The count of Cholesky.

replaces: lu_count
fails: lu_count-formula
"""
lu_count = "n**3/6"
