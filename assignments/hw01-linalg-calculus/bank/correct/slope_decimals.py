"""With decimals.

replaces: slope
"""
slope = "0.6*exp(y) + 0.8*x*exp(y)"
