"""With the velocity as a variable of its own.

replaces: heavy_ball
"""
w, old, g, eta, beta = heavy_ball_numbers(attempt).values()
velocity = beta * (w - old) - eta * g
heavy_ball = w + velocity
