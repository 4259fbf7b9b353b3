"""A number.

replaces: det_rate
fails: det_rate-formula
"""
det_rate = "3"
