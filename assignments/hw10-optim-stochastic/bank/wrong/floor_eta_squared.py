"""The square of the step size.

replaces: noise_floor
fails: noise_floor-formula
"""
noise_floor = "eta**2*sigma**2/(mu*(2 - eta*mu))"
