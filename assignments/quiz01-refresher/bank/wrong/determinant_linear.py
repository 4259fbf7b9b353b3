"""Takes the determinant for linear in the matrix.

replaces: determinant
fails: determinant-value
"""
n, c, d = determinant_numbers(attempt).values()
determinant = c * d
