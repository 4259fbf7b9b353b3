"""The answer for the numbers of another attempt.

replaces: operations
"""
attempt = 128
H, W, c_in, c_out, k = operations_numbers(attempt).values()
operations = H * W * c_in * c_out * k**2 / 1e6
