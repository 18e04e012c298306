"""Forbidden names are found in the source with their line, and refused at run time whatever spelling leads there."""
import pytest

from autograder.sandbox import rules
from autograder.sandbox.student import Raised, Session, Student, Submission

FORBIDS = ["numpy.linalg.inv", "scipy", "helper_task", "@", ".dot"]
FOUND = {  # spelling: the forbidden name, all in line 3 of the module
    "import numpy as np\ndef f(A):\n    return np.linalg.inv(A)": "numpy.linalg.inv",
    "from numpy.linalg import inv as turn\ndef f(A):\n    return turn(A)": "numpy.linalg.inv",
    "import numpy.linalg as la\ndef f(A):\n    return la.inv(A)": "numpy.linalg.inv",
    "import numpy\nla = numpy.linalg\ng = lambda A: la.inv(A)\ndef f(A):\n    return g(A)": "numpy.linalg.inv",
    "import numpy as np\ndef f(A):\n    return getattr(np.linalg, 'inv')(A)": "numpy.linalg.inv",
    "import importlib\ndef f(A):\n    return importlib.import_module('scipy.linalg').inv(A)": "scipy",
    "\ndef f(A):\n    return __import__('scipy').linalg.inv(A)": "scipy",
    "\ndef f(A):\n    from scipy import linalg; return linalg.inv(A)": "scipy",
    "\ndef f(A):\n    import scipy.linalg as s; return s.inv(A)": "scipy",
    "def helper_task(A): return A\ndef f(A):\n    return helper_task(A)": "helper_task",
    "import numpy as np\ndef mine(A):\n    return np.linalg.inv(A)\ndef f(A): return mine(A)": "numpy.linalg.inv",
    "\ndef f(A):\n    return A @ A": "@",
    "\ndef f(A):\n    A @= A; return A": "@",
    "\ndef f(A):\n    return A.__matmul__(A)": "@",
    "\ndef f(A):\n    return A.dot(A)": ".dot",
}
INNOCENT = {
    "a variable of that name": "def helper_task(A): return A\ndef f(A):\n    helper_task = 2 * A\n    return helper_task",
    "an argument of that name": "def helper_task(A): return A\ndef f(helper_task):\n    return helper_task",
    "another task uses it": "import numpy as np\ndef helper_task(A): return np.linalg.inv(A)\ndef f(A):\n    return 2 * A",
    "it is only imported": "from numpy.linalg import inv\ndef f(A):\n    return 2 * A",
    "a name that begins alike": "import numpy as np\ndef f(A):\n    return np.linalg.inverse_of(A)",
    "a word in a text": "def f(A):\n    'numpy.linalg.inv is not needed'\n    return A",
}
AT_RUN_TIME = {
    "pieced together": "import numpy as np\ndef f(A):\n    return getattr(np.linalg, 'in' + 'v')(A)",
    "the inner module": "import numpy as np\ndef f(A):\n    return np.linalg._linalg.__dict__['inv'](A)",
    "exec": "def f(A):\n    exec('import numpy; global r; r = numpy.linalg.inv(A)', {'A': A})",
    "import at the top, piece by piece": "exec('import scipy.linalg')\ns = globals()['scipy'].linalg\ndef f(A):\n    return vars(s)['inv'](A)",
    "a late import": "def f(A):\n    exec('import scipy')",
    "a default argument": "import numpy as np\ndef f(A, g=None):\n    return (g or vars(np.linalg)['inv'])(A)",
}


@pytest.mark.parametrize("source", FOUND)
def test_found_in_the_source_with_its_line(source):
    found = rules.scan(source, "x.py", {"f": FORBIDS, "helper_task": []})
    assert found["forbidden"] == {"f": [[3, FOUND[source]]]}


@pytest.mark.parametrize("what", INNOCENT)
def test_innocent_source_is_let_through(what):
    assert rules.scan(INNOCENT[what], "x.py", {"f": FORBIDS, "helper_task": []})["forbidden"] == {}


@pytest.mark.parametrize("what", AT_RUN_TIME)
def test_refused_at_run_time(what):
    submission = Submission("starter/x.py", AT_RUN_TIME[what], {"f": FORBIDS})
    session = Session(submission, "f")
    try:
        with pytest.raises(Raised) as caught:
            Student(session).f([[2.0]])
        assert submission.scanned["forbidden"] == {}, "then it belongs to the table above"
        assert caught.value.type == "NotAllowed"
        assert caught.value.line
    finally:
        session.close()


def test_what_is_not_forbidden_still_works_beside_it():
    source = ("import numpy as np\ndef f(A):\n    try:\n        return np.random.default_rng(0).random() * 0 + A\n"
              "    except np.linalg.LinAlgError:\n        return 0.0")
    session = Session(Submission("starter/x.py", source, {"f": ["numpy.random.RandomState", "numpy.linalg"]}), "f")
    try:
        assert Student(session).f(2.0) == 2.0
    finally:
        session.close()


@pytest.mark.parametrize("body, stub", [("    raise NotImplementedError", True), ("    'text'\n    ...", True), ("    'text'\n    pass", True),
                                        ("    'text'", True), ("    raise NotImplementedError('later')", True), ("    return 1", False),
                                        ("    if A: raise NotImplementedError", False), ("    raise ValueError", False)])
def test_what_counts_as_a_stub(body, stub):
    assert rules.scan(f"def f(A):\n{body}", "x.py", {})["defines"]["f"]["stub"] is stub
