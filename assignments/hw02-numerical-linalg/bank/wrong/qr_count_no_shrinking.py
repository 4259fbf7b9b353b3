"""As if the blocks did not shrink.

replaces: qr_count
fails: qr_count-formula
"""
qr_count = "4*m*n**2"
