"""Leaves the full gradients out.

replaces: svrg_gradients
fails: svrg_gradients-value
"""
svrg_gradients = "40 000"
