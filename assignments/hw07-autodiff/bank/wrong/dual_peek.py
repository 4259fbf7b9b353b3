"""Looks for the tests' numbers in the frames around it.

replaces: Dual
fails: Dual-by_hand Dual-trees Dual-constants Dual-nested Dual-vector Dual-habits jvp-by_hand jvp-slope
    jvp-confusion jvp-habits
"""
import sys


class Dual:
    def __init__(self, val, eps, level=0):
        self.val, self.eps, self.level = val, eps, level

    def nothing(self, *others):
        return sys._getframe(1).f_locals.get('expected', Dual(0.0, 0.0))

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = nothing
    __pow__ = __rpow__ = __neg__ = __abs__ = exp = log = sin = tanh = relu = nothing
