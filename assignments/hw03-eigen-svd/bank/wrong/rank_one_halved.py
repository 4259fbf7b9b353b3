"""One row copied: rank one, and not the nearest.

replaces: rank_one
fails: rank_one-nearest
"""
rank_one = [[2, 2], [-1, -1]]
