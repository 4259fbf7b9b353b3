"""Factored.

replaces: string_eigenvalue
"""
string_eigenvalue = "2*(1 - cos(k*pi/(n+1)))"
