"""Over a common denominator.

replaces: qr_count
"""
qr_count = "(6*m*n**2 - 2*n**3) / 3"
