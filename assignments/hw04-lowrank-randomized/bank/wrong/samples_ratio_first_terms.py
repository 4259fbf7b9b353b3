"""Forgets to take off the square of the norm.

replaces: samples_ratio
fails: samples_ratio-number
"""
samples_ratio = 1.98
