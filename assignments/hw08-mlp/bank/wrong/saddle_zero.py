"""Zero, as for three and more factors (mutant const).

replaces: saddle_eigenvalue
fails: saddle_eigenvalue-formula
"""
saddle_eigenvalue = "0"
