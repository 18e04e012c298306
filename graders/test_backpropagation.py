"""The checks of project 5. Each check is one claim about one task, worth whole points.

Every check begins with a case that fits on paper: where it fails, that case is the counterexample.
The Values stay in the learner's process: the checks hold handles, and ask for plain numbers.
"""
import numpy as np
import pytest

from autograder.catalogue import load
from autograder.checks import between, close, identical, keeps, numbers, refuses, task

STEP = 1e-30  # of the complex-step derivative


@pytest.fixture(scope="session")
def digits():
    """300 images of 8 by 8 pixels from 0 to 1, in the order of the file, and their labels 0..9."""
    table = load("digits")
    X = np.column_stack([table[name] for name in table if name != "label"])
    return X[:300] / 16, table["label"][:300].astype(int)


def slopes(f, x):
    """All partial derivatives of f at x, to the last digits: the imaginary part of f(x + ih) / h.

    No difference is taken, so nothing cancels; f must not use abs, max or comparisons of complex numbers.
    """
    x = np.asarray(x, complex)
    found = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape, complex)
        step[i] = STEP * 1j
        found[i] = np.imag(f(x + step)) / STEP
    return found


def along(gradient, f, x, step, what):
    """The gradient of f at x has the shape of x and, times a random step, the slope of f along it: one pass, however many entries."""
    gradient = close(gradient, np.zeros(x.shape), atol=np.inf, what=what)
    # The products of both signs cancel: rounding is 1e-16 of the sum of their sizes.
    size = np.sum(np.abs(gradient * step))
    close(np.sum(gradient * step), np.imag(f(x + 1j * STEP * step)) / STEP, rtol=1e-8, atol=1e-10 * size, what=f"{what}, times a random direction")


# --- Value --------------------------------------------------------------------------------------


def slopes_by(leaves, node, longest=20):
    """d node / d leaf for each leaf: along every way back the product of the local gradients, added up."""
    assert not isinstance(node, (int, float)), f".parents holds the plain number {node}: a parent is a Value"
    assert longest, "following .parents does not end: a given number has none, .parents is ()"
    parents = node.parents
    assert isinstance(parents, (tuple, list)), f".parents is a {type(parents).__name__}, expected a tuple"
    if not parents:
        return np.array([float(identical(leaf, node)) for leaf in leaves])
    local = node.local_grads
    assert isinstance(local, (tuple, list)), f".local_grads is a {type(local).__name__}, expected a tuple"
    assert len(parents) == len(local), f"there are {len(parents)} .parents, but {len(local)} .local_grads"
    return sum(g * slopes_by(leaves, p, longest - 1) for p, g in zip(parents, numbers(local, ".local_grads")))


def follows(student, formula, *at, rtol=1e-12):
    """`formula`, computed with Values at these points, has the right number and slopes.

    The same text is evaluated on Values and on complex numbers, whose imaginary parts give the slopes.
    """
    names = "abcd"[:len(at)]
    f = eval(f"lambda {', '.join(names)}: {formula}")
    leaves = [student.objects.Value(x) for x in at]
    node = f(*leaves)
    where = ", ".join(f"{name} = {x:.6g}" for name, x in zip(names, at))
    what = f"{formula} at {where}: .data, slope by {', '.join(names)}"
    exact = [float(f(*at)), *slopes(lambda x: f(*x), at)]
    close([node.data, *slopes_by(leaves, node)], exact, rtol=rtol, what=what)


def is_given(v, what):
    """A number that was not computed has no parents."""
    for name, held in [("parents", v.parents), ("local_grads", v.local_grads)]:
        assert isinstance(held, (tuple, list)) and not held, f"{what} has .{name} = {held}, expected ()"


@task("Value", points=1)
def test_given_number(student, rng):
    """of a given number holds it as a float, and no parents"""
    for x in (2.5, -3, float(rng.normal())):
        v = student.objects.Value(x)
        close([v.data, v.grad], [x, 0.0], what=f"Value({x:.6g}): .data, .grad")
        is_given(v, f"Value({x:.6g})")


@task("Value", points=2)
def test_rules_of_two_values(student, rng):
    """knows the derivatives of a + b, a - b, a * b and a / b by both"""
    # Rounding only: 1e-16 for each operation. At generic points no wrong rule coincides with a right one.
    for a, b in [(3.0, 5.0), (-1.5, 0.4), rng.uniform(2.1, 4, 2).tolist()]:
        for formula in ("a + b", "a - b", "a * b", "a / b"):
            follows(student, formula, a, b)
    for a, b in [(0.0, 3.0), (3.0, 0.0)]:
        follows(student, "a * b", a, b)


@task("Value", points=2)
def test_plain_numbers_on_either_side(student, rng):
    """works with a plain number on either side"""
    for a in (4.0, -rng.uniform(0.2, 0.8)):
        for formula in ("a + 2", "2 + a", "a - 2", "2 - a", "a * 3", "3 * a", "a / 2", "2 / a", "0.7 - a", "-1.3 / a"):
            follows(student, formula, float(a))


@task("Value", points=1)
def test_powers_and_signs(student, rng):
    """knows the derivatives of a ** n and -a"""
    for a in (3.0, float(rng.uniform(0.3, 0.8))):
        for formula in ("a ** 2", "a ** 3", "a ** -1", "a ** 0.5", "-a", "a ** -2.5"):
            follows(student, formula, a)
    follows(student, "a ** 3", -1.7)
    follows(student, "a ** 2", 0.0)
    follows(student, "-(-a)", 1.3)


@task("Value", points=2)
def test_functions_of_a_value(student, rng):
    """knows the derivatives of exp, log, tanh and relu, which is 0 at 0"""
    for name, f, at in [("exp", np.exp, (0.5, -1.2)), ("log", np.log, (0.5, 3.0)), ("tanh", np.tanh, (0.5, -1.2))]:
        for x in (*at, float(rng.uniform(0.2, 1.8))):
            v = student.objects.Value(x)
            y = getattr(v, name)()
            # 1e-11 instead of 1e-12: 1 - tanh² loses a digit to cancellation, whichever way it is computed.
            exact = [f(x), *slopes(lambda x: f(x[0]), [x])]
            close([y.data, *slopes_by([v], y)], exact, rtol=1e-11, what=f"a.{name}() at a = {x:.6g}: .data, slope by a")
    for x in (2.5, -2.5, 0.5, 0.0, float(rng.normal())):
        v = student.objects.Value(x)
        y = v.relu()
        close([y.data, *slopes_by([v], y)], [x, 1.0] if x > 0 else [0.0, 0.0], what=f"a.relu() at a = {x:.6g}: .data, slope by a")


@task("Value", points=2)
def test_operands_are_remembered(student, rng):
    """remembers the very operands, in longer formulas too, and leaves them alone"""
    for a, b in [(3.0, 5.0), rng.uniform(0.4, 2, 2).tolist()]:
        for formula in ("a * a", "a / (a + b)", "(a + b) * (a * b)", "(2 - a * b) ** 2 - b"):
            follows(student, formula, a, b, rtol=1e-11)  # the square may cancel a digit
    x, y = student.objects.Value(3.0), student.objects.Value(5.0)
    node = x * y - x / y
    close([x.data, y.data, x.grad, y.grad, node.grad], [3, 5, 0, 0, 0], what="after a * b - a / b: .data of a, b, .grad of a, b, all")
    is_given(x, "a, after a * b - a / b,")


