"""An attempt in which the ball stops at zero.

replaces: heavy_ball
"""
attempt = 3
heavy_ball = 0
