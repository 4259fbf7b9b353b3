"""The sum of all entries.

replaces: det_rate
fails: det_rate-formula
"""
det_rate = "a11 + a12 + a13 + a21 + a22 + a23 + a31 + a32 + a33"
