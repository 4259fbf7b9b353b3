"""Half of the digits of kappa.

replaces: digits_lost
fails: digits_lost-number
"""
digits_lost = 2.8
