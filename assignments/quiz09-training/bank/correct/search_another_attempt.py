"""The answer for the numbers of another attempt.

replaces: search
"""
attempt = 106
a, b, k = search_numbers(attempt).values()
search = a * b * k + 1
