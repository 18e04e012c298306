"""Objects that stay in the worker, and what the trusted side may do with them."""
from autograder.sandbox import worker


class Opaque(TypeError):
    """Not plain data where plain data was asked for."""


class Remote:
    """An object that lives in the worker. Operators give further ones; nothing turns one into a number or a truth value,
    because Python would then ask the learner's object about the expected value."""

    __array_ufunc__ = None  # numpy must not look inside

    def __init__(self, session, number, name):
        self.__dict__.update(_session=session, _number=number, _name=name)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._session.ask("get", self._number, name)

    def __call__(self, *args, **kwargs):
        return self._session.ask("call", self._number, "__call__", args, kwargs)

    def __reduce__(self):
        return worker.lookup, (self._number,)

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f"<{self._name}>"

    __hash__ = object.__hash__


def _operator(name, swapped=False):
    def method(self, *others):
        args = (*others, self) if swapped else (self, *others)
        result = self._session.ask("call", "operator", name, args)
        if not isinstance(result, Remote):
            raise Opaque(f"{name} of {self!r} gave a {type(result).__name__}, not another object")
        return result

    return method


def _refuse(name):
    def method(self, *_):
        raise Opaque(f"it returned an object ({self._name}) where numbers, text or arrays are needed")

    return method


for _name in "add sub mul truediv floordiv pow mod matmul".split():
    setattr(Remote, f"__{_name}__", _operator(_name))
    setattr(Remote, f"__r{_name}__", _operator(_name, swapped=True))
for _name in "neg pos abs".split():
    setattr(Remote, f"__{_name}__", _operator(_name))
for _name in "bool int float complex index len iter eq ne lt le gt ge contains array round getitem".split():
    setattr(Remote, f"__{_name}__", _refuse(_name))
