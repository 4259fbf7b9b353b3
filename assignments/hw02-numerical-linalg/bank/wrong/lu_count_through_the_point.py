"""Right for the visible n only.

replaces: lu_count
fails: lu_count-formula
"""
lu_count = "10*n**2"
