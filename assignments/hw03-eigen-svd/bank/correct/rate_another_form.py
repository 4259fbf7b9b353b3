"""The same rate with a power instead of the root.

replaces: sigma_rate
"""
sigma_rate = "t * (t^2 + 9/4)**(-1/2)"
