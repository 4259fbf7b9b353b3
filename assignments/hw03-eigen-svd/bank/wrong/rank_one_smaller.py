"""The other part of the sum: the smaller singular value is kept.

replaces: rank_one
fails: rank_one-nearest
"""
rank_one = [[0, 0], [-1, 1]]
