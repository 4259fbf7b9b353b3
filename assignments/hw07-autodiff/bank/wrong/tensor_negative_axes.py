"""The way back of a sum does not know negative axes.

replaces: Tensor
fails: Tensor-axes
sometimes: Tensor-graphs
"""
class Tensor:
    """An array that remembers how it was made: data, grad, backward()."""

    # Each operation makes a Tensor that knows its parents, and for each of them a function from
    # the cotangent of the result to that of the parent. It needs the arrays, not the result.
    def __init__(self, data, requires_grad=True):
        self.data = np.array(data, dtype=float)
        self.requires_grad, self.grad, self.parents = requires_grad, None, []

    def result(self, data, *parents):
        """The Tensor that an operation makes, with those parents that need a gradient."""
        made = Tensor(data)
        made.parents = [(parent, back) for parent, back in parents if parent.requires_grad]
        made.requires_grad = bool(made.parents)
        return made

    def tensor(self, other):
        return other if isinstance(other, Tensor) else Tensor(other, requires_grad=False)

    def summed(self, shape):
        """The way back of broadcasting from `shape`: sums over the entries that were repeated."""
        def back(g):
            g = g.sum(axis=tuple(range(g.ndim - len(shape))))
            repeated = tuple(i for i, size in enumerate(shape) if size == 1 and g.shape[i] != 1)
            return g.sum(axis=repeated, keepdims=True)
        return back

    def __add__(self, other):
        other = self.tensor(other)
        return self.result(self.data + other.data, (self, self.summed(self.data.shape)),
                           (other, self.summed(other.data.shape)))

    def __mul__(self, other):
        other = self.tensor(other)
        a, b = self.data, other.data
        to_a, to_b = self.summed(a.shape), self.summed(b.shape)
        return self.result(a * b, (self, lambda g: to_a(g * b)), (other, lambda g: to_b(g * a)))

    __radd__, __rmul__ = __add__, __mul__

    def __matmul__(self, other):
        a, b = self.data, other.data
        return self.result(a @ b, (self, lambda g: g @ b.T), (other, lambda g: a.T @ g))

    def exp(self):
        y = np.exp(self.data)
        return self.result(y, (self, lambda g: g * y))

    def log(self):
        a = self.data
        return self.result(np.log(a), (self, lambda g: g / a))

    def relu(self):
        positive = self.data > 0
        return self.result(self.data * positive, (self, lambda g: g * positive))

    def tanh(self):
        y = np.tanh(self.data)
        return self.result(y, (self, lambda g: g * (1 - y * y)))

    def sum(self, axis=None, keepdims=False):
        a = self.data
        summed = range(a.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        kept = tuple(1 if i in summed else size for i, size in enumerate(a.shape))
        return self.result(a.sum(axis=axis, keepdims=keepdims), (self, lambda g: g.reshape(kept) + 0 * a))

    def reshape(self, shape):
        before = self.data.shape
        return self.result(self.data.reshape(shape), (self, lambda g: g.reshape(before)))

    def transpose(self, axes=None):
        n = self.data.ndim
        axes = [axis % n for axis in (range(n)[::-1] if axes is None else axes)]
        back = tuple(np.argsort(axes))
        return self.result(self.data.transpose(axes), (self, lambda g: g.transpose(back)))

    def zero_grad(self):
        self.grad = None

    def backward(self, seed=None):
        if seed is None and self.data.size != 1:
            raise ValueError("a seed is needed: the result has more than one entry")
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:                          # children before parents, without recursion
            node, done = waiting.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting.extend((parent, False) for parent, _ in node.parents)
        cotangents = {id(self): np.array(np.ones(self.data.shape) if seed is None else seed, dtype=float)}
        for node in reversed(order):
            g = cotangents.pop(id(node))
            for parent, back in node.parents:
                part = back(g)
                known = cotangents.get(id(parent))
                cotangents[id(parent)] = part if known is None else known + part
            if node.requires_grad and not node.parents:
                node.grad = g.copy() if node.grad is None else node.grad + g
