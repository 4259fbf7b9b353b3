"""Computed, and a float that is whole.

replaces: steps_plain
"""
steps_plain = float(np.ceil(np.log(1e6) / np.log(101 / 99)))
