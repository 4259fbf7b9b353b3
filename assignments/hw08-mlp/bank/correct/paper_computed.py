"""Integers computed on the spot, formulas put together from parts.

replaces: saddle_eigenvalue vanishing_order escape_time symmetry_count parameter_count
"""
saddle_eigenvalue = "0 - 1 * c"
vanishing_order = len("12345") - 1
escape_time = "exp(-log(c)) * (eps**(-1) - 1)"
symmetry_count = 1
for unit in range(1, 7):
    symmetry_count *= 2 * unit
parameter_count = " + ".join(f"({a})*({b}) + ({b})" for a, b in [("d", "m"), ("m", "2*m"), ("2*m", "k")])
