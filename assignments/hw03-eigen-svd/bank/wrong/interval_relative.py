"""Thirty percent more or less.

replaces: weyl_interval
fails: weyl_interval-ends
"""
weyl_interval = [0.07, 0.13]
