"""A decimal in front.

replaces: lu_count
"""
lu_count = "0.5 * n**3 - n**3/6"
