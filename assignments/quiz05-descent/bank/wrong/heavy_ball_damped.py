"""Scales the gradient by 1 - beta.

replaces: heavy_ball
fails: heavy_ball-value
"""
w, old, g, eta, beta = heavy_ball_numbers(attempt).values()
heavy_ball = w - (1 - beta) * eta * g + beta * (w - old)
