"""Counted from one: right at the visible place only.

replaces: cycle_eigenvalue
fails: cycle_eigenvalue-formula
"""
cycle_eigenvalue = "4 - (k - 2)**2 * 4 / n"
