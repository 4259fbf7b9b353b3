"""With a tanh.

replaces: bernoulli_slope
"""
bernoulli_slope = "1/2 + tanh(z/2)/2 - y"
