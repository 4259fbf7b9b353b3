"""The value of the example.

replaces: noise_floor
fails: noise_floor-formula
"""
noise_floor = "9"
