"""By the quotient rule, row by row.

replaces: softmax_jacobian
"""
softmax_jacobian = [
    ["(3*exp(3*u)*(exp(3*u) + exp(v)) - 3*exp(6*u))/(exp(3*u) + exp(v))**2", "-exp(3*u + v)/(exp(3*u) + exp(v))**2"],
    ["-3*exp(3*u + v)/(exp(3*u) + exp(v))**2", "exp(v)/(exp(3*u) + exp(v)) - exp(2*v)/(exp(3*u) + exp(v))**2"],
]
