"""Getting points without the answer: forged verdicts, patched libraries, objects that agree with everything."""
import builtins
import sys
import types

from autograder.sandbox import wire, worker


def mse_loss__says_passed(y_true, y_pred):
    """There is no such answer."""
    wire.encode = lambda *_: [b'["passed", true, {"points": 100}]']
    return 0.0


def mse_loss__returns_the_verdict(y_true, y_pred):
    """As a value it is only text."""
    return {"verdict": "passed", "points": 100}


def mse_loss__faked_notes(y_true, y_pred):
    """The notes say which arguments changed, and nothing about points."""
    worker.same = lambda *_: True
    wire.encode = lambda *_: [b'["ok", 0.0, {"changed": [], "verdict": "passed", "points": 6, "margin": 0}]']
    return 0.0


def mse_loss__changed_is_nonsense(y_true, y_pred):
    """Positions that no list of arguments has."""
    wire.encode = lambda *_: [b'["ok", 0.0, {"changed": [-99, 1e400, [[]], {"int": "0x' + b"f" * 9000 + b'"}]}]']
    return 0.0


def mse_loss__patches_numpy(y_true, y_pred):
    """numpy of this process is not the numpy that compares."""
    for name in "asarray abs isfinite argwhere shape all any allclose".split():
        setattr(np, name, lambda *_, **__: True)
    return 0.0


def mse_loss__patches_builtins(y_true, y_pred):
    """Nor are these the built-ins of the grader."""
    for name in "all any abs isinstance len float".split():
        setattr(builtins, name, lambda *_: True)
    return 0.0


def mse_loss__patches_the_grader(y_true, y_pred):
    """Modules of the same name as the grader's."""
    for name in ("autograder.checks", "autograder.grading", "autograder.plugin", "autograder.report", "pytest", "_pytest.python"):
        sys.modules[name] = types.SimpleNamespace(close=lambda *_, **__: 1.0, refuses=lambda *_, **__: None)
    return 0.0


def mse_loss__patches_the_worker(y_true, y_pred):
    """The server that runs the learner's code answers for every function."""
    worker.Server.call = lambda self, request: self.answer(lambda: 0.0)
    return 0.0


def mse_loss__pytest_hooks(y_true, y_pred):
    """Plugins of a pytest that runs nothing."""
    import _pytest.runner
    _pytest.runner.CallInfo.from_call = None
    return 0.0


def mse_loss__equal_to_everything(y_true, y_pred):
    """An object is not plain data: it does not cross."""
    yes = lambda *_: True
    return type("Yes", (), {f"__{op}__": yes for op in "eq ne lt le gt ge bool float len abs sub rsub".split()})()


def mse_loss__float_equal_to_everything(y_true, y_pred):
    """A subclass arrives as the plain number that it holds."""
    yes = lambda *_: True
    return type("Yes", (float,), {f"__{op}__": yes for op in "eq ne lt le gt ge sub rsub abs float".split()})(0)


def mse_loss__array_on_demand(y_true, y_pred):
    """__array__ is never asked on the trusted side."""
    return type("Lazy", (), {"__array__": lambda self, *_, **__: np.array(3.0), "shape": ()})()


def mse_loss__ufunc_override(y_true, y_pred):
    """Nor is __array_ufunc__."""
    return type("Zero", (), {"__array_ufunc__": lambda self, *_, **__: 0.0, "__array_priority__": 1e9})()


def mse_loss__array_equal_to_everything(y_true, y_pred):
    """A subclass of ndarray arrives as an ndarray."""
    yes = lambda *_: True
    return np.zeros(()).view(type("Yes", (np.ndarray,), {f"__{op}__": yes for op in "eq le lt sub rsub abs".split()}))


def mse_loss__text_that_counts_as_a_number(y_true, y_pred):
    """str is no number, whatever it spells."""
    return "3.0"


def mse_loss__pickle_with_a_program(y_true, y_pred):
    """__reduce__ would run on unpickling, and nobody unpickles."""
    return type("Bomb", (), {"__reduce__": lambda self: (print, ("BREACH",))})()


def mse_loss__exception_with_a_program(y_true, y_pred):
    """Exceptions cross as text."""
    raise type("Bomb", (Exception,), {"__reduce__": lambda self: (print, ("BREACH",))})


def mse_loss__nothing_to_compare(y_true, y_pred):
    """`all` over an empty array is true; the shape is compared first."""
    return np.empty(0)


def mse_loss__not_a_number(y_true, y_pred):
    """Every comparison with nan is false."""
    return np.nan


def mse_loss__infinite(y_true, y_pred):
    """inf - inf is nan."""
    return np.inf


def mse_loss__true(y_true, y_pred):
    """True == 1."""
    return True


def mse_loss__masked(y_true, y_pred):
    """A masked element equals everything."""
    return np.ma.masked_array([0.0], mask=[True])


def mse_loss__row_that_broadcasts(y_true, y_pred):
    """One number of many is right."""
    return np.linspace(0, 10_000, 20_001)


def module__patches_numpy():
    """From the very beginning."""
    np.asarray = np.abs = np.argwhere = np.isfinite = lambda *_, **__: np.zeros(0)


def module__answers_for_all_tasks():
    """Each name of the module becomes a function that agrees."""
    for name in [n for n, f in globals().items() if callable(f)]:
        globals()[name] = lambda *_, **__: 0.0


def module__claims_to_define_everything():
    """A namespace whose keys are not text."""
    globals().update({7: 7, (): (), "mse_loss": lambda *_: 0.0})


def module__is_someone_else():
    """Takes the place of the engine's modules in this process."""
    for name in list(sys.modules):
        if name.startswith("autograder"):
            sys.modules[name] = sys.modules[__name__]
