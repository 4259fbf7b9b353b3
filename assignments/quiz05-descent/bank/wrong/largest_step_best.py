"""Gives the fastest step.

replaces: largest_step
fails: largest_step-value
"""
eigenvalues = largest_step_numbers(attempt)["eigenvalues"]
largest_step = 2 / (min(eigenvalues) + max(eigenvalues))
