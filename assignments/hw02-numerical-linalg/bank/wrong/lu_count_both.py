"""Counts additions as well.

replaces: lu_count
fails: lu_count-formula
"""
lu_count = "2*n**3/3"
