"""Half angles.

replaces: cycle_eigenvalue
"""
cycle_eigenvalue = "4*sin(pi*k/n)^2"