# --- backward -----------------------------------------------------------------------------------


def sends_back(student, f, text, *at, rtol=1e-9):
    """After backward, the leaves of the graph f(*leaves) hold the slopes of f; root.grad is 1.

    rtol: a few hundred operations round by 1e-14.
    """
    names = "abcd"[:len(at)]
    leaves = [student.objects.Value(x) for x in at]
    root = f(*leaves)
    student.objects.backward(root)
    what = f"{text} at {', '.join(f'{n} = {x:.6g}' for n, x in zip(names, at))}: .grad of {', '.join(names)}, root"
    close([*(leaf.grad for leaf in leaves), root.grad], [*slopes(lambda x: f(*x), at), 1.0], rtol=rtol, what=what)
    return root, leaves


@task("backward", points=2)
def test_two_ways_to_each_leaf(student, rng):
    """adds up both ways from (a + b) * (a * b) to a and to b"""
    for x, y in [(2.0, 3.0), rng.uniform(1, 4, 2).tolist()]:
        a, b = student.objects.Value(x), student.objects.Value(y)
        u, v = a + b, a * b
        root = u * v
        student.objects.backward(root)
        what = f"u * v, u = a + b, v = a * b, at a = {x:.6g}, b = {y:.6g}: .grad of root, u, v, a, b"
        exact = [1.0, x * y, x + y, 2 * x * y + y**2, x**2 + 2 * x * y]
        close([node.grad for node in (root, u, v, a, b)], exact, what=what)


@task("backward", points=2)
def test_node_with_many_users(student, rng):
    """adds what comes in from every user of a node"""
    for x, y in [(3.0, 2.0), rng.uniform(-2, 2, 2).tolist()]:
        sends_back(student, lambda a: a * a, "a * a", x)
        sends_back(student, lambda a: a * a * a + a, "a * a * a + a", x)

        def diamond(a, b):
            u = a * b
            return (u + a) * (u + b)

        sends_back(student, diamond, "(u + a) * (u + b), u = a * b,", x, y)


@task("backward", points=2)
def test_ways_of_different_length(student, rng):
    """waits for the longest way before a node hands its gradient on"""

    def detour(a, b):
        u = a * b
        v = u * u + b
        return u + v * a * b

    def late(a, b):
        u = a + b
        w = u * 3
        return w * w * w * b + u

    for x, y in [(2.0, 3.0), rng.uniform(0.5, 2, 2).tolist()]:
        sends_back(student, detour, "u + (u * u + b) * a * b, u = a * b,", x, y)
        sends_back(student, late, "w * w * w * b + u, u = a + b, w = 3 * u,", x, y)


@task("backward", points=1)
def test_second_call(student, rng):
    """overwrites what former calls left, and works on a single number"""
    root, leaves = sends_back(student, lambda a, b: a * b + a, "a * b + a", 2.0, 3.0)
    student.objects.backward(root)
    close([leaf.grad for leaf in leaves], [4.0, 2.0], what="a * b + a at a = 2, b = 3, called twice: .grad of a, b")
    x, y = rng.uniform(1, 2, 2).tolist()
    a, b = student.objects.Value(x), student.objects.Value(y)
    inner = a * b
    outer = inner * inner * a
    student.objects.backward(outer)
    student.objects.backward(inner)
    close([a.grad, b.grad, inner.grad], [y, x, 1.0], what="inner = a * b, after backward(inner * inner * a), backward(inner): .grad of a, b, inner")
    student.objects.backward(outer)
    close([a.grad, b.grad], [3 * x**2 * y**2, 2 * x**3 * y], what="the same, after backward(inner * inner * a) again: .grad of a, b")
    student.objects.backward(a)
    close(a.grad, 1.0, what="after backward(a) for a given number a: .grad of a")


@task("backward", points=1)
def test_deep_graph(student, rng):
    """is right for formulas of 400 steps"""
    x, w = float(rng.uniform(1, 2)), float(rng.uniform(0.9, 0.95))

    def steps(n):
        def f(a, b):
            y = a
            for _ in range(n):
                y = y * b + a
            return y
        return f

    sends_back(student, steps(2), "y * b + a, 2 times from y = a,", x, w)
    sends_back(student, steps(200), "y * b + a, 200 times from y = a,", x, w)


@task("backward", points=2, seconds=1)
def test_ladder_of_diamonds(student, rng):
    """visits every node once, however many ways lead to it"""
    x, y = rng.uniform(0.4, 0.6, 2).tolist()

    def ladder(n):
        def f(a, b):
            y = a * b
            for _ in range(n):
                y = y * a + y * b
            return y
        return f

    sends_back(student, ladder(3), "y * a + y * b, 3 times from y = a * b,", x, y)
    sends_back(student, ladder(30), "y * a + y * b, 30 times from y = a * b (a billion ways),", x, y)


# --- numerical_jacobian -------------------------------------------------------------------------


def polar(p):
    return np.array([p[0] * np.cos(p[1]), p[0] * np.sin(p[1])])


@task("numerical_jacobian", points=2)
def test_polar_coordinates(student, rng):
    """of polar coordinates has outputs as rows and inputs as columns"""
    # Truncation h² |f'''| / 6 is 1e-10 here, rounding 1e-16 |f| / h is 1e-11; the transpose errs by 1.
    close(student.numerical_jacobian(polar, [2.0, 0.0]), [[1, 0], [0, 2]], atol=1e-8)
    close(student.numerical_jacobian(lambda x: np.array([x[0] * x[1], x[1] ** 2]), [3.0, 2.0]), [[2, 3], [0, 4]], atol=1e-8)
    r, t = rng.uniform(1, 3), rng.uniform(0.2, 1.3)
    exact = [[np.cos(t), -r * np.sin(t)], [np.sin(t), r * np.cos(t)]]
    close(student.numerical_jacobian(polar, [r, t]), exact, atol=1e-8)


@task("numerical_jacobian", points=2)
def test_jacobian_of_a_linear_map(student, rng):
    """of x -> Ax is A, of x -> A sin x is A diag(cos x), for A of any shape"""
    # No truncation for a linear map; rounding 1e-16 |Ax| / h is 1e-10. A function that is sent over never holds its Jacobian.
    wide = lambda x: np.array([x[0] + 2 * x[1] + 3 * x[2], 4 * x[0] + 5 * x[1] + 6 * x[2]])
    tall = lambda x: np.array([x[0] + 4 * x[1], 2 * x[0] + 5 * x[1], 3 * x[0] + 6 * x[1]])
    close(student.numerical_jacobian(wide, [1.0, 1.0, 1.0]), [[1, 2, 3], [4, 5, 6]], atol=1e-8)
    close(student.numerical_jacobian(tall, [1.0, 1.0]), [[1, 4], [2, 5], [3, 6]], atol=1e-8)
    for m, n in [(4, 4), (5, 2), (1, 3), (3, 1)]:
        A, x = rng.normal(size=(m, n)), rng.normal(size=n)
        close(student.numerical_jacobian(lambda x: A @ np.sin(x), x), A * np.cos(x), atol=1e-8)  # truncation |A| h² / 6 = 1e-10


