"""Multiplied out.

replaces: grad_least_squares
"""
grad_least_squares = ["2*((a*a + c*c)*x + (a*b + c*d)*y - a*p - c*q)", "2*((a*b + c*d)*x + (b*b + d*d)*y - b*p - d*q)"]
