"""A fraction as a text.

replaces: largest_step
"""
eigenvalues = largest_step_numbers(attempt)["eigenvalues"]
largest_step = f"2/{eigenvalues[-1]}"
