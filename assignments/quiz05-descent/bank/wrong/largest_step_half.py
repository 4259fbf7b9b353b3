"""The step that no mode overshoots.

replaces: largest_step
fails: largest_step-value
"""
eigenvalues = largest_step_numbers(attempt)["eigenvalues"]
largest_step = 1 / max(eigenvalues)