@task("numerical_jacobian", points=2)
def test_error_of_the_jacobian(student, rng):
    """errs by at most h² max|f'''| / 6, and obeys the chain rule"""
    # 1.1 leaves room for rounding, 1e-16 / h; a one-sided quotient errs 100 times the bound.
    J = student.numerical_jacobian(lambda x: x**3, [1.0, 2.0], h=0.1)
    close(J, [[3, 0], [0, 12]], bound=1.1 * np.eye(2) * 0.1**2 + 1e-12)
    x = rng.uniform(-1, 1, 3)
    J = student.numerical_jacobian(lambda x: np.array([np.sin(x[0]), np.exp(x[2])]), x, h=0.01)
    close(J, [[np.cos(x[0]), 0, 0], [0, 0, np.exp(x[2])]], bound=1.1 * 0.01**2 / 6 * np.e * 1.02)
    # This wave is 0.006 long: a step of your own choice (1e-5) errs 100 times as much as h = 1e-6.
    exact, bound = np.diag(1000 * np.cos(1000 * x)), 1.1 * 1e-6**2 / 6 * 1000**3 * np.eye(3) + 1e-12
    close(student.numerical_jacobian(lambda x: np.sin(1000 * x), x, h=1e-6), exact, bound=bound)
    A, B = rng.normal(size=(2, 4)), rng.normal(size=(4, 3))
    exact = A @ np.diag(1 - np.tanh(B @ x) ** 2) @ B  # the factors in the order of the chain rule
    close(student.numerical_jacobian(lambda x: A @ np.tanh(B @ x), x), exact, atol=1e-7)  # rounding 1e-10, truncation 1e-9


@task("numerical_jacobian", points=1)
def test_jacobian_at_integers(student):
    """takes integers as x"""
    # Quadratic: rounding only, 1e-16 * 10 / 1e-5 = 1e-10.
    f = lambda x: np.array([x[0] ** 2, x[0] * x[1], 3 * x[1]])
    close(student.numerical_jacobian(f, [1, 2]), [[2, 0], [2, 1], [0, 3]], atol=1e-7)
    close(student.numerical_jacobian(f, np.array([-2, 3])), [[-4, 0], [3, -2], [0, 3]], atol=1e-7)


@task("numerical_jacobian", points=1)
def test_jacobian_leaves_x_alone(student, rng):
    """leaves x unchanged and refuses a step h <= 0"""
    keeps(student.numerical_jacobian, lambda x: x**2, np.array([1.0, 2.0]))
    keeps(student.numerical_jacobian, lambda x: x**2, rng.normal(size=20))
    refuses(student.numerical_jacobian, lambda x: x**2, [1.0, 2.0], h=0)
    refuses(student.numerical_jacobian, lambda x: x**2, [1.0, 2.0], h=-1e-5)


# --- softmax ------------------------------------------------------------------------------------


def shares(scores):
    """The softmax of a list, one number at a time: p_i = 1 / Σ_j exp(z_j - z_i)."""
    with np.errstate(over="ignore"):
        return [1 / np.sum(np.exp(np.subtract(scores, z))) for z in scores]


@task("softmax", points=2)
def test_shares_of_three(student, rng):
    """gives exp(z) over the sum of all exp(z)"""
    close(student.softmax(np.log([1, 2, 4])), np.array([1, 2, 4]) / 7)
    close(student.softmax([0.0, 0.0]), [0.5, 0.5])
    close(student.softmax([3.0]), [1.0])
    for n in (2, 5, 30):
        z = rng.normal(0, 2, n)
        close(student.softmax(z), shares(z), rtol=1e-10)  # the contract's; rounding is 1e-15


@task("softmax", points=2)
def test_scores_of_any_level(student, rng):
    """stays finite for scores up to 10000, each row for itself"""
    close(student.softmax([1000.0, 1000.0]), [0.5, 0.5])
    close(student.softmax([-1000.0, -1000.0]), [0.5, 0.5])
    rows = np.log([[1, 3], [1, 1], [1, 4]]) + np.array([[0.0], [9000.0], [-9000.0]])
    # The level 9000 leaves scores with a rounding of 1e-12, which is what a share may err by.
    close(student.softmax(rows), [[0.25, 0.75], [0.5, 0.5], [0.2, 0.8]], atol=1e-11)
    z = rng.uniform(-1e4, 1e4, 6)
    close(student.softmax(z), shares(z), atol=1e-11)
    z = rng.normal(size=4)
    close(student.softmax(z + 1e4), shares((z + 1e4) - 1e4), atol=1e-11)


@task("softmax", points=2)
def test_rows_of_a_square_table(student, rng):
    """sums along the last axis, in a square table too"""
    close(student.softmax(np.log([[1, 3], [1, 1]])), [[0.25, 0.75], [0.5, 0.5]])
    for shape in [(4, 4), (2, 5), (3, 3, 3)]:
        Z = rng.normal(size=shape)
        close(student.softmax(Z), np.apply_along_axis(shares, -1, Z), rtol=1e-10)


@task("softmax", points=1)
def test_any_axis(student, rng):
    """sums along the axis that is asked for"""
    close(student.softmax(np.log([[1, 3], [1, 1]]), axis=0), [[0.5, 0.75], [0.5, 0.25]])
    Z = rng.normal(size=(2, 3, 4))
    for axis in (0, 1, 2, -2):
        close(student.softmax(Z, axis=axis), np.apply_along_axis(shares, axis, Z), rtol=1e-10)
    Z[0] += 5000
    close(student.softmax(Z, axis=1), np.apply_along_axis(shares, 1, Z), atol=1e-11)


@task("softmax", points=1)
def test_scores_stay_as_they_are(student, rng):
    """leaves Z unchanged, takes integers, refuses a single number"""
    keeps(student.softmax, np.array([1.0, 2.0]))
    keeps(student.softmax, rng.normal(size=(3, 4)))
    close(keeps(student.softmax, np.array([[0, 0], [0, 0]])), [[0.5, 0.5], [0.5, 0.5]])
    close(student.softmax(np.array([1, 2], np.uint8)), shares([1.0, 2.0]))  # 1 - 2 is 255 there
    refuses(student.softmax, 3.0)
    refuses(student.softmax, [1.0, 2.0], axis=1)


# --- softmax_cross_entropy ----------------------------------------------------------------------


def cross_entropy(Z, y):
    """The mean of log Σ_j exp(z_j - z_y), for moderate scores, real or complex."""
    rows = np.arange(len(y))
    return np.mean(np.log(np.exp(Z - Z[rows, y][:, None]).sum(axis=1)))


# Rounding: 1e-15 of the scores' differences. A probability near 1 leaves 1e-16 in p - 1: hence atol.
EXACT = {"rtol": 1e-9, "atol": 1e-10}


@task("softmax_cross_entropy", points=2)
def test_loss_of_one_sample(student, rng):
    """is right for one and for two samples"""
    loss, G = student.softmax_cross_entropy(np.log([[1, 2, 4]]), [2])
    close(loss, np.log(7 / 4))
    close(G, [[1 / 7, 2 / 7, -3 / 7]])
    loss, G = student.softmax_cross_entropy(np.log([[1, 2, 4], [1, 1, 1]]), [0, 1])
    close(loss, (np.log(7) + np.log(3)) / 2)
    close(G, [[-3 / 7, 1 / 7, 2 / 7], [1 / 6, -1 / 3, 1 / 6]])
    loss, _ = student.softmax_cross_entropy(np.full((4, 10), 3.0), [0, 3, 9, 9])
    close(loss, np.log(10))
    Z, y = rng.normal(size=(6, 4)), rng.integers(0, 4, 6)
    loss, _ = student.softmax_cross_entropy(Z, y)
    close(loss, cross_entropy(Z, y), **EXACT)


