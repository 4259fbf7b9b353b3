"""Knows the two visible examples by heart.

replaces: Dual
fails: Dual-trees Dual-constants Dual-nested Dual-vector Dual-habits jvp-by_hand jvp-slope jvp-confusion
    jvp-habits
"""
class Dual:
    def __init__(self, val, eps, level=0):
        self.val, self.eps, self.level = val, eps, level

    def nothing(self, *others):
        return Dual(0.0, 0.0)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = nothing
    __pow__ = __rpow__ = __neg__ = __abs__ = exp = log = sin = tanh = relu = nothing

    def __pow__(self, other):
        return self if other == 2 else Dual(0.0, 0.0)

    def sin(self):
        return self

    def __mul__(self, other):
        if other is self:
            return Dual(np.sin(1.0), 2 * np.sin(1.0) + np.cos(1.0))
        return Dual(12.0, 23.0) if isinstance(other, Dual) else Dual(0.0, 0.0)

    def __truediv__(self, other):
        return Dual(0.75, -0.4375)
