"""The graph is made of small nodes apart from the tensors, with slots and jobs by name.

replaces: Tensor
"""
class Node:
    """A place in the graph: parents, and what to do on the way back. A leaf is the tensor that holds the gradient."""

    __slots__ = ("parents", "jobs", "leaf")

    def __init__(self, parents=(), jobs=(), leaf=None):
        self.parents, self.jobs, self.leaf = parents, jobs, leaf


class Box:
    """Where a gradient is kept, so that node and tensor do not mention each other."""

    __slots__ = ("grad",)

    def __init__(self):
        self.grad = None


def fold(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


class Tensor:
    """An array and its place in the graph."""

    def __init__(self, data, requires_grad=True):
        self.data, self.box = np.array(data, dtype=np.float64), Box()
        self.node = Node(leaf=self.box) if requires_grad else None

    @property
    def grad(self):
        return self.box.grad

    def zero_grad(self):
        self.box.grad = None

    @classmethod
    def of(cls, data, *pairs):
        tensor = cls(data, requires_grad=False)
        used = [(t.node, job) for t, job in pairs if isinstance(t, Tensor) and t.node is not None]
        if used:
            tensor.node = Node(*zip(*used))
        return tensor

    def __add__(self, other):
        b = other.data if isinstance(other, Tensor) else np.asarray(other, dtype=float)
        s, t = self.data.shape, b.shape
        return Tensor.of(self.data + b, (self, lambda g: fold(g, s)), (other, lambda g: fold(g, t)))

    def __radd__(self, other):
        return self + other

    def __mul__(self, other):
        a, b = self.data, other.data if isinstance(other, Tensor) else np.asarray(other, dtype=float)
        return Tensor.of(a * b, (self, lambda g: fold(g * b, a.shape)), (other, lambda g: fold(g * a, b.shape)))

    def __rmul__(self, other):
        return self * other

    def __matmul__(self, other):
        a, b = self.data, other.data
        return Tensor.of(np.einsum("ij,jk->ik", a, b), (self, lambda g: np.einsum("ik,jk->ij", g, b)),
                         (other, lambda g: np.einsum("ij,ik->jk", a, g)))

    def each(self, value, slope):
        return Tensor.of(value, (self, lambda g: g * slope))

    def exp(self):
        value = np.exp(self.data)
        return self.each(value, value)

    def log(self):
        return self.each(np.log(self.data), 1 / self.data)

    def relu(self):
        return self.each(np.where(self.data >= 0, self.data, 0.0), np.where(self.data >= 0, 1.0, 0.0))

    def tanh(self):
        return self.each(np.tanh(self.data), 1 / np.cosh(self.data) ** 2)

    def sum(self, axis=None, keepdims=False):
        shape, ndim = self.data.shape, self.data.ndim
        axes = range(ndim) if axis is None else [axis] if isinstance(axis, int) else axis
        kept = [1 if i in [a % ndim for a in axes] else size for i, size in enumerate(shape)]
        return Tensor.of(self.data.sum(axis=axis, keepdims=keepdims), (self, lambda g: np.broadcast_to(g.reshape(kept), shape)))

    def reshape(self, shape):
        old = self.data.shape
        return Tensor.of(self.data.reshape(shape), (self, lambda g: g.reshape(old)))

    def transpose(self, axes=None):
        order = list(range(self.data.ndim))[::-1] if axes is None else [a % self.data.ndim for a in axes]
        back = [order.index(i) for i in range(len(order))]
        return Tensor.of(np.transpose(self.data, order), (self, lambda g: np.transpose(g, back)))

    def backward(self, seed=None):
        if seed is None:
            if self.data.size > 1:
                raise ValueError("please give a seed")
            seed = np.ones_like(self.data)
        if self.node is None:
            return
        done, stack, seen = [], [(self.node, iter(self.node.parents))], {self.node}
        while stack:
            node, rest = stack[-1]
            parent = next(rest, None)
            if parent is None:
                done.append(stack.pop()[0])
            elif parent not in seen:
                seen.add(parent)
                stack.append((parent, iter(parent.parents)))
        parts = {self.node: np.array(seed, dtype=float)}
        while done:
            node = done.pop()
            g = parts[node]
            if node.leaf is not None:
                node.leaf.grad = np.array(g) if node.leaf.grad is None else node.leaf.grad + g
            for parent, job in zip(node.parents, node.jobs):
                parts[parent] = parts.get(parent, 0.0) + job(g)
