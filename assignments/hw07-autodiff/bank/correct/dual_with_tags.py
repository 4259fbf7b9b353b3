"""A number keeps one slope for each derivative that is under way, in a dictionary.

replaces: Dual jvp
"""
import math


class Dual:
    """A value, and a slope for every symbol that it depends on: eps is that of `tag`."""

    def __init__(self, val, eps, tag=0):
        self.val, self.eps, self.tag = val, eps, tag

    def split(self, other):
        tag = self.tag if not isinstance(other, Dual) else max(self.tag, other.tag)
        def part(x):
            return (x.val, x.eps) if isinstance(x, Dual) and x.tag == tag else (x, 0.0)
        return tag, part(self), part(other)

    def __add__(self, other):
        tag, (a, da), (b, db) = self.split(other)
        return Dual(a + b, da + db, tag)

    def __sub__(self, other):
        tag, (a, da), (b, db) = self.split(other)
        return Dual(a - b, da - db, tag)

    def __rsub__(self, other):
        tag, (b, db), (a, da) = self.split(other)
        return Dual(a - b, da - db, tag)

    def __mul__(self, other):
        tag, (a, da), (b, db) = self.split(other)
        return Dual(a * b, a * db + b * da, tag)

    def __truediv__(self, other):
        tag, (a, da), (b, db) = self.split(other)
        return Dual(a / b, (da * b - a * db) / (b * b), tag)

    def __rtruediv__(self, other):
        tag, (b, db), (a, da) = self.split(other)
        return Dual(a / b, (da * b - a * db) / (b * b), tag)

    def __pow__(self, other):
        tag, (a, da), (b, db) = self.split(other)
        if isinstance(b, (int, float)) and not isinstance(other, Dual):
            return Dual(a ** b, (b * a ** (b - 1) if b else 0.0) * da, tag)
        return Dual(a ** b, b * a ** (b - 1) * da + a ** b * Dual.of(math.log, "log", a) * db, tag)

    def __rpow__(self, other):
        power = other ** self.val
        return Dual(power, power * math.log(other) * self.eps, self.tag)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Dual(-self.val, -self.eps, self.tag)

    @staticmethod
    def of(function, name, x):
        return getattr(x, "log")() if isinstance(x, Dual) and name == "log" else (
            x.exp() if isinstance(x, Dual) and name == "exp" else x.sin() if isinstance(x, Dual) and name == "sin" else
            x.cos() if isinstance(x, Dual) else function(x))

    def exp(self):
        e = Dual.of(math.exp, "exp", self.val)
        return Dual(e, e * self.eps, self.tag)

    def log(self):
        return Dual(Dual.of(math.log, "log", self.val), 1 / self.val * self.eps, self.tag)

    def sin(self):
        return Dual(Dual.of(math.sin, "sin", self.val), Dual.of(math.cos, "cos", self.val) * self.eps, self.tag)

    def cos(self):
        return Dual(Dual.of(math.cos, "cos", self.val), -Dual.of(math.sin, "sin", self.val) * self.eps, self.tag)

    def tanh(self):
        return 1 - 2 / ((2 * self).exp() + 1)

    def above(self):
        return self.val.above() if isinstance(self.val, Dual) else self.val > 0

    def relu(self):
        return self if self.above() else Dual(0 * self.val, 0 * self.eps, self.tag)

    def __abs__(self):
        return self if self.above() else -self


class Depth:
    now = 0


def jvp(f, x, v):
    """f(x) and its derivative along v; the tag is how deeply the calls are nested."""
    Depth.now += 1
    tag = Depth.now
    try:
        y = f([Dual(a, b, tag) for a, b in zip(x, v)])
    finally:
        Depth.now -= 1
    return (y.val, y.eps) if isinstance(y, Dual) and y.tag == tag else (y, 0 * v[0])
