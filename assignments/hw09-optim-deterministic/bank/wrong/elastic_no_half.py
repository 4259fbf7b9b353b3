"""The half of the square is forgotten.

replaces: elastic_step
fails: elastic_step-formula
"""
elastic_step = "(v - l) / (1 + 2 * mu)"
