"""Digits in groups.

replaces: fft_cost
"""
fft_cost = "10 485 760"
