"""Every result is 0 with slope 0.

replaces: Dual
fails: Dual-by_hand Dual-trees Dual-constants Dual-nested Dual-vector Dual-habits jvp-by_hand jvp-slope
    jvp-confusion jvp-habits
"""
class Dual:
    def __init__(self, val, eps, level=0):
        self.val, self.eps, self.level = val, eps, level

    def nothing(self, *others):
        return Dual(0.0, 0.0)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = nothing
    __pow__ = __rpow__ = __neg__ = __abs__ = exp = log = sin = tanh = relu = nothing
