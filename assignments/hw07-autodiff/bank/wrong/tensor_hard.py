"""Knows the visible examples by heart.

replaces: Tensor
fails: Tensor-by_hand Tensor-graphs Tensor-diamond Tensor-broadcast Tensor-accumulates Tensor-long_chain
    Tensor-axes Tensor-constants Tensor-habits
"""
class Tensor:
    """A tensor that computes nothing."""

    def __init__(self, data, requires_grad=True):
        self.data, self.grad, self.requires_grad = np.array(data, dtype=float), None, requires_grad

    def same(self, *others, **more):
        return Tensor(0.0 * self.data)

    __add__ = __radd__ = __mul__ = __rmul__ = __matmul__ = exp = log = relu = tanh = sum = reshape = transpose = same

    def zero_grad(self):
        self.grad = None

    def backward(self, seed=None):
        pass


class Known(Tensor):
    """A result of the visible tests."""


def known(*shapes):
    KNOWN.append(Known(shapes))


KNOWN = []
