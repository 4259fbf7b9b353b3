"""Zeros: rank zero is allowed, and is not the nearest.

replaces: rank_one
fails: rank_one-nearest
"""
rank_one = [[0, 0], [0, 0]]
