"""Adds the variance to the mean.

replaces: stable_lr
fails: stable_lr-formula
"""
stable_lr = "2/(hbar + rho)"
