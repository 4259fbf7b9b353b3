"""The sign returns a Dual of level 0, which no jvp knows.

replaces: Dual
fails: jvp-slope
"""
class Dual:
    """val + eps * e with e * e = 0; `level` may say which jvp the symbol e belongs to."""

    # Bring both operands to (val, eps) first: a number, or a Dual of a lower level, has eps 0.
    # Then each operation is two lines: the value, and the rule of calculus.
    def __init__(self, val, eps, level=0):
        self.val, self.eps, self.level = val, eps, level

    def apply(self, other, swapped, rule):
        """rule(a, a', b, b') -> value, slope, for the operands in their order."""
        level = max(self.level, other.level) if isinstance(other, Dual) else self.level
        a, b = (other, self) if swapped else (self, other)
        parts = []
        for part in (a, b):
            own = isinstance(part, Dual) and part.level == level
            parts += [part.val, part.eps] if own else [part, 0.0]
        return Dual(*rule(*parts), level)

    def __add__(self, other):
        return self.apply(other, False, lambda a, da, b, db: (a + b, da + db))

    def __mul__(self, other):
        return self.apply(other, False, lambda a, da, b, db: (a * b, da * b + a * db))

    def quotient(self, other, swapped=False):
        def rule(a, da, b, db):
            q = a / b
            return q, (da - q * db) / b
        return self.apply(other, swapped, rule)

    def power(self, other, swapped=False):
        constant = not isinstance(other, Dual) and not swapped

        def rule(a, da, b, db):
            value = a ** b
            if constant:
                return value, 0.0 * da if b == 0 else b * a ** (b - 1) * da
            return value, value * (db * np.log(a) + b * da / a)
        return self.apply(other, swapped, rule)

    __radd__, __rmul__ = __add__, __mul__
    __truediv__, __pow__ = quotient, power

    def __rtruediv__(self, other):
        return self.quotient(other, swapped=True)

    def __rpow__(self, other):
        return self.power(other, swapped=True)

    def __neg__(self):
        return Dual(-self.val, -self.eps)

    def __sub__(self, other):
        return self + (-1.0) * other

    def __rsub__(self, other):
        return other + (-1.0) * self

    def exp(self):
        value = np.exp(self.val)
        return Dual(value, value * self.eps, self.level)

    def log(self):
        return Dual(np.log(self.val), self.eps / self.val, self.level)

    def sin(self):
        # cos, without a method of its own
        return Dual(np.sin(self.val), np.sin(self.val + np.pi / 2) * self.eps, self.level)

    def tanh(self):
        value = np.tanh(self.val)
        return Dual(value, (1.0 - value * value) * self.eps, self.level)

    def positive(self):
        value = self.val
        while isinstance(value, Dual):
            value = value.val
        return value > 0

    def relu(self):
        return self * float(self.positive())

    def __abs__(self):
        return self * (1.0 if self.positive() else -1.0)
