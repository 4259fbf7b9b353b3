"""Forgets the size of the kernel.

replaces: operations
fails: operations-value
"""
H, W, c_in, c_out, k = operations_numbers(attempt).values()
right = H * W * c_in * c_out * k**2 / 1e6
operations = right / k**2
