"""What the tester holds of things that stay in the student's process.

A handle can be called, iterated, indexed, asked for attributes, length, text and number: each is a question to S whose answer is
data or another handle. What it never does is answer an operator with a test value on the other side: `handle == expected` would let
the student's process say "equal". Its truth value is refused for the same reason. A test that needs more runs a helper beside the
student's code (`checks.remote`), and knows that the answer is the student's claim.

Nor does a handle ever answer what a library asks of an object in order to use it as one of its own: numpy would read the tester's
memory at an address that `__array_interface__` names, torch would call `__torch_function__` instead of comparing, and takes whatever
`isinstance` says is a Tensor for one, without a further look.
"""

from __future__ import annotations

import builtins
import types
from typing import Any, NoReturn, Protocol, TypeVar

Exact = TypeVar("Exact")

STANDARD = {
    "function": types.FunctionType,
    "generator": types.GeneratorType,
    "type": type,
    "method": types.MethodType,
    "module": types.ModuleType,
    "builtin_function_or_method": types.BuiltinFunctionType,
}

TOLD = frozenset(
    f"__{word}__"
    for word in (
        *("annotations", "call", "closure", "code", "contains", "defaults", "dict", "doc", "enter", "exit", "func", "getitem", "init"),
        *("iter", "kwdefaults", "len", "module", "next", "qualname", "repr", "self", "setitem", "signature", "str", "text_signature"),
        "wrapped",
    )
)
"""The special attributes that S is asked for; the others compare, or are how libraries take an object for one of theirs."""


class Asker(Protocol):
    """Who carries a handle's questions to S."""

    def call(self, handle: Handle, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    def operate(self, operation: str, *operands: Any) -> Any: ...


class HandleError(TypeError):
    """A test asked a student's object for what it must not decide; `what` describes the object to the student."""

    def __init__(self, message: str, *, what: str = "an object") -> None:
        super().__init__(message)
        self.what = what


class Handle:
    """An object of the student. `isinstance` follows its claimed library classes; its truth, order and equality are refused."""

    __slots__ = ("__weakref__", "_asker", "_classes", "_name", "_number")
    __array_ufunc__ = None
    _name: str
    _number: int

    def __init__(self, asker: Asker, number: int, name: str, classes: list[list[str]]) -> None:
        for field, value in (("_asker", asker), ("_number", number), ("_name", name), ("_classes", classes)):
            object.__setattr__(self, field, value)

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__
        if name in ("_asker", "_number", "_name", "_classes"):
            return own(self, name)
        if name == "__class__":
            return _library_class(own(self, "_classes")) or Handle
        if name == "__name__":
            return own(self, "_name")
        if name in ("__deepcopy__", "__copy__"):
            return own(self, name)
        if name == "__array__":
            _refuse(self, "conversion to an array")
        if name[:2] == "__" == name[-2:] and name not in TOLD:
            raise AttributeError(f"The student's object {own(self, '_name')} is not asked for {name}.")
        return own(self, "_asker").operate("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._asker.operate("setattr", self, name, value)

    def __deepcopy__(self, memo: Any) -> Handle:
        return self

    def __copy__(self) -> Handle:
        return self

    def __len__(self) -> int:
        return _exact(self._asker.operate("len", self), int)

    def __getitem__(self, key: Any) -> Any:
        return self._asker.operate("getitem", self, key)

    def __iter__(self) -> Any:
        iterator = self._asker.operate("iter", self)
        return iterator if type(iterator) is Handle or type(iterator) is CallableHandle else iter(iterator)

    def __next__(self) -> Any:
        return self._asker.operate("next", self)

    def __contains__(self, item: Any) -> bool:
        return _exact(self._asker.operate("contains", self, item), bool)

    def __str__(self) -> str:
        return _exact(self._asker.operate("str", self), str)

    def __float__(self) -> float:
        return _exact(self._asker.operate("float", self), float)

    def __int__(self) -> int:
        return _exact(self._asker.operate("int", self), int)

    def __dir__(self) -> list[str]:
        return _exact(self._asker.operate("dir", self), list)

    def __repr__(self) -> str:
        return f"<student object {self._name}>"

    def __hash__(self) -> int:
        return hash(self._number)

    def __eq__(self, other: object) -> bool:
        if type(other) in (Handle, CallableHandle):
            return bool(self._number == other._number)  # type: ignore[attr-defined]
        _refuse(self, "==")

    def __bool__(self) -> bool:
        _refuse(self, "bool()")

class CallableHandle(Handle):
    """A function, class or other callable of the student."""

    __slots__ = ()

    def __instancecheck__(self, item: Any) -> bool:
        return type(item) in (Handle, CallableHandle) and _exact(self._asker.operate("isinstance", item, self), bool)

    def __subclasscheck__(self, item: Any) -> bool:
        return type(item) is CallableHandle and _exact(self._asker.operate("issubclass", item, self), bool)

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        return self._asker.call(self, args, kwargs)

    def __bool__(self) -> bool:
        return True  # a function is true; there is nothing to decide


def described(handle: Handle) -> str:
    """What kind of object a student's is, in words that no student chooses: they may stand below a hidden test."""
    for module, name in handle._classes:
        match module.split(".")[0], name:
            case "builtins", "function" | "method" | "builtin_function_or_method":
                return "a function, not what it returns"
            case "builtins", "generator" | "map" | "filter" | "zip" | "coroutine":
                return f"a {name}, which holds no values yet"
            case "numpy", "MaskedArray":
                return "a masked array with masked entries"
            case "numpy", "ndarray":
                return "an array of other things than numbers"
            case "torch", "Tensor":
                return "a tensor that is not an ordinary one of numbers"
            case "builtins", "type":
                return "a class"
    return "an object of another class than a test can compare"


def _refuse(handle: Handle, operation: str) -> NoReturn:
    message = f"{operation} is not answered by the student's object {handle._name}: compare plain values, or use checks.remote."
    raise HandleError(message, what=described(handle))


def _refuser(operation: str) -> Any:
    def refuse(self: Handle, *_: Any) -> NoReturn:
        _refuse(self, operation)

    return refuse


for _operation in (
    "lt",
    "le",
    "gt",
    "ge",
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "matmul",
    "and",
    "or",
    "xor",
):
    setattr(Handle, f"__{_operation}__", _refuser(_operation))
    if _operation not in ("lt", "le", "gt", "ge"):
        setattr(Handle, f"__r{_operation}__", _refuser(_operation))
for _operation in ("neg", "pos", "abs", "invert", "round"):
    setattr(Handle, f"__{_operation}__", _refuser(_operation))


def _exact(value: Any, kind: type[Exact]) -> Exact:
    if type(value) is not kind:
        raise HandleError(f"The student's object answered with {type(value).__name__} where {kind.__name__} is needed.")
    return value


def _library_class(classes: list[list[str]]) -> type | None:
    """The nearest class of the claimed ones that this process has too, from the standard library or torch; for isinstance only.
    None that is written in C in torch: torch reads the memory of whatever `isinstance` calls a Tensor as that of a Tensor."""
    import sys

    for module, name in classes:
        if module == "builtins" and name != "object":
            found = STANDARD.get(name) or getattr(builtins, name, None)
        elif module.split(".")[0] in ("torch", "collections"):
            found = getattr(sys.modules.get(module), name, None)
        else:
            found = None
        if isinstance(found, type) and not any(str(c.__module__).startswith("torch._C") for c in found.__mro__):
            return found
    return None
