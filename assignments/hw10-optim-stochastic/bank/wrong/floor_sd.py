"""The standard deviation in place of the variance.

replaces: noise_floor
fails: noise_floor-at_one noise_floor-formula
"""
noise_floor = "eta*sigma/(mu*(2 - eta*mu))"
