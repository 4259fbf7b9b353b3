"""The floor for small step sizes only.

replaces: noise_floor
fails: noise_floor-at_one noise_floor-formula
"""
noise_floor = "eta*sigma**2/(2*mu)"
