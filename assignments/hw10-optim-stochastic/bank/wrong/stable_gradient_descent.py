"""The limit of gradient descent.

replaces: stable_lr
fails: stable_lr-formula
"""
stable_lr = "2/hbar"
