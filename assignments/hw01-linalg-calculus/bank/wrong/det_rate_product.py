"""The determinant of the diagonal.

replaces: det_rate
fails: det_rate-formula
"""
det_rate = "a11*a22*a33"
