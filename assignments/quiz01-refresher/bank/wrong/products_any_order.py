"""Multiplies in any order.

replaces: products
fails: products-value
"""
options = products_numbers(attempt)["options"]
products = "abcde"
