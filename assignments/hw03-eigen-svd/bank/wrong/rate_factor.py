"""A factor two too much.

replaces: sigma_rate
fails: sigma_rate-formula
"""
sigma_rate = "4 * t / sqrt(4 * t**2 + 9)"
