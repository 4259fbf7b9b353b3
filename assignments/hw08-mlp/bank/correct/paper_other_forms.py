"""Equivalent formulas in another form.

replaces: saddle_eigenvalue escape_time parameter_count
"""
saddle_eigenvalue = "-sqrt(c^2)"
escape_time = "(1 - eps) / (c * eps)"
parameter_count = "m*(d + 1) + 2*m*(m + 1) + k*(2*m + 1)"
