"""Weyl's interval, without the knowledge that singular values are not negative.

replaces: weyl_interval
fails: weyl_interval-ends
"""
weyl_interval = [-0.2, 0.4]
