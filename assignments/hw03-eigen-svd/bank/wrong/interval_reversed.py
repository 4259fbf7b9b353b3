"""The upper end first.

replaces: weyl_interval
fails: weyl_interval-ends
"""
weyl_interval = [0.4, 0]
