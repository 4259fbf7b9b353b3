"""A bound that holds and is not the smallest.

replaces: weyl_interval
fails: weyl_interval-ends
"""
weyl_interval = [0, 5.3]
