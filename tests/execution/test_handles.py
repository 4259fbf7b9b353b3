"""A handle never lets the student's process decide a comparison, nor be taken by a library for one of its own objects."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.execution.handles import CallableHandle, Handle, HandleError


class Liar:
    """Whatever it is asked for, it has it, and what it answers says "yes"."""

    def __init__(self, answer: Any = None) -> None:
        self.asked: list[str] = []
        self.answer = answer

    def call(self, handle: Handle, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.asked.append("call")
        return self.answer

    def operate(self, operation: str, *operands: Any) -> Any:
        self.asked.append(" ".join([operation, *(item for item in operands if type(item) is str)]))
        if self.answer is not None:
            return self.answer
        return CallableHandle(self, 2, "method", [["builtins", "function"]])


def handle(asker: Liar, *classes: str) -> Handle:
    return Handle(asker, 1, "it", [name.rsplit(".", 1) for name in classes])


SECRET = np.array([1.0, 2.0, 3.0])
ADDRESS = {"shape": (3,), "typestr": "<f8", "data": (SECRET.ctypes.data, False), "version": 3}
COMPARED = {
    "numpy, by an address in the tester's memory": lambda h: np.testing.assert_allclose(h, SECRET),
    "numpy.asarray": np.asarray,
    "numpy.array_equal": lambda h: np.array_equal(h, SECRET),
    "torch.allclose": lambda h: torch.allclose(h, torch.ones(3)),
    "torch.testing": lambda h: torch.testing.assert_close(h, torch.ones(3)),
    "torch.equal": lambda h: torch.equal(torch.ones(3), h),
    "torch.as_tensor": torch.as_tensor,
    "a sum of tensors": lambda h: torch.ones(3) + h,
    "a generator": lambda h: torch.randn(3, generator=h),
    "==": lambda h: h == 3,
    "== within lists": lambda h: [h] == [3],
    "!=": lambda h: h != 3,
    "<": lambda h: h < 3,
    "minus": lambda h: 3.0 - h,
    "truth": bool,
    "a special method by name": lambda h: h.__eq__(3),
    "another by name": lambda h: h.__array__(),
}


CLAIMS = ("torch.Tensor", "torch.nn.parameter.Parameter", "torch._C.Generator", "torch.Generator", "numpy.ndarray")


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("answer", [None, ADDRESS, True], ids=["method", "address", "true"])
@pytest.mark.parametrize("compare", COMPARED)
def test_no_comparison_reaches_the_student(compare: str, answer: Any, claim: str) -> None:
    asker = Liar(answer)
    if compare == "numpy.array_equal":  # which takes every exception for "not equal"
        assert COMPARED[compare](handle(asker, claim)) is False
    else:
        with pytest.raises((TypeError, AttributeError)):
            COMPARED[compare](handle(asker, claim))
    assert not [asked for asked in asker.asked if "__" in asked or asked == "call"]


@pytest.mark.parametrize("claim", ["torch.nn.modules.module.Module", "collections.OrderedDict", "builtins.dict", "builtins.function"])
def test_an_honest_claim_is_what_isinstance_says(claim: str) -> None:
    module, name = claim.rsplit(".", 1)
    kind = type(handle) if name == "function" else getattr(__import__(module, fromlist=[name]), name)
    assert isinstance(handle(Liar(), "__main__.Mine", claim), kind)


def test_what_a_test_may_ask_goes_to_the_student() -> None:
    asker = Liar(5)
    it = handle(asker, "__main__.Mine")
    assert it.weight == 5 and it.__doc__ == 5 and hasattr(it, "__iter__") and len(it) == 5
    assert asker.asked == ["getattr weight", "getattr __doc__", "getattr __iter__", "len"]
    with pytest.raises(HandleError):
        bool(it)
