"""One layer after another.

replaces: parameters
"""
widths = parameters_numbers(attempt)["widths"]
parameters = " + ".join(f"({a} + 1)*{b}" for a, b in zip(widths, widths[1:]))