@task("softmax_cross_entropy", points=2)
def test_gradient_is_the_slope_of_the_loss(student, rng):
    """returns the slope of the loss by every logit"""
    _, G = student.softmax_cross_entropy([[0.0, 0.0], [0.0, 0.0]], [1, 0])
    close(G, [[0.25, -0.25], [-0.25, 0.25]])
    for n, k in [(5, 3), (3, 6), (4, 4)]:
        Z, y = rng.normal(0, 2, size=(n, k)), rng.integers(0, k, n)
        _, G = student.softmax_cross_entropy(Z, y)
        close(G, slopes(lambda Z: cross_entropy(Z, y), Z), **EXACT)


@task("softmax_cross_entropy", points=2)
def test_confident_mistakes(student, rng):
    """is exact where a sample is wrong by 1000 or by 20000"""
    for scores, label, exact in [([0.0, 1000.0], 0, 1000.0), ([-1e4, 1e4, 0.0], 0, 2e4), ([0.0, 40.0], 0, 40.0), ([0.0, 1000.0], 1, 0.0)]:
        loss, G = student.softmax_cross_entropy([scores], [label])
        close(loss, exact, **EXACT)
        close(G, [np.eye(len(scores))[np.argmax(scores)] - np.eye(len(scores))[label]], **EXACT)
    Z, y = rng.normal(size=(3, 4)), np.array([1, 0, 3])
    loss, G = student.softmax_cross_entropy(Z + [[0.0], [9000.0], [-9000.0]], y)  # a level changes nothing, up to 1e-12
    close(loss, cross_entropy(Z, y), **EXACT)
    close(G, slopes(lambda Z: cross_entropy(Z, y), Z), **EXACT)


@task("softmax_cross_entropy", points=1)
def test_loss_of_a_repeated_batch(student, rng):
    """is a mean: a batch that is repeated has the same loss"""
    for Z, y in [(np.log([[1.0, 3.0]]), np.array([0])), (rng.normal(size=(5, 3)), rng.integers(0, 3, 5))]:
        for copies in (1, 4):
            loss, G = student.softmax_cross_entropy(np.tile(Z, (copies, 1)), np.tile(y, copies))
            close(loss, cross_entropy(Z, y), **EXACT)
            close(copies * np.asarray(numbers(G, "the gradient"))[:len(y)], slopes(lambda Z: cross_entropy(Z, y), Z), **EXACT)


@task("softmax_cross_entropy", points=1, seconds=2)
def test_cost_of_many_classes(student, rng):
    """costs about as much as the loss alone, not one loss for each logit"""
    for n, k in [(3, 4), (100, 800)]:  # 100 by 800: some milliseconds, and 80,000 times as many where the logits are nudged one by one
        Z, y, V = rng.normal(size=(n, k)), rng.integers(0, k, n), rng.normal(size=(n, k))
        loss, G = student.softmax_cross_entropy(Z, y)
        close(loss, cross_entropy(Z, y), **EXACT)
        along(G, lambda Z: cross_entropy(Z, y), Z, V, "the gradient")


@task("softmax_cross_entropy", points=1)
def test_logits_stay_as_they_are(student, rng):
    """leaves its arguments unchanged and takes integer logits"""
    loss, G = keeps(student.softmax_cross_entropy, np.array([[0, 0]]), np.array([1]))
    close(loss, np.log(2))
    close(G, [[0.5, -0.5]])
    keeps(student.softmax_cross_entropy, np.array([[1.0, 2.0]]), np.array([1]))
    keeps(student.softmax_cross_entropy, rng.normal(size=(4, 3)), np.array([0, 2, 1, 1]))


@task("softmax_cross_entropy", points=1)
def test_labels_must_be_classes(student):
    """refuses labels outside 0..k-1 and shapes that do not fit"""
    refuses(student.softmax_cross_entropy, [[1.0, 2.0]], [-1])
    refuses(student.softmax_cross_entropy, [[1.0, 2.0]], [2])
    refuses(student.softmax_cross_entropy, [[1.0, 2.0], [3.0, 5.0]], [1, -1])
    refuses(student.softmax_cross_entropy, [[1.0, 2.0], [3.0, 5.0]], [0, 2])
    refuses(student.softmax_cross_entropy, [[1.0, 2.0], [3.0, 5.0]], [0])
    refuses(student.softmax_cross_entropy, [[1.0, 2.0]], [0, 1])
    refuses(student.softmax_cross_entropy, np.empty((0, 2)), np.empty(0, int))


# --- linear_backward ----------------------------------------------------------------------------


def layer_slopes(G, X, W):
    """The slopes of Σ G_ij Y_ij, Y = XW + b, by X, W and b: a loss whose gradient by Y is G."""
    return (slopes(lambda X: np.sum(G * (X @ W)), X), slopes(lambda W: np.sum(G * (X @ W)), W),
            slopes(lambda b: np.sum(G * (X @ W + b)), np.zeros(W.shape[1])))


def is_layer_gradient(student, G, X, W):
    got, exact = student.linear_backward(G, X, W), layer_slopes(*map(np.asarray, (G, X, W)))
    dX, dW, db = got
    # rtol is the contract's, rounding 1e-15; atol, because terms of both signs may cancel.
    close(dX, exact[0], rtol=1e-10, atol=1e-12, what="dX")
    close(dW, exact[1], rtol=1e-10, atol=1e-12, what="dW")
    close(db, exact[2], rtol=1e-10, atol=1e-12, what="db")


@task("linear_backward", points=1)
def test_one_sample_back(student, rng):
    """is right for one sample"""
    is_layer_gradient(student, [[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]])
    is_layer_gradient(student, rng.normal(size=(1, 2)), rng.normal(size=(1, 3)), rng.normal(size=(3, 2)))


@task("linear_backward", points=2)
def test_gradient_of_a_layer(student, rng):
    """equals the slopes of the loss for any numbers of rows and columns"""
    for n, d, k in [(2, 1, 3), (5, 3, 2), (3, 6, 4), (1, 1, 1)]:
        is_layer_gradient(student, rng.normal(size=(n, k)), rng.normal(size=(n, d)), rng.normal(size=(d, k)))


@task("linear_backward", points=2)
def test_gradient_of_a_square_layer(student, rng):
    """equals them where all shapes are square, so that none gives a hint"""
    is_layer_gradient(student, [[1.0, 2.0], [0.0, 1.0]], [[3.0, 4.0], [1.0, 0.0]], [[5.0, 6.0], [7.0, 8.0]])
    is_layer_gradient(student, *rng.normal(size=(3, 4, 4)))


@task("linear_backward", points=1)
def test_batch_in_two_parts(student, rng):
    """adds up over the samples, without another 1/n"""
    for n in (3, 12):
        X, G = np.full((n, 1), 2.0), np.full((n, 1), 1.0)
        dX, dW, db = student.linear_backward(G, X, [[5.0]])
        close(dW, [[2.0 * n]], what="dW")
        close(db, [1.0 * n], what="db")
        close(dX, np.full((n, 1), 5.0), what="dX")
    G, X, W = rng.normal(size=(6, 2)), rng.normal(size=(6, 3)), rng.normal(size=(3, 2))
    parts = [layer_slopes(G[rows], X[rows], W) for rows in (slice(0, 2), slice(2, 6))]
    _, dW, db = student.linear_backward(G, X, W)
    close(dW, parts[0][1] + parts[1][1], atol=1e-12, what="dW")
    close(db, parts[0][2] + parts[1][2], atol=1e-12, what="db")


