"""Another function through the visible point.

replaces: sigma_rate
fails: sigma_rate-formula
"""
sigma_rate = "2 * t / (t**2 + 1)"
