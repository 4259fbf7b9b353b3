"""The inner derivative 3 is missing.

replaces: softmax_jacobian
fails: softmax_jacobian-formula
"""
softmax_jacobian = [["exp(3*u + v)/(exp(3*u) + exp(v))**2", "-exp(3*u + v)/(exp(3*u) + exp(v))**2"], ["-exp(3*u + v)/(exp(3*u) + exp(v))**2", "exp(3*u + v)/(exp(3*u) + exp(v))**2"]]
