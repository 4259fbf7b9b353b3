"""The value of the visible test (mutant hard).

replaces: parameter_count
fails: parameter_count-formula
"""
parameter_count = "9"
