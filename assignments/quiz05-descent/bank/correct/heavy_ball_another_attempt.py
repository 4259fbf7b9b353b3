"""The answer for the numbers of another attempt.

replaces: heavy_ball
"""
attempt = 62
w, old, g, eta, beta = heavy_ball_numbers(attempt).values()
heavy_ball = w - eta * g + beta * (w - old)
