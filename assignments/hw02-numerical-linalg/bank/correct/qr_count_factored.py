"""With the square taken out.

replaces: qr_count
"""
qr_count = "2 * n**2 * (m - n/3)"
