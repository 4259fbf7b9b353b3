"""A number that is right at the visible point only.

replaces: sigma_rate
fails: sigma_rate-formula
"""
sigma_rate = "0.8"
