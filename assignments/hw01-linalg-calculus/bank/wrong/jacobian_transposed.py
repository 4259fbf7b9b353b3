"""Rows and columns exchanged.

replaces: softmax_jacobian
fails: softmax_jacobian-formula
"""
softmax_jacobian = [["3*exp(3*u + v)/(exp(3*u) + exp(v))**2", "-3*exp(3*u + v)/(exp(3*u) + exp(v))**2"], ["-exp(3*u + v)/(exp(3*u) + exp(v))**2", "exp(3*u + v)/(exp(3*u) + exp(v))**2"]]
