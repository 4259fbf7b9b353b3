"""With subscripts, in another order.

replaces: det_rate
"""
det_rate = "a_33 + a_11 + a_22"
