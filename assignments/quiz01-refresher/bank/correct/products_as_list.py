"""The letters as a list.

replaces: products
"""
A, B, C, options = products_numbers(attempt).values()
products = list(letters_of(options, "$AB$", "$B^T", "$ABC", *(["$CA$"] if C[1] == A[0] else [])))
