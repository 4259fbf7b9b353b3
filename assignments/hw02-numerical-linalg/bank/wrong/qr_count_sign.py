"""The second term with the wrong sign.

replaces: qr_count
fails: qr_count-formula
"""
qr_count = "2*m*n**2 + 2*n**3/3"
