"""A thin shell around torch.

replaces: Tensor
fails: Tensor-by_hand Tensor-graphs Tensor-diamond Tensor-broadcast Tensor-accumulates Tensor-long_chain
    Tensor-axes Tensor-no_cycles Tensor-constants Tensor-habits
"""
import torch


class Tensor:
    """A tensor of torch."""

    def __init__(self, data, requires_grad=True):
        self.inner = torch.tensor(np.asarray(data, dtype=float), requires_grad=requires_grad)

    def made(self, inner):
        result = Tensor(0.0)
        result.inner = inner
        return result

    def inside(self, other):
        return other.inner if isinstance(other, Tensor) else torch.as_tensor(other)

    @property
    def data(self):
        return self.inner.detach().numpy()

    @property
    def grad(self):
        return None if self.inner.grad is None else self.inner.grad.numpy()

    def __add__(self, other):
        return self.made(self.inner + self.inside(other))

    def __mul__(self, other):
        return self.made(self.inner * self.inside(other))

    def __matmul__(self, other):
        return self.made(self.inner @ self.inside(other))

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        return self.made(self.inner.exp())

    def log(self):
        return self.made(self.inner.log())

    def relu(self):
        return self.made(self.inner.relu())

    def tanh(self):
        return self.made(self.inner.tanh())

    def sum(self, axis=None, keepdims=False):
        return self.made(self.inner.sum() if axis is None and not keepdims else self.inner.sum(dim=axis, keepdim=keepdims))

    def reshape(self, shape):
        return self.made(self.inner.reshape(shape))

    def transpose(self, axes=None):
        return self.made(self.inner.permute(axes or tuple(range(self.inner.ndim))[::-1]))

    def zero_grad(self):
        self.inner.grad = None

    def backward(self, seed=None):
        self.inner.backward(None if seed is None else torch.as_tensor(seed))
