"""The sign of the smaller value's companion: decreasing.

replaces: sigma_rate
fails: sigma_rate-formula
"""
sigma_rate = "-2 * t / sqrt(4 * t**2 + 9)"
