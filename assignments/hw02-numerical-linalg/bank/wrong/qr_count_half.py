"""Multiplications only.

replaces: qr_count
fails: qr_count-formula
"""
qr_count = "m*n**2 - n**3/3"
