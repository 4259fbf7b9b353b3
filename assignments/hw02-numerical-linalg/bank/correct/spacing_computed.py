"""Computed by numpy.

replaces: spacing
"""
spacing = float(np.spacing(1000.0))
