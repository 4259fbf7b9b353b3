"""m and n exchanged.

replaces: qr_count
fails: qr_count-formula
"""
qr_count = "2*n*m**2 - 2*m**3/3"
