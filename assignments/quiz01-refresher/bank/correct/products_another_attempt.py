"""The answer for the numbers of another attempt.

replaces: products
"""
attempt = 18
A, B, C, options = products_numbers(attempt).values()
products = letters_of(options, "$AB$", "$B^T", "$ABC", *(["$CA$"] if C[1] == A[0] else []))
