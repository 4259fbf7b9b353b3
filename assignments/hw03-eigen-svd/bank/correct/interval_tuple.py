"""A pair computed with Weyl's inequality.

replaces: weyl_interval
"""
weyl_interval = (max(0.1 - 0.3, 0), 0.1 + 0.3)
