"""The soft threshold without mu.

replaces: elastic_step
fails: elastic_step-formula
"""
elastic_step = "v - l"
