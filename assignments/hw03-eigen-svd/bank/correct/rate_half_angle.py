"""The same rate over the sum of both values.

replaces: sigma_rate
"""
sigma_rate = "tanh(asinh(2*t/3))"
