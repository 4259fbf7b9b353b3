"""The same, divided term by term.

replaces: elastic_step
"""
elastic_step = "v/(1 + mu) - l/(1 + mu)"
