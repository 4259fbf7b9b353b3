"""The value of the visible test (mutant hard).

replaces: escape_time
fails: escape_time-formula
"""
escape_time = "1"
