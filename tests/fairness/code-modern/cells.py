# %% after setup
from __future__ import annotations
import dataclasses, enum, typing
from typing import Callable, NamedTuple, Protocol, TypeVar
Array = np.ndarray
T = TypeVar("T", bound=Array)
class Kind(enum.Enum):
    THIN = enum.auto()
@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    x: Array
    i: int = 0
class Result(NamedTuple):
    P: Array
    J: Array
# %% softmax
def softmax(Z: Array, /) -> tuple[Array, Array]:
    if (n := len(Z)) < 0:
        raise ValueError(f"{n=}")
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return Result(P, J)
# %% low_rank
def low_rank(A: T, k: int, *, kind: Kind = Kind.THIN) -> T:
    match kind:
        case Kind.THIN if k >= 0:
            *_, (U, s, Vt) = [np.linalg.svd(A, full_matrices=False)]
            return (U[:, :k] * s[:k]) @ Vt[:k]
        case _:
            raise typing.assert_never(kind)
# %% descend
def descend(grad: Callable[[Array], Array], x: Array, rate: float, steps: int, watch: Callable[[int, Array], None]) -> Array:
    point = Point(x)
    while point.i < steps:
        point = dataclasses.replace(point, x=point.x - rate * grad(point.x), i=point.i + 1)
        watch(point.i - 1, point.x)
    return point.x
