"""Forgets the momentum.

replaces: heavy_ball
fails: heavy_ball-value
"""
w, old, g, eta, beta = heavy_ball_numbers(attempt).values()
heavy_ball = w - eta * g
