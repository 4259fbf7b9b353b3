"""Divides v alone.

replaces: elastic_step
fails: elastic_step-formula
"""
elastic_step = "v / (1 + mu) - l"
