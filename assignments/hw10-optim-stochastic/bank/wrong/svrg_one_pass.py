"""Counts one gradient per step.

replaces: svrg_gradients
fails: svrg_gradients-value
"""
svrg_gradients = 30000
