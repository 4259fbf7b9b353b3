"""Every result keeps a gradient, also one of constants alone; the order is that of creation.

replaces: Tensor
"""
class Tensor:
    """Creation order is a topological order: a counter and a sort. All results keep a grad."""

    __slots__ = ("data", "grad", "requires_grad", "_age", "_up", "_how", "__weakref__")
    _clock = itertools.count()

    def __init__(self, data, requires_grad=True, _up=(), _how=None):
        self.data = np.asarray(data, dtype=np.float64).copy(order="F")
        self.grad, self.requires_grad = None, bool(requires_grad)
        self._age, self._up, self._how = next(Tensor._clock), _up, _how

    @classmethod
    def _op(cls, value, how, *up):
        return cls(value, True, tuple(up), how)

    def _c(other):
        if isinstance(other, Tensor):
            return other
        return Tensor(other, requires_grad=False)

    def _un(g, like):
        extra = g.ndim - like.ndim
        axes = tuple(range(extra)) + tuple(extra + i for i, m in enumerate(like.shape) if m == 1)
        return np.sum(g, axis=axes).reshape(like.shape)

    def __add__(self, o):
        o = Tensor._c(o)
        x, y = self.data, o.data
        return Tensor._op(np.add(x, y), lambda g: [Tensor._un(g, x), Tensor._un(g, y)], self, o)

    def __radd__(self, o):
        return Tensor._c(o) + self

    def __mul__(self, o):
        o = Tensor._c(o)
        x, y = self.data, o.data
        return Tensor._op(np.multiply(x, y), lambda g: [Tensor._un(g * y, x), Tensor._un(x * g, y)], self, o)

    def __rmul__(self, o):
        return Tensor._c(o) * self

    def __matmul__(self, o):
        x, y = self.data, o.data
        return Tensor._op(np.einsum("ij,jk->ik", x, y),
                          lambda g: [np.einsum("ik,jk->ij", g, y), np.einsum("ik,ij->jk", g, x)], self, o)

    def exp(self):
        x = self.data
        return Tensor._op(np.exp(x), lambda g: [g * np.exp(x)], self)

    def log(self):
        x = self.data
        return Tensor._op(np.log(x), lambda g: [g * (1 / x)], self)

    def relu(self):
        x = self.data
        return Tensor._op(x * (x > 0), lambda g: [g * (np.sign(x) + 1) / 2], self)

    def tanh(self):
        x = self.data
        return Tensor._op(np.tanh(x), lambda g: [g / np.cosh(np.clip(x, -300, 300)) ** 2], self)

    def sum(self, axis=None, keepdims=False):
        x = self.data
        if axis is None:
            axis = tuple(range(x.ndim))
        elif isinstance(axis, (int, np.integer)):
            axis = (axis,)
        axis = tuple(int(a) % x.ndim for a in axis)
        return Tensor._op(np.sum(x, axis=axis, keepdims=keepdims),
                          lambda g: [(g if keepdims else np.expand_dims(g, axis)) + np.zeros(x.shape)], self)

    def reshape(self, shape):
        x = self.data
        return Tensor._op(np.reshape(x, shape), lambda g: [np.reshape(g, x.shape)], self)

    def transpose(self, axes=None):
        def how(g):
            if axes is None:
                return [g.T]
            out = np.empty(tuple(shape))
            np.transpose(out, axes)[...] = g
            return [out]
        shape = self.data.shape
        return Tensor._op(np.transpose(self.data, axes), how, self)

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def backward(self, seed=None):
        if seed is None:
            if self.data.size != 1:
                raise ValueError("backward() without a seed is for tensors with one entry")
            seed = 1.0
        nodes, todo = {}, [self]
        while todo:
            t = todo.pop()
            if t._age not in nodes:
                nodes[t._age] = t
                todo.extend(t._up)
        bars = {self._age: np.zeros(self.data.shape) + seed}
        for age in sorted(nodes, reverse=True):
            t = nodes[age]
            g = bars.pop(age, None)
            if g is None or not t.requires_grad:
                continue
            t.grad = g.copy() if t.grad is None else t.grad + g
            if t._how is not None:
                for u, part in zip(t._up, t._how(g)):
                    bars[u._age] = bars.get(u._age, 0.0) + part
