"""With its unit.

replaces: filters
"""
c_in, c_out, k = filters_numbers(attempt).values()
filters = f"{c_out * c_in * k * k + c_out} parameters"