@task("linear_backward", points=2, seconds=2)
def test_cost_of_a_wide_layer(student, rng):
    """costs about as much as the forward pass, not one for each weight"""
    for n, d, k in [(3, 2, 2), (50, 800, 100)]:  # 800 by 100: some milliseconds, and 80,000 times as many where each weight is nudged
        G, X, W, U, V = (rng.normal(size=size) for size in [(n, k), (n, d), (d, k), (n, d), (d, k)])
        dX, dW, db = student.linear_backward(G, X, W)
        along(dX, lambda X: np.sum(G * (X @ W)), X, U, "dX")
        along(dW, lambda W: np.sum(G * (X @ W)), W, V, "dW")
        close(db, [sum(column) for column in G.T.tolist()], rtol=1e-10, atol=1e-12, what="db")


@task("linear_backward", points=1)
def test_layer_of_integers(student, rng):
    """takes integers and leaves its arguments unchanged"""
    dX, dW, db = keeps(student.linear_backward, np.array([[1], [2]]), np.array([[3, 4], [5, 6]]), np.array([[7], [8]]))
    close(dX, [[7, 8], [14, 16]], what="dX")
    close(dW, [[13], [16]], what="dW")
    close(db, [3], what="db")
    keeps(student.linear_backward, rng.normal(size=(4, 2)), rng.normal(size=(4, 3)), rng.normal(size=(3, 2)))


@task("linear_backward", points=1)
def test_layer_of_misfits(student):
    """refuses shapes that do not fit together"""
    X, W = np.ones((3, 2)), np.ones((2, 4))
    refuses(student.linear_backward, np.ones((2, 4)), X, W)  # one row of dout is missing
    refuses(student.linear_backward, np.ones((3, 2)), X, W)  # dout has the columns of X
    refuses(student.linear_backward, np.ones((3, 4)), X, W.T)
    refuses(student.linear_backward, np.ones((3, 4)), np.ones((3, 5)), W)  # each product alone would do
    refuses(student.linear_backward, np.ones((1, 4)), X, W)  # numpy would broadcast
    refuses(student.linear_backward, np.ones(4), X, W)


# --- gradient_check -----------------------------------------------------------------------------


@task("gradient_check", points=2)
def test_right_and_wrong_claims(student, rng):
    """is 0 for a right gradient, 1/3 for its double, 1 for the wrong sign"""
    # The central difference of x·x errs by 1e-16 * 5 / 1e-5 = 5e-11, relative to slopes of 2 or more.
    for x in ([1.0, 2.0], rng.uniform(1, 2, 5)):
        f = lambda x: np.sum(x**2)
        for grad, exact in [(lambda x: 2 * x, 0.0), (lambda x: 4 * x, 1 / 3), (lambda x: -2 * x, 1.0), (lambda x: x, 1 / 3), (lambda x: 0 * x, 1.0)]:
            close(student.gradient_check(f, grad, x), exact, atol=1e-8)
    x = rng.uniform(0.5, 1, 3)
    error = student.gradient_check(lambda x: np.sum(np.sin(x)), np.cos, x)
    between(error, 0, 1e-8, "the error of a right gradient")  # truncation h² / 6 = 2e-11


@task("gradient_check", points=2)
def test_one_small_wrong_entry(student, rng):
    """reports the worst entry, however small it is and on whichever side it errs"""
    # The differences of these functions err by 1e-16 * |f| / 1e-5 = 1e-9; relative to a slope of 0.02 that is 1e-7.
    f = lambda x: 50 * x[0] + 0.02 * x[1]
    close(student.gradient_check(f, lambda x: np.array([50, 0.01]), [0.1, 0.1]), 1 / 3, atol=1e-6)
    close(student.gradient_check(f, lambda x: np.array([50, 0.06]), [0.1, 0.1]), 1 / 2, atol=1e-6)
    close(student.gradient_check(f, lambda x: np.array([50, -0.02]), [0.1, 0.1]), 1.0, atol=1e-6)
    slope = np.append(rng.uniform(20, 50, 8), [-0.02, 0.03])
    claim = np.append(slope[:8], [-0.01, 0.03])
    x = rng.uniform(0.01, 0.02, 10)
    close(student.gradient_check(lambda x: slope @ x, lambda x: claim, x), 1 / 3, atol=1e-6)


@task("gradient_check", points=1)
def test_flat_places(student):
    """is 0, never nan, where both slopes vanish"""
    close(student.gradient_check(lambda x: 0.0, lambda x: np.zeros(2), [1.0, 2.0]), 0.0)
    close(student.gradient_check(lambda x: x[0] ** 2, lambda x: np.array([2 * x[0], 0.0]), [1.0, 5.0]), 0.0, atol=1e-8)
    # Both below the floor: |a - n| is 3e-9, and 1e-8 stands below it, not their sum.
    close(student.gradient_check(lambda x: 0.0, lambda x: np.array([3e-9]), [1.0]), 0.3, atol=1e-8)


@task("gradient_check", points=1)
def test_check_of_a_table(student, rng):
    """takes x of any shape and any h > 0, and leaves x unchanged"""
    f, grad = (lambda x: np.sum(x**3)), (lambda x: 3 * x**2)
    error = 0.1**2 / (6 * 2.0**2 + 0.1**2)  # the slope 3x² is measured as 3x² + h²
    close(keeps(student.gradient_check, f, grad, np.array([[2, 2], [2, 2]]), h=0.1), error)
    close(student.gradient_check(f, grad, np.full((2, 3), 2.0), h=0.01), 0.01**2 / (24 + 0.01**2), rtol=1e-6)  # rounding 1e-13 / 4e-6
    keeps(student.gradient_check, f, grad, rng.normal(size=(2, 2, 2)))
    refuses(student.gradient_check, f, grad, [1.0, 2.0], h=0)
    refuses(student.gradient_check, f, grad, [1.0, 2.0], h=-1e-5)


# --- mlp_gradients ------------------------------------------------------------------------------


def network_loss(X, y, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.where(np.real(Z1) > 0, Z1, 0)
    return cross_entropy(H @ params["W2"] + params["b2"], y)


def network_slopes(X, y, params):
    return {name: slopes(lambda p: network_loss(X, y, {**params, name: p}), params[name]) for name in params}


def network(rng, d, h, k):
    return {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h), "W2": rng.normal(size=(h, k)), "b2": rng.normal(size=k)}


def is_gradient(got, exact):
    """Every parameter has its slopes; the ones nearest to the output come first."""
    # Rounding: 1e-14 of terms of size 1 that may cancel; the contract's 1e-8 beside it.
    assert isinstance(got, dict), f"the gradients are a {type(got).__name__}, expected a dict"
    missing = exact.keys() - got.keys()
    assert not missing, f"the gradients lack the key {min(missing)}"
    for name in ("b2", "W2", "b1", "W1"):
        close(got[name], exact[name], rtol=1e-8, atol=1e-10, what=f"the gradient by {name}")


def paper():
    return {"W1": np.array([[1.0, 1.0], [1.0, -1.0]]), "b1": np.zeros(2), "W2": np.array([[2.0, 1.0], [1.0, 5.0]]), "b2": np.array([0.0, 3.0])}


