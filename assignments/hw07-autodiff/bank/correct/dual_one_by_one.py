"""Every operator on its own, without a common rule; powers by logarithms where the exponent varies.

replaces: Dual
"""
class Dual:
    """val + eps * e, and the level of e."""

    def __init__(self, val, eps, level=0):
        self.val = val
        self.eps = eps
        self.level = level

    def knows(self, other):
        return isinstance(other, Dual) and other.level == self.level

    def below(self, other):
        """Whether other belongs to an inner derivative, for which self is a constant."""
        return isinstance(other, Dual) and other.level > self.level

    def made(self, val, eps):
        return Dual(val, eps, self.level)

    def __neg__(self):
        return self.made(-self.val, -self.eps)

    def __add__(self, other):
        if self.below(other):
            return other + self
        if self.knows(other):
            return self.made(self.val + other.val, self.eps + other.eps)
        return self.made(self.val + other, self.eps)

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if self.below(other):
            return other * self
        if self.knows(other):
            return self.made(self.val * other.val, self.val * other.eps + other.val * self.eps)
        return self.made(self.val * other, self.eps * other)

    def __rmul__(self, other):
        return self * other

    def inverse(self):
        return self.made(1.0 / self.val, -self.eps / (self.val * self.val))

    def __truediv__(self, other):
        return self * (other.inverse() if isinstance(other, Dual) else 1.0 / other)

    def __rtruediv__(self, other):
        return self.inverse() * other

    def __pow__(self, other):
        if isinstance(other, Dual):
            return (other * self.log()).exp()
        if other == 0:
            return self.made(self.val ** 0, self.eps * 0.0)
        return self.made(self.val ** other, other * self.val ** (other - 1) * self.eps)

    def __rpow__(self, other):
        return (self * np.log(other)).exp()

    def exp(self):
        return self.made(np.exp(self.val), self.eps * np.exp(self.val))

    def log(self):
        return self.made(np.log(self.val), self.eps / self.val)

    def sin(self):
        return self.made(np.sin(self.val), self.eps * self.cosine(self.val))

    def cosine(self, val):
        return Dual(self.cosine(val.val), -1.0 * val.val.sin() * val.eps, val.level) if self.twice(val) else (
            Dual(np.cos(val.val), -1.0 * np.sin(val.val) * val.eps, val.level) if isinstance(val, Dual) else np.cos(val))

    def twice(self, val):
        return isinstance(val, Dual) and isinstance(val.val, Dual)

    def tanh(self):
        t = np.tanh(self.val)
        return self.made(t, self.eps * (1.0 - t ** 2))

    def sign(self):
        return self.val.sign() if isinstance(self.val, Dual) else np.sign(self.val)

    def relu(self):
        return self if self.sign() > 0 else self.made(0.0 * self.val, 0.0 * self.eps)

    def __abs__(self):
        return self * float(self.sign())
