"""The count of a square matrix.

replaces: qr_count
fails: qr_count-formula
"""
qr_count = "4*n**3/3"