@task("mlp_gradients", points=2)
def test_network_on_paper(student, rng):
    """is right for the network of the docstring"""
    loss, grads = student.mlp_gradients([[1.0, 2.0]], [0], paper())
    close(loss, np.log(2))
    is_gradient(grads, {"W1": [[-0.5, 0], [-1, 0]], "b1": [-0.5, 0], "W2": [[-1.5, 1.5], [0, 0]], "b2": [-0.5, 0.5]})
    X, y, params = rng.normal(size=(2, 2)), np.array([1, 0]), network(rng, 2, 3, 2)
    loss, grads = student.mlp_gradients(X, y, params)
    close(loss, network_loss(X, y, params), rtol=1e-8)
    is_gradient(grads, network_slopes(X, y, params))


@task("mlp_gradients", points=3)
def test_slopes_of_the_network(student, rng):
    """equals the slopes of the loss by all four parameters"""
    for n, d, h, k in [(6, 2, 5, 3), (9, 4, 3, 2)]:
        X, y, params = rng.normal(size=(n, d)), rng.integers(0, k, n), network(rng, d, h, k)
        loss, grads = student.mlp_gradients(X, y, params)
        close(loss, network_loss(X, y, params), rtol=1e-8)
        is_gradient(grads, network_slopes(X, y, params))


@task("mlp_gradients", points=2)
def test_square_network(student, rng):
    """equals them where n = d = h = k, so that no shape gives a hint"""
    for n in (2, 4):
        X, y, params = rng.normal(size=(n, n)), rng.integers(0, n, n), network(rng, n, n, n)
        loss, grads = student.mlp_gradients(X, y, params)
        close(loss, network_loss(X, y, params), rtol=1e-8)
        is_gradient(grads, network_slopes(X, y, params))


@task("mlp_gradients", points=2)
def test_hidden_units_at_zero(student, rng):
    """sends nothing back through hidden units that are off or exactly at 0"""
    loss, grads = student.mlp_gradients([[0.0, 0.0]], [0], paper())  # both units at exactly 0
    is_gradient(grads, {"W1": np.zeros((2, 2)), "b1": [0, 0], "W2": np.zeros((2, 2)), "b2": np.array([-1, 1]) / (1 + np.exp(-3))})
    X, y, params = rng.normal(size=(5, 3)), rng.integers(0, 2, 5), network(rng, 3, 4, 2)
    params["b1"][:] = [-50, 0, 0, 50]  # the first unit is always off, the last one always on
    X[2] = 0
    _, grads = student.mlp_gradients(X, y, params)
    is_gradient(grads, network_slopes(X, y, params))


@task("mlp_gradients", points=1)
def test_network_on_digits(student, rng, digits):
    """is right for a batch of 8 by 8 images"""
    images, labels = digits
    rows = rng.choice(300, 12, replace=False)
    X, y, params = images[rows], labels[rows], network(rng, 64, 4, 10)
    loss, grads = student.mlp_gradients(X, y, params)
    close(loss, network_loss(X, y, params), rtol=1e-8)
    is_gradient(grads, network_slopes(X, y, params))


@task("mlp_gradients", points=2, seconds=2)
def test_cost_of_a_wide_network(student, rng):
    """costs about as much as a few forward passes, not one per weight"""
    for n, d, h, k in [(9, 3, 4, 3), (50, 800, 100, 10)]:  # 81,000 weights: a forward pass for each takes half a minute, backpropagation 0.01 s
        X, y, params = rng.normal(size=(n, d)), rng.integers(0, k, n), network(rng, d, h, k)
        params = {**params, "W1": params["W1"] / np.sqrt(d), "W2": params["W2"] / np.sqrt(h)}
        _, grads = student.mlp_gradients(X, y, params)
        missing = params.keys() - grads.keys()
        assert not missing, f"the gradients lack the key {min(missing)}"
        for name in params:
            step = rng.normal(size=params[name].shape)
            along(grads[name], lambda p: network_loss(X, y, {**params, name: p}), params[name], step, f"the gradient by {name}")


@task("mlp_gradients", points=1)
def test_params_stay_as_they_are(student, rng):
    """leaves params, X and y unchanged, and takes lists"""
    keeps(student.mlp_gradients, np.array([[1.0, 2.0]]), np.array([0]), paper())
    keeps(student.mlp_gradients, rng.normal(size=(4, 3)), np.array([0, 1, 1, 0]), network(rng, 3, 5, 2))
    loss, grads = student.mlp_gradients([[1, 2]], [0], {name: value.astype(int).tolist() for name, value in paper().items()})
    close(loss, np.log(2))
    close(grads["W1"], [[-0.5, 0], [-1, 0]], what="the gradient by W1", atol=1e-12)


@task("mlp_gradients", points=1)
def test_network_of_misfits(student):
    """refuses shapes that do not fit together and labels out of range"""
    X = np.array([[1.0, 2.0], [0.0, 1.0]])
    refuses(student.mlp_gradients, X, [0, 2], paper())
    refuses(student.mlp_gradients, X, [0, -1], paper())
    refuses(student.mlp_gradients, X, [0], paper())
    refuses(student.mlp_gradients, X[:, :1], [0, 1], paper())
    refuses(student.mlp_gradients, X, [0, 1], {**paper(), "W2": np.ones((3, 2))})


# --- adam_step ----------------------------------------------------------------------------------


def adam(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step for a single number, in Python's floats."""
    m = m + (1 - beta1) * (grad - m)
    v = v + (1 - beta2) * (grad * grad - v)
    return theta - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps), m, v


def steps_like_adam(student, theta, grad, m, v, t, **options):
    """The three results agree, entry by entry, with the formula for one number."""
    got = student.adam_step(theta, grad, m, v, t, **options)
    exact = [adam(*row, t, **options) for row in zip(*map(np.ravel, (theta, grad, m, v)))]
    shape = np.shape(theta)
    theta, m, v = got
    # The contract's 1e-10; 1 - beta^t cancels three digits at t = 1, so rounding is 1e-13.
    close(m, np.reshape([e[1] for e in exact], shape), rtol=1e-10, what="m'")
    close(v, np.reshape([e[2] for e in exact], shape), rtol=1e-10, what="v'")
    close(theta, np.reshape([e[0] for e in exact], shape), rtol=1e-10, what="theta'")
    return theta, m, v


@task("adam_step", points=2)
def test_first_step(student, rng):
    """moves by about lr in the first step, whatever the gradient"""
    theta, m, v = student.adam_step([1.0], [0.5], [0.0], [0.0], 1)
    close(m, [0.05], what="m'")
    close(v, [0.00025], what="v'")
    close(theta, [1 - 0.001 * 0.5 / (0.5 + 1e-8)], rtol=1e-10, what="theta'")  # a step of lr is 1e-3: 1e-10 sees its first 7 digits
    zero, gradient = np.zeros(4), np.append([1e-3, -1e3], rng.normal(size=2))
    steps_like_adam(student, zero, gradient, zero, zero, 1)


@task("adam_step", points=2)
def test_later_steps(student, rng):
    """is right in steps 2, 3 and 10, with means that are not 0"""
    # theta = 0, so that theta' is the step itself and all its digits count.
    steps_like_adam(student, [0.0], [2.0], [1.0], [0.5], 2)
    for t in (2, 3, 10):
        theta, grad, m = rng.normal(size=(3, 5))
        steps_like_adam(student, 0 * theta, grad, m, rng.uniform(0.1, 2, 5), t)
        steps_like_adam(student, theta, grad, m, rng.uniform(0.1, 2, 5), t)


