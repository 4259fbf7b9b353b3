"""The rate is forgotten; the visible test has c = 1.

replaces: escape_time
fails: escape_time-formula
"""
escape_time = "1 / eps - 1"
