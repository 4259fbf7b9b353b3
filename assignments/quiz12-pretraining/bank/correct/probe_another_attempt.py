"""The answer for the numbers of another attempt.

replaces: probe
"""
attempt = 139
millions, d, k = probe_numbers(attempt).values()
probe = d * k + k
