"""The time for two factors.

replaces: escape_time
fails: escape_time-formula escape_time-at_half
"""
escape_time = "log(1 / eps) / c"
