"""With the hyperbolic cosine.

replaces: softmax_jacobian
"""
softmax_jacobian = [["3/(4*cosh((3*u - v)/2)^2)", "-1/(4*cosh((3*u - v)/2)^2)"], ["-3/(4*cosh((3*u - v)/2)^2)", "1/(4*cosh((3*u - v)/2)^2)"]]