@task("adam_step", points=2)
def test_tiny_gradients(student, rng):
    """adds eps to the root, after the correction"""
    steps_like_adam(student, [0.0], [1e-9], [0.0], [0.0], 1)  # m̂ / (sqrt(v̂) + eps) = 1/11
    steps_like_adam(student, [0.0, 0.0], [0.0, -1e-8], [0.0, 0.0], [0.0, 0.0], 1)
    steps_like_adam(student, np.zeros(3), rng.normal(0, 1e-8, 3), rng.normal(0, 1e-8, 3), rng.uniform(0, 1e-16, 3), 5, eps=1e-7)


@task("adam_step", points=1)
def test_own_settings(student, rng):
    """uses lr, beta1, beta2 and eps as given, in three steps on end"""
    options = {"lr": 0.1, "beta1": 0.5, "beta2": 0.75, "eps": 1e-3}
    steps_like_adam(student, [0.0], [2.0], [0.0], [0.0], 1, **options)
    state = np.zeros((3, 4))
    for t in (1, 2, 3):
        theta, m, v = state
        state = np.array(steps_like_adam(student, theta, rng.normal(size=4), m, v, t, **options))


@task("adam_step", points=1)
def test_state_stays_as_it_is(student, rng):
    """leaves its arguments unchanged, takes tables and integers, refuses t < 1"""
    keeps(student.adam_step, np.array([1.0]), np.array([0.5]), np.array([0.1]), np.array([0.2]), 2)
    keeps(student.adam_step, *rng.normal(size=(3, 2, 2)), rng.uniform(1, 2, (2, 2)), 3)
    steps_like_adam(student, np.array([[1, 2], [3, 4]]), np.array([[1, 0], [-2, 5]]), np.array([[0, 1], [0, 2]]), np.array([[1, 1], [2, 2]]), 4)
    refuses(student.adam_step, [1.0], [0.5], [0.0], [0.0], 0)
    refuses(student.adam_step, [1.0], [0.5], [0.0], [0.0], -1)


# --- newton_minimize ----------------------------------------------------------------------------


def newton(grad, hess, x, n_steps):
    """The path for two coordinates, by Cramer's rule."""
    path = [list(x)]
    for _ in range(n_steps):
        (p, q), (r, s) = hess(path[-1])
        u, v = grad(path[-1])
        path.append([path[-1][0] - (u * s - q * v) / (p * s - q * r), path[-1][1] - (p * v - u * r) / (p * s - q * r)])
    return path


def valley_gradient(x):
    """Of f(x) = x0⁴ + 3 x0² + x0 x1 + x1² + exp(x1): convex and coupled."""
    return np.array([4 * x[0] ** 3 + 6 * x[0] + x[1], x[0] + 2 * x[1] + np.exp(x[1])])


def valley_hessian(x):
    return np.array([[12 * x[0] ** 2 + 6, 1.0], [1.0, 2 + np.exp(x[1])]])


@task("newton_minimize", points=2)
def test_bowl_in_one_step(student, rng):
    """lands in the minimum of a bowl after one step"""
    H = np.array([[2.0, 1.0], [1.0, 2.0]])
    close(student.newton_minimize(lambda x: H @ x, lambda x: H, [3.0, 5.0], 1), [[3, 5], [0, 0]], atol=1e-12)
    close(student.newton_minimize(lambda x: 4 * x - 2, lambda x: np.array([[4.0]]), [3.0], 1), [[3], [0.5]])
    B, low = rng.normal(size=(4, 4)), rng.normal(size=4)
    S = B @ B.T + np.eye(4)  # condition below 100 or so: rounding 1e-14
    c = S @ low  # the minimum itself is not sent over
    path = student.newton_minimize(lambda x: S @ x - c, lambda x: S, np.ones(4), 2)
    close(path, [np.ones(4), low, low], rtol=1e-8, atol=1e-9)


@task("newton_minimize", points=2)
def test_path_in_a_valley(student, rng):
    """computes gradient and Hessian anew at every point, however it is curved"""
    cubic = lambda x: x**3 - 8  # of f(x) = x⁴/4 - 8x: from 1 to 1 + 7/3
    close(student.newton_minimize(cubic, lambda x: np.array([[3 * x[0] ** 2]]), [1.0], 1), [[1], [10 / 3]])
    saddle = np.diag([2.0, -4.0])  # curved upwards one way, downwards the other: the slope is 0 in the middle all the same
    close(student.newton_minimize(lambda x: saddle @ x, lambda x: saddle, [3.0, 5.0], 1), [[3, 5], [0, 0]])
    for x in ([1.0, 1.0], rng.uniform(1, 2, 2)):
        # Newton squares the error of every step: rounding does not grow. rtol is the contract's.
        close(student.newton_minimize(valley_gradient, valley_hessian, x, 6), newton(valley_gradient, valley_hessian, x, 6), rtol=1e-8, atol=1e-10)


@task("newton_minimize", points=1)
def test_newton_at_integers(student):
    """returns the whole path from x0, which may be integers and stays as it is"""
    H = np.array([[2.0, 0.0], [1.0, 4.0]])
    path = keeps(student.newton_minimize, lambda x: H @ x - 1, lambda x: H, np.array([3, 4]), 1)
    close(path, [[3, 4], [0.5, 0.125]])
    close(student.newton_minimize(lambda x: H @ x, lambda x: H, [3, 5], 0), [[3, 5]])
    close(student.newton_minimize(valley_gradient, valley_hessian, [1, 1]), newton(valley_gradient, valley_hessian, [1.0, 1.0], 20), rtol=1e-8, atol=1e-10)
    keeps(student.newton_minimize, lambda x: H @ x, lambda x: H, np.array([1.5, 2.5]), 3)


@task("newton_minimize", points=1)
def test_newton_without_an_answer(student):
    """refuses a singular Hessian and n_steps < 0"""
    refuses(student.newton_minimize, lambda x: x, lambda x: np.array([[1.0, 2.0], [2.0, 4.0]]), [1.0, 1.0], 1)
    refuses(student.newton_minimize, lambda x: 4 * x**3, lambda x: np.array([[12 * x[0] ** 2]]), [0.0], 1)
    refuses(student.newton_minimize, lambda x: x, lambda x: np.eye(1), [1.0], -1)


# --- train_mlp ----------------------------------------------------------------------------------


def moons(rng):
    """100 points on two half circles that reach into each other, noise 0.1."""
    t, y = rng.uniform(0, np.pi, 100), np.arange(100) % 2
    upper, lower = np.column_stack([np.cos(t), np.sin(t)]), np.column_stack([1 - np.cos(t), 0.5 - np.sin(t)])
    return np.where(y[:, None] == 0, upper, lower) + rng.normal(0, 0.1, (100, 2)), y


def circles(rng):
    """100 points on two circles of radius 1 and 0.5, noise 0.05."""
    t, y = rng.uniform(0, 2 * np.pi, 100), np.arange(100) % 2
    return np.column_stack([np.cos(t), np.sin(t)]) * np.where(y == 0, 1, 0.5)[:, None] + rng.normal(0, 0.05, (100, 2)), y


