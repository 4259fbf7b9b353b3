"""Computed.

replaces: digits_lost
"""
digits_lost = np.log10(4e5)
