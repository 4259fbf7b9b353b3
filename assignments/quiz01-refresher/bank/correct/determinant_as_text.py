"""The number as a product.

replaces: determinant
"""
n, c, d = determinant_numbers(attempt).values()
determinant = f"({c})^{n} * {d}"
