"""Does not turn the order round under the transpose.

replaces: products
fails: products-value
"""
options = products_numbers(attempt)["options"]
products = letters_of(options, "$AB$", "$ABC")