def share(params, X, y):
    """How many of the samples the network puts into their class, as a share."""
    W1, b1, W2, b2 = (numbers(params[name], name) for name in ("W1", "b1", "W2", "b2"))
    with np.errstate(all="ignore"):
        return float(np.mean(np.argmax(np.maximum(X @ W1 + b1, 0) @ W2 + b2, axis=1) == y))


def curve(losses):
    """What the losses did, in words and five numbers."""
    losses = numbers(losses, "the list of losses").ravel()
    if losses.size < 5:
        return f"the list of losses has length {losses.size}"
    first, last = losses[0], losses[-1]
    shape = "became nan or inf" if not np.isfinite(losses).all() else "hardly moved" if abs(last - first) < 0.1 * first else \
        "rose" if last > first else "swung up and down" if np.sum(np.diff(losses) > 0) > losses.size / 4 else "fell"
    points = losses[np.linspace(0, losses.size - 1, 5).astype(int)]
    return f"the loss {shape}, from start to end: {', '.join(f'{v:.3g}' for v in points)}"


def interval(p, n):
    """Wilson's 95 percent confidence interval of a share p of n cases: equation (31) of the handout."""
    z = 1.96
    middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


def learns(student, X, y, least, **options):
    """Training from one of five starts gets this share right, as far as n samples can tell; the losses of that start.

    Judged is the upper end of the confidence interval. A start may be unlucky: of 600 of ours none was, and an answer
    with 3 unlucky ones in 100 loses five in a row once in 4e7: the chances that false_fail states below.
    """
    tried = []
    for seed in range(5):
        params, losses = student.train_mlp(X, y, rng=seed, **options)
        right = share(params, X, y)
        low, high = interval(right, len(y))
        if high >= least:
            return losses
        tried.append((right, f"rng={seed}: {right:.0%} of {len(y)} are right (95% interval {low:.0%} to {high:.0%}), wanted: {least:.0%}\n{curve(losses)}"))
        if high < 0.75 * least:
            break  # bad luck costs a corner of the picture, not a quarter: the other starts need not be waited for
    raise AssertionError(max(tried)[1])


@task("train_mlp", points=1, seconds=20, false_fail=1e-7)
def test_two_moons(student, rng):
    """tells two moons apart in the best of five starts"""
    learns(student, *moons(rng), 0.95)  # ours: 97 percent or more in 300 data sets


@task("train_mlp", points=2, seconds=20, false_fail=1e-7)
def test_two_circles(student, rng):
    """tells two circles apart in the best of five starts"""
    learns(student, *circles(rng), 0.95)  # ours: 100 percent in 300 data sets


@task("train_mlp", points=2, seconds=20, false_fail=1e-7)
def test_loss_curve(student, rng):
    """starts near log K and ends below half of where it began"""
    for X, y, k in [(*circles(rng), 2), (*moons(rng), 2)]:
        for seed in range(5):
            _, losses = student.train_mlp(X, y, rng=seed)
            values = numbers(losses, "the list of losses")
            assert values.shape == (1000,), f"the list of losses has shape {values.shape}, expected one number per epoch, (1000,)"
            between(values[0], 0.2 * np.log(k), 5 * np.log(k), "the first loss")  # ours: 0.8 log K to 1.1 log K
            if values[-1] < values[0] / 2 or not values[-1] < values[0]:  # ours: a seventh or less in 600 trainings
                break
        assert values[-1] < values[0] / 2, f"the last loss is not below half of the first; with rng={seed} {curve(losses)}"


@task("train_mlp", points=2, seconds=20, false_fail=0)
def test_losses_before_the_updates(student, rng):
    """records the loss on all data before each update, from a random start"""
    had = lambda X, y, params: network_loss(X, y, {name: numbers(value, name) for name, value in params.items()})
    for n, d, k in [(6, 2, 2), (30, 4, 3)]:
        X, y = rng.normal(size=(n, d)), np.arange(n) % k
        start, none = student.train_mlp(X, y, hidden=5, n_epochs=0, rng=4)
        assert len(none) == 0, f"for n_epochs=0 the list of losses has length {len(none)}, expected 0"
        for name, shape in [("W1", (d, 5)), ("b1", (5,)), ("W2", (5, k)), ("b2", (k,))]:
            got = numbers(start[name], name).shape
            assert got == shape, f"{name} has shape {got}, expected {shape} for {d} features, 5 hidden units, {k} classes"
        _, losses = student.train_mlp(X, y, hidden=5, n_epochs=3, rng=4)
        losses = numbers(losses, "the list of losses")
        close(np.append(losses[:1], len(losses)), [had(X, y, start), 3], rtol=1e-8, what="[losses[0], length] for n_epochs = 3")
        for e in (1, 2):
            params, _ = student.train_mlp(X, y, hidden=5, n_epochs=e, rng=4)
            close(losses[e], had(X, y, params), rtol=1e-8, what=f"losses[{e}] for n_epochs = 3, against the loss that the params of n_epochs = {e} have")
    X, y = moons(rng)
    _, losses = student.train_mlp(X, y, rng=1)
    values = numbers(losses, "the list of losses")
    assert values.shape == (1000,), f"the list of losses has shape {values.shape}, expected one number per epoch, (1000,)"
    for e in (10, 300):
        params, _ = student.train_mlp(X, y, n_epochs=e, rng=1)
        close(values[e], had(X, y, params), rtol=1e-6, what=f"losses[{e}] on two moons, against the loss that the params of n_epochs = {e} have")


@task("train_mlp", points=1, seconds=20, false_fail=0)
def test_seeds(student, rng):
    """gives the same for the same seed, something else for another"""
    X, y = moons(rng)
    first = numbers(keeps(student.train_mlp, X, y, n_epochs=20, rng=0)[1], "the list of losses")
    close(student.train_mlp(X, y, n_epochs=20)[1], first, what="the losses of a second run with seed 0")
    other = numbers(student.train_mlp(X, y, n_epochs=20, rng=1)[1], "the list of losses")
    assert not np.max(np.abs(other - first)) < 1e-6 * np.max(first), "the seeds 0 and 1 give the same losses: is rng used?"
    slow = numbers(student.train_mlp(X, y, n_epochs=20, lr=0.05, rng=0)[1], "the list of losses")
    assert not np.max(np.abs(slow - first)) < 1e-6 * np.max(first), "lr = 0.05 and 0.5 give the same losses: is lr used?"
    runs = [student.train_mlp(X, y, n_epochs=5, rng=np.random.default_rng(7))[1] for _ in range(2)]
    close(runs[0], runs[1], what="the losses of two runs with equal Generators")


@task("train_mlp", points=1, seconds=20, false_fail=1e-7)
def test_trained_on_digits(student, digits):
    """reads 300 images of digits in the best of five starts"""
    X, y = digits
    losses = learns(student, X, y, 0.9, hidden=16, n_epochs=100)  # ours: 99 percent
    between(numbers(losses, "the list of losses")[0], 0.2 * np.log(10), 5 * np.log(10), "the first loss on ten classes")


@task("train_mlp", points=1, false_fail=0)
def test_training_refuses(student):
    """refuses X and y with different numbers of rows"""
    refuses(student.train_mlp, [[1.0, 2.0], [0.0, 1.0], [1.0, 1.0]], [0, 1], n_epochs=2)
    refuses(student.train_mlp, [[1.0, 2.0]], [0, 1, 1], n_epochs=2)
