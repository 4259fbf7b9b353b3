"""Half angles.

replaces: string_eigenvalue
"""
string_eigenvalue = "(2*sin(k*pi/(2*n + 2)))**2"
