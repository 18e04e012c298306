"""Every number, figure, equation and answer of handout 5, recomputed from our solutions and the data that ship here."""
import functools
import itertools
import math
import re

import numpy as np
import pytest
import sympy

from autograder import manifest
from autograder.catalogue import load
from solutions import backpropagation as ours

PROJECT = manifest.project(5)
HANDOUT = (PROJECT.folder / "README.md").read_text(encoding="utf-8")
SECTIONS = {m[1]: m[2] for m in re.finditer(r"(?ms)^## (\d+)\. (.*?)(?=^## |\Z)", HANDOUT)}
SCORES = np.log([1, 2, 4])
PAPER = {"W1": np.array([[1.0, 1], [1, -1]]), "b1": np.zeros(2), "W2": np.array([[2.0, 1], [1, 5]]), "b2": np.array([0.0, 3])}


def says(section, *texts):
    """The section holds these words, whatever the line breaks."""
    here = " ".join(SECTIONS[str(section)].split())
    for text in texts:
        assert " ".join(text.split()) in here, f"section {section} does not say: {text}"


@functools.cache
def digits():
    """All images, pixels from 0 to 1, and their labels, in the order of the file."""
    table = load("digits")
    return np.column_stack([table[name] for name in table if name != "label"]) / 16, table["label"].astype(int)


@functools.cache
def trained(n, epochs, rate=0.5):
    """Our network after so many epochs on the first n images, and its losses."""
    X, y = digits()
    return ours.train_mlp(X[:n], y[:n], lr=rate, n_epochs=epochs)


def right(params, rows):
    X, y = digits()
    return int(np.sum(ours.network_scores(X[rows], params).argmax(axis=1) == y[rows]))


def slopes(f, x, h=1e-6):
    """Central differences of a number, by every entry of x."""
    x = np.asarray(x, float)
    found = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        found[i] = (f(x + e) - f(x - e)) / (2 * h)
    return found


def seven(values):
    """Numbers as sevenths, as a pencil writes them."""
    return "(" + ", ".join(f"{round(7 * v)}/7" if v else "0" for v in values) + ")"


# --- the figures --------------------------------------------------------------------------------


def bar(value, unit):
    return "█" * round(value / unit)


def rungs(n):
    """The ladder with n diamonds at a = 0.4, b = 0.7: a, the start and the root."""
    a, b = ours.Value(0.4), ours.Value(0.7)
    start = y = a * b
    for _ in range(n):
        y = y * a + y * b
    return a, start, y


def nodes_of(root):
    """All nodes that lead to the root."""
    found, stack = {}, [root]
    while stack:
        node = stack.pop()
        if id(node) not in found:
            found[id(node)] = node
            stack += node.parents
    return list(found.values())


def ways(root, start):
    """In how many ways a node leads to the root: what backward finds where every local slope is 1."""
    flat = {id(node): ours.Value(0) for node in nodes_of(root)}
    for node in nodes_of(root):
        flat[id(node)].parents = tuple(flat[id(p)] for p in node.parents)
        flat[id(node)].local_grads = (1,) * len(node.parents)
    ours.backward(flat[id(root)])
    return int(flat[id(start)].grad)


def figure_ladder():
    lines = ["diamonds   nodes   ways from the start to y"]
    for n in (1, 2, 10, 20, 30):
        _, start, root = rungs(n)
        lines.append(f"{n:>8}   {len(nodes_of(root)):>5}   {ways(root, start):>24,}")
    return "\n".join(lines)


def figure_temperature():
    lines = ["   T"]
    for T in (0.25, 0.5, 1, 2, 4, 100):
        P = ours.softmax(SCORES / T)
        widths = np.diff(np.round(np.cumsum([0, *P]) * 50)).astype(int)
        lines.append(f"{T:>4g}   {'░' * widths[0]}{'▒' * widths[1]}{'█' * widths[2]}   {', '.join(f'{p:.3f}' for p in P)}")
    return "\n".join(lines)


def figure_weights():
    X, y = digits()
    _, G = ours.softmax_cross_entropy(np.zeros((300, 10)), y[:300])
    _, dW, _ = ours.linear_backward(G, X[:300], np.zeros((64, 10)))
    shade = lambda v: "██" if v > 0.025 else "▒▒" if v > 0.01 else "==" if v < -0.025 else "--" if v < -0.01 else "··"
    pictures = [np.reshape(-dW[:, c], (8, 8)) for c in (0, 1, 4)]
    return "\n".join("     ".join("".join(map(shade, picture[row])) for picture in pictures) for row in range(8))


def ravine(steps):
    """f after so many steps of plain descent, of Adam and of Newton."""
    H, low = np.diag([1.0, 50.0]), np.array([10.0, 1.0])
    f = lambda x: x @ H @ x / 2
    plain = adam = low
    m = v = np.zeros(2)
    for t in range(1, steps + 1):
        plain = plain - 0.035 * H @ plain
        adam, m, v = ours.adam_step(adam, H @ adam, m, v, t, lr=0.5)
    return f(plain), f(adam), f(ours.newton_minimize(lambda x: H @ x, lambda x: H, low, steps)[-1])


def figure_ravine():
    lines = ["steps   descent     Adam   Newton"]
    for steps in (0, 1, 2, 5, 10, 20, 50, 100):
        lines.append(f"{steps:>5}   " + "   ".join(f"{value:>{width}.{0 if value == 0 else 1 if value > 1 else 3}f}" for value, width in zip(ravine(steps), (7, 6, 6))))
    return "\n".join(lines)


def figure_training():
    X, y = digits()
    lines = ["epoch   loss   on new images   right   on new images"]
    for epochs in (0, 1, 2, 5, 10, 20, 50, 100, 200):
        params, _ = trained(300, epochs)
        new = slice(300, 600)
        loss = [ours.mlp_gradients(X[rows], y[rows], params)[0] for rows in (slice(0, 300), new)]
        share = [right(params, rows) / 300 for rows in (slice(0, 300), new)]
        lines.append(f"{epochs:>5}   {loss[0]:.2f}   {loss[1]:>13.2f}   {share[0]:>4.0%}    {share[1]:>4.0%}   {bar(share[1], 0.04)}{'░' * (round(share[0] / 0.04) - round(share[1] / 0.04))}")
    return "\n".join(lines)


FIGURES = {name.removeprefix("figure_"): f for name, f in list(globals().items()) if name.startswith("figure_")}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_drawn_by_our_solutions(name):
    assert f"```text\n{FIGURES[name]()}\n```" in HANDOUT


def test_no_figure_is_left_out():
    assert HANDOUT.count("```text") == len(FIGURES) and "{{" not in HANDOUT


# --- the worked numbers -------------------------------------------------------------------------


def example():
    a, b = ours.Value(2), ours.Value(3)
    u, v = a + b, a * b
    L = u * v
    ours.backward(L)
    return {"a": a, "b": b, "u": u, "v": v, "L": L}


def test_section_1():
    nodes = example()
    for name, node in nodes.items():
        assert f"= {node.data:.0f}\"]" in SECTIONS["1"].split(f'{name}["{name} ')[1].split("\n")[0]
    for tail, head, where in re.findall(r"(\w)(?:\[[^\]]*\])? -- (\d) --> (\w)", SECTIONS["1"]):
        parent = nodes[tail]
        assert float(head) == nodes[where].local_grads[[id(p) for p in nodes[where].parents].index(id(parent))]
    says(1, "over $u$ it is $1 \\cdot 6$, over $v$ it is $3 \\cdot 5$", f"the slope is $6 + 15 = {nodes['a'].grad:.0f}$, and for $b$ it is $6 + 10 = {nodes['b'].grad:.0f}$")


ROWS = re.findall(r"^\| `(.+?)` \| .+? \| (.+?) \| (.+?) \|$", SECTIONS["2"], re.M)


@pytest.mark.parametrize("step, where, printed", ROWS, ids=[row[0] for row in ROWS])
def test_section_2(step, where, printed):
    """A step of the table, with numbers, by our Values and by differences."""
    at = {name: float(value) for name, value in re.findall(r"(\w) = ([\d.]+)", where)}
    values = {name: ours.Value(x) if name != "n" else int(x) for name, x in at.items()}
    node = eval(step, {}, values)
    shown = [float(v) for v in printed.split(", ")]
    assert list(node.local_grads) == pytest.approx(shown, abs=6e-5)
    leaves = [name for name in at if name != "n"]
    moved = lambda name, h: eval(step, {}, values | {name: ours.Value(at[name] + h)}).data
    assert [(moved(n, 1e-6) - moved(n, -1e-6)) / 2e-6 for n in leaves] == pytest.approx(shown, abs=6e-5)


def test_section_2_has_every_operation():
    assert [row[0] for row in ROWS] == ["a + b", "a - b", "a * b", "a / b", "a ** n", "-a", "a.exp()", "a.log()", "a.tanh()", "a.relu()"]


def assigns(node):
    """The slip = for +=."""
    for parent, slope in zip(node.parents, node.local_grads):
        parent.grad = slope * node.grad
        assigns(parent)


def pays_at_once(node):
    """The slip of plain recursion: after every payment its receiver pays out all that he has, again."""
    for parent, slope in zip(node.parents, node.local_grads):
        parent.grad += slope * node.grad
        pays_at_once(parent)


def test_section_3():
    def fourth():
        x = ours.Value(3.0)
        u = x * x
        y = u * u
        y.grad = 1.0
        return x, u, y

    x, u, y = fourth()
    ours.backward(y)
    says(3, f"so $y = x^4 = {y.data:.0f}$ and the slope is $4x^3 = {x.grad:.0f}$", f"$u$ receives $9 + 9 = {u.grad:.0f}$")
    x, u, y = fourth()
    assigns(y)
    says(3, f"$u$ keeps {u.grad:.0f}, $x$ keeps $9 \\cdot 3 = {x.grad:.0f}$")
    x, u, y = fourth()
    pays_at_once(y)
    says(3, "$u$ has 9 and pays $27 + 27$; then $u$ has 18 and pays $54 + 54$", f"$x$ gets {x.grad:.0f}")
    assert x.grad == 2 * 27 + 2 * 54


def test_section_4():
    assert ours.numerical_jacobian(polar, [2.0, 0.0]) == pytest.approx(np.array([[1, 0], [0, 2]]), abs=1e-8)
    k, h, d = 10, 16, 64
    says(4, "has 64 inputs, 16 hidden numbers, 10 scores and 1 loss", f"${k * h} + {h * d} = {k * h + h * d}$ products",
         f"${k * h * d:,} + {k * d} = {k * h * d + k * d:,}$".replace(",", "{,}"))
    r, t = 1.7, 0.6
    both = ours.numerical_jacobian(lambda p: np.array([polar(p) @ polar(p)]), [r, t])
    assert both == pytest.approx(np.array([[2 * r, 0]]), abs=1e-8)


def test_section_5():
    says(5, f"give ${seven(ours.softmax(SCORES))}$")
    with pytest.raises(OverflowError):
        math.exp(710)
    math.exp(709)
    with np.errstate(all="ignore"):
        rows = np.array([[1000.0, 1001.0], [0.0, 1.0]])
        E = np.exp(rows - rows.max())
        assert np.isnan(E / E.sum(axis=1, keepdims=True)).any(axis=1).tolist() == [False, True]
    J = ours.numerical_jacobian(ours.softmax, SCORES)
    says(5, "1/49 times a matrix with the rows " + ", ".join("(" + ", ".join(f"{49 * v:.0f}" for v in row) + ")" for row in J))
    assert J.sum(axis=0) == pytest.approx(np.zeros(3), abs=1e-8) and J.sum(axis=1) == pytest.approx(np.zeros(3), abs=1e-8)
    n = 4
    assert (np.ones((n, n)) / np.arange(1, n + 1)).shape == (n, n), "numpy aligns a flat vector with the columns"


def test_section_6():
    loss = lambda label: ours.softmax_cross_entropy([SCORES], [label])[0]
    says(6, f"it is $\\log(7/4) = {loss(2):.4f}$, for class 1 it would be $\\log 7 = {loss(0):.4f}$")
    blank = [ours.softmax_cross_entropy(np.zeros((1, k)), [0])[0] for k in (2, 10)]
    says(6, f"{blank[0]:.4f} for two classes, {blank[1]:.4f} for ten digits")
    assert math.exp(-1000) == 0 and ours.softmax_cross_entropy([[0.0, 1000.0]], [0])[0] == 1000
    says(6, "the true loss is 1000", f"$(1/7, 2/7, 4/7) - (0, 0, 1) = {seven(ours.softmax_cross_entropy([SCORES], [2])[1][0])}$")
    P = ours.softmax(SCORES)
    assert -1 / P[2] * ours.numerical_jacobian(ours.softmax, SCORES)[2] == pytest.approx(P - [0, 0, 1], abs=1e-8)


def test_section_7():
    dX, dW, db = ours.linear_backward([[1, 2]], [[3, 4]], [[5, 6], [7, 8]])
    row = lambda values: "(" + ", ".join(f"{v:.0f}" for v in values) + ")"
    says(7, f"$\\partial L/\\partial X = {row(dX[0])}$", f"has the rows {row(dW[0])} and {row(dW[1])}", f"$\\partial L/\\partial b = {row(db)}$")
    X, y = digits()
    _, G = ours.softmax_cross_entropy(np.zeros((300, 10)), y[:300])
    _, dW, _ = ours.linear_backward(G, X[:300], np.zeros((64, 10)))
    for c in range(10):  # the images of the class, and a tenth of all images
        assert -300 * dW[:, c] == pytest.approx(X[:300][y[:300] == c].sum(axis=0) - X[:300].sum(axis=0) / 10)


def paper_network():
    X, y = np.array([[1.0, 2]]), np.array([0])
    return ours.mlp_gradients(X, y, PAPER)


def test_section_8_on_paper():
    loss, grads = paper_network()
    says(8, f"the loss is $\\log 2 = {loss:.4f}$", "$Z_1 = (3, -1)$, so $H = (3, 0)$", "$Z_2 = (6, 6)$")
    assert ours.network_scores([[1, 2]], PAPER).tolist() == [[6, 6]] and (np.array([1, 2]) @ PAPER["W1"]).tolist() == [3, -1]
    assert (np.array([-1 / 2, 1 / 2]) @ PAPER["W2"].T).tolist() == [-0.5, 2]
    half = lambda row: "(" + ", ".join({-1.5: "-3/2", 1.5: "3/2", -0.5: "-1/2", 0.5: "1/2", 0: "0", -1: "-1"}[v] for v in row) + ")"
    says(8, f"$\\partial L/\\partial W_2$ has the rows {half(grads['W2'][0])} and {half(grads['W2'][1])}",
         f"$\\partial L/\\partial W_1$ the rows {half(grads['W1'][0])} and {half(grads['W1'][1])}",
         f"$G_2 = {half(grads['b2'])}$", f"$G_1 = {half(grads['b1'])}$")


def checked(name, h):
    """The gradient check by one parameter of an untrained network with 8 hidden units on 20 digits."""
    X, y = (part[:20] for part in digits())
    params, _ = ours.train_mlp(X, y, hidden=8, n_epochs=0)
    of = lambda value: ours.mlp_gradients(X, y, {**params, name: value})
    return ours.gradient_check(lambda value: of(value)[0], lambda value: of(value)[1][name], params[name], h)


TABLE = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\| 0\.\d+ \|.*\|$", SECTIONS["8"], re.M)]


@pytest.mark.parametrize("h, second, first", TABLE, ids=[row[0] for row in TABLE])
def test_section_8_table(h, second, first):
    for printed, name in [(second, "W2"), (first, "W1")]:
        error = checked(name, float(h))
        if printed[0] in "ab":
            assert (error > float(printed.split()[1])) == printed.startswith("above")
        else:
            assert f"{error:.1e}" == f"{float(printed):.1e}"


def test_section_8_kink():
    f, grad = (lambda x: np.sum(np.maximum(x, 0))), (lambda x: (x > 0) * 1.0)
    says(8, f"for relu at $10^{{-6}}$ with $h = 10^{{-5}}$ it is {slopes(f, [1e-6], 1e-5)[0]:.2f}, and the check reports {ours.gradient_check(f, grad, [1e-6]):.2f}")
    assert ours.gradient_check(np.sum, lambda x: 2 * np.ones(3), np.ones(3)) == pytest.approx(1 / 3)
    assert ours.gradient_check(np.sum, lambda x: -np.ones(3), np.ones(3)) == pytest.approx(1)
    assert len(TABLE) == 5


def test_section_9():
    H = np.array([[2.0, 1], [1, 2]])
    g = H @ [3, 5]
    assert slopes(lambda x: x[0] ** 2 + x[0] * x[1] + x[1] ** 2, [3, 5]) == pytest.approx(g)
    says(9, f"$g = ({g[0]:.0f}, {g[1]:.0f})$", "so $d = (-3, -5)$")
    assert ours.newton_minimize(lambda x: H @ x, lambda x: H, [3, 5], 1).tolist() == [[3, 5], [0, 0]]
    path = ours.newton_minimize(lambda x: x**3 - 8, lambda x: np.array([[3 * x[0] ** 2]]), [1.0], 5)[1:, 0]
    says(9, "the path from 1 is " + ", ".join(f"{x:.5f}" for x in path), "from $-0.5$ it leads $x^3 - 3x$ to the maximum at $-1$")
    assert ours.newton_minimize(lambda x: 3 * x**2 - 3, lambda x: np.array([[6 * x[0]]]), [-0.5], 10)[-1, 0] == pytest.approx(-1)
    says(9, f"the parameter 1 becomes {ours.adam_step([1.0], [0.5], [0.0], [0.0], 1)[0][0]:.3f} for the slope 0.5",
         f"$0.1/\\sqrt{{0.001}} = {0.1 / math.sqrt(0.001):.2f}$ times as long")
    for slope in (0.001, 1000):
        assert ours.adam_step([0.0], [slope], [0.0], [0.0], 1)[0][0] == pytest.approx(-0.001, rel=1e-4)
    assert math.sqrt(1e-8) == pytest.approx(1e-4), "eps inside the root"
    assert 2 / 50 == 0.04, "the limit of plain descent, by project 1"


def wilson(count, n, z=1.96):
    p = count / n
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return [(p + z**2 / (2 * n) + sign * half) / (1 + z**2 / n) for sign in (-1, 1)]


def test_section_10():
    _, losses = trained(300, 200)
    says(10, f"seed 0: {losses[0]:.2f} instead of {math.log(10):.2f}")
    params, few = trained(20, 1000)
    below = [next(e for e, loss in enumerate(few) if loss < level) for level in (0.1, 0.01)]
    says(10, f"The loss falls below 0.1 after {below[0]} epochs and below 0.01 after {below[1]}; after 1000 it is {few[-1]:.3f}, and all 20 are right")
    assert right(params, slice(0, 20)) == 20
    new = right(trained(300, 100)[0], slice(300, 600))
    says(10, f"accuracy stays near {new / 300:.0%}".replace("%", " %"), f"For {new} of 300 it reaches from {wilson(new, 300)[0]:.3f} to {wilson(new, 300)[1]:.3f}",
         f"for 93 of 100 points from {wilson(93, 100)[0]:.3f} to {wilson(93, 100)[1]:.3f}")
    ends = {rate: trained(300, 100, rate)[1][-1] for rate in (0.005, 0.05, 0.5, 5)}
    says(10, "After 100 epochs the loss is " + f"{ends[0.005]:.2f} with the rate 0.005, {ends[0.05]:.2f} with 0.05, {ends[0.5]:.2f} with 0.5, and {ends[5]:.2f} with 5")
    X, _ = digits()
    dead = trained(300, 100, 5)[0]
    assert not np.maximum(X[:300] @ dead["W1"] + dead["b1"], 0).any(), "the hidden units are dead"


@pytest.mark.parametrize("size, moves", [(0.0, False), (0.1, True)])
def test_section_10_weights_that_are_all_equal(size, moves):
    """All 0: no weight moves. All equal: all hidden units stay equal."""
    X, y = (part[:50] for part in digits())
    params = {"W1": np.full((64, 4), size), "b1": np.zeros(4), "W2": np.full((4, 10), size), "b2": np.zeros(10)}
    for _ in range(20):
        _, grads = ours.mlp_gradients(X, y, params)
        params = {name: params[name] - 0.5 * grads[name] for name in params}
    assert (np.ptp(params["W1"], axis=1) < 1e-12).all() and (np.ptp(params["W2"], axis=0) < 1e-12).all()
    assert (abs(params["W1"] - size).max() > 0) == moves


# --- the equations ------------------------------------------------------------------------------

rng = np.random.default_rng(5)
Z, LABELS = rng.normal(size=(6, 4)), np.array([0, 3, 1, 1, 2, 0])
X, W, B, G = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(5, 2))


def polar(p):
    return np.array([p[0] * np.cos(p[1]), p[0] * np.sin(p[1])])


def all_ways(node, leaf):
    """Equation (1), word by word."""
    if node is leaf:
        return 1.0
    return sum(slope * all_ways(parent, leaf) for parent, slope in zip(node.parents, node.local_grads))


def crooked(a, b):
    u = a * b + a
    return (u * u - b / u).tanh() * u + a


def test_equation_1_by_differences():
    a, b = ours.Value(0.3), ours.Value(0.8)
    root, f = crooked(a, b), lambda x: crooked(*map(ours.Value, x)).data
    assert [all_ways(root, a), all_ways(root, b)] == pytest.approx(slopes(f, [0.3, 0.8]), rel=1e-8)


def test_equation_2_by_sympy():
    a, b = sympy.symbols("a b")
    L, u, v = (a + b) * a * b, a + b, a * b
    assert sympy.expand(L.diff(a) - (v + u * b)) == sympy.expand(L.diff(a) - (2 * a * b + b**2)) == 0
    assert sympy.expand(L.diff(b) - (v + u * a)) == sympy.expand(L.diff(b) - (a**2 + 2 * a * b)) == 0


def test_equation_3_by_sympy():
    a, b = sympy.symbols("a b", positive=True)
    assert sympy.simplify((a / b).diff(a) - 1 / b) == sympy.simplify((a / b).diff(b) + a / b**2) == 0


def test_equation_4_by_sympy():
    x = sympy.symbols("x", real=True)
    up, down = sympy.exp(x) + sympy.exp(-x), sympy.exp(x) - sympy.exp(-x)
    tanh = down / up
    assert sympy.simplify(tanh.diff(x) - (up**2 - down**2) / up**2) == sympy.simplify((up**2 - down**2) / up**2 - (1 - tanh**2)) == 0
    assert sympy.simplify(tanh - sympy.tanh(x).rewrite(sympy.exp)) == 0


def test_equation_5_holds_at_every_node():
    root = crooked(ours.Value(0.3), ours.Value(0.8))
    ours.backward(root)
    nodes = nodes_of(root)
    assert root.grad == 1 and len(nodes) > 8
    for v in nodes:
        users = [(w, slope) for w in nodes for p, slope in zip(w.parents, w.local_grads) if p is v]
        assert v is root or v.grad == pytest.approx(sum(w.grad * slope for w, slope in users))


def test_equation_6_by_sympy_and_backward():
    a, b = sympy.symbols("a b")
    y = a * b
    for n in range(5):
        closed = b * (a + b) ** n + n * a * b * (a + b) ** (n - 1)
        assert sympy.expand(y - a * b * (a + b) ** n) == 0 and sympy.simplify(y.diff(a) - closed) == 0
        y = y * a + y * b
    leaf, _, root = rungs(30)
    ours.backward(root)
    assert [root.data, leaf.grad] == pytest.approx([0.28 * 1.1**30, 0.7 * 1.1**30 + 30 * 0.28 * 1.1**29])


def test_equation_7_and_its_error():
    f = lambda x: np.array([x[0] ** 3 * x[1], x[1] ** 3])
    J, third = np.array([[3 * 1.2**2 * 0.7, 1.2**3], [0, 3 * 0.7**2]]), np.array([[6 * 0.7, 0], [0, 6]])
    found = ours.numerical_jacobian(f, [1.2, 0.7], h=0.01)
    assert found == pytest.approx(J + 0.01**2 / 6 * third, abs=1e-10)


def test_equation_8_by_differences():
    A, C = rng.normal(size=(2, 4)), rng.normal(size=(4, 3))
    f, g, x = (lambda u: np.sin(A @ u)), (lambda x: np.exp(C @ x)), rng.normal(size=3) / 2
    J = ours.numerical_jacobian
    assert J(lambda x: f(g(x)), x) == pytest.approx(J(f, g(x)) @ J(g, x), abs=1e-7)


def test_equation_9_by_sympy():
    r, t = sympy.symbols("r t")
    J = sympy.Matrix([r * sympy.cos(t), r * sympy.sin(t)]).jacobian([r, t])
    assert J == sympy.Matrix([[sympy.cos(t), -r * sympy.sin(t)], [sympy.sin(t), r * sympy.cos(t)]])


def test_equation_10_one_number_at_a_time():
    for row, p in zip(Z, ours.softmax(Z)):
        assert p == pytest.approx([math.exp(z) / sum(math.exp(other) for other in row) for z in row])


def test_equation_11_for_any_shift():
    for c in (-700.0, 0.3, 5000.0):
        assert ours.softmax(Z + c) == pytest.approx(ours.softmax(Z), abs=1e-11)


def test_equation_12_by_differences():
    for z in Z:
        p = ours.softmax(z)
        assert ours.numerical_jacobian(ours.softmax, z) == pytest.approx(np.diag(p) - np.outer(p, p), abs=1e-9)


def test_equation_13_is_the_likelihood():
    p = ours.softmax(Z)[np.arange(6), LABELS]
    assert -math.log(np.prod(p)) / 6 == pytest.approx(-np.mean(np.log(p)))
    assert ours.softmax_cross_entropy(Z, LABELS)[0] == pytest.approx(-np.mean(np.log(p)))


def test_equation_14_far_out_too():
    for row, label in zip(Z, LABELS):
        assert -math.log(ours.softmax(row)[label]) == pytest.approx(math.log(sum(np.exp(row - row.max()))) + row.max() - row[label])
    far = np.array([0.0, 1000.0])
    assert math.log(sum(np.exp(far - 1000))) + 1000 - far[0] == 1000


def test_equation_15_by_differences():
    _, grads = ours.softmax_cross_entropy(Z, LABELS)
    assert grads == pytest.approx((ours.softmax(Z) - np.eye(4)[LABELS]) / 6)
    assert grads == pytest.approx(slopes(lambda Z: ours.softmax_cross_entropy(Z, LABELS)[0], Z), abs=1e-8)


def test_equation_16_entry_by_entry():
    for i, b in itertools.product(range(5), range(2)):
        assert (X @ W + B)[i, b] == pytest.approx(sum(X[i, a] * W[a, b] for a in range(3)) + B[b])


def loss_of_layer(X, W, B):
    """A loss whose slope by Y is G."""
    return np.sum(G * (X @ W + B))


def test_equation_17_by_differences():
    by_W, by_X, by_B = slopes(lambda V: loss_of_layer(X, V, B), W), slopes(lambda V: loss_of_layer(V, W, B), X), slopes(lambda V: loss_of_layer(X, W, V), B)
    for a, b in itertools.product(range(3), range(2)):
        assert by_W[a, b] == pytest.approx(sum(X[i, a] * G[i, b] for i in range(5)), abs=1e-8)
    for i, a in itertools.product(range(5), range(3)):
        assert by_X[i, a] == pytest.approx(sum(G[i, b] * W[a, b] for b in range(2)), abs=1e-8)
    for b in range(2):
        assert by_B[b] == pytest.approx(sum(G[i, b] for i in range(5)), abs=1e-8)


def test_equation_18_is_equation_17():
    dX, dW, db = ours.linear_backward(G, X, W)
    for found, by_hand in [(dX, G @ W.T), (dW, X.T @ G), (db, G.T @ np.ones(5))]:
        assert found == pytest.approx(by_hand)
    assert dW == pytest.approx(slopes(lambda V: loss_of_layer(X, V, B), W), abs=1e-8)


def gated():
    """A network of crooked sizes with about half of its units on: samples, labels, parameters, and its parts."""
    chance = np.random.default_rng(8)
    X, y = chance.normal(size=(7, 3)), chance.integers(0, 2, 7)
    params = {"W1": chance.normal(size=(3, 5)), "b1": chance.normal(size=5), "W2": chance.normal(size=(5, 2)), "b2": chance.normal(size=2)}
    Z1 = X @ params["W1"] + params["b1"]
    assert 0.3 < np.mean(Z1 > 0) < 0.7 and abs(Z1).min() > 1e-4
    return X, y, params, Z1, np.maximum(Z1, 0)


def from_hidden(Z1, y, params):
    return ours.softmax_cross_entropy(np.maximum(Z1, 0) @ params["W2"] + params["b2"], y)[0]


def test_equation_19_sample_by_sample():
    X, _, params, Z1, H = gated()
    for x, h, scores in zip(X, H, ours.network_scores(X, params)):
        hidden = [max(sum(x[a] * params["W1"][a, j] for a in range(3)) + params["b1"][j], 0) for j in range(5)]
        assert h == pytest.approx(hidden)
        assert scores == pytest.approx([sum(hidden[j] * params["W2"][j, c] for j in range(5)) + params["b2"][c] for c in range(2)])


def backwards():
    X, y, params, Z1, H = gated()
    G2 = (ours.softmax(H @ params["W2"] + params["b2"]) - np.eye(2)[y]) / 7
    GH = G2 @ params["W2"].T
    return G2, GH, GH * (Z1 > 0)


def test_equation_20_by_differences():
    X, y, params, Z1, H = gated()
    G2, GH, G1 = backwards()
    assert G2 == pytest.approx(slopes(lambda S: ours.softmax_cross_entropy(S, y)[0], H @ params["W2"] + params["b2"]), abs=1e-8)
    assert GH == pytest.approx(slopes(lambda H: ours.softmax_cross_entropy(H @ params["W2"] + params["b2"], y)[0], H), abs=1e-8)
    assert G1 == pytest.approx(slopes(lambda Z1: from_hidden(Z1, y, params), Z1), abs=1e-8)


@pytest.mark.parametrize("name", ["W2", "b2", "W1", "b1"])
def test_equation_21_by_differences(name):
    X, y, params, Z1, H = gated()
    G2, _, G1 = backwards()
    by_formula = {"W2": H.T @ G2, "b2": G2.T @ np.ones(7), "W1": X.T @ G1, "b1": G1.T @ np.ones(7)}[name]
    assert by_formula == pytest.approx(slopes(lambda p: ours.mlp_gradients(X, y, {**params, name: p})[0], params[name]), abs=1e-8)
    assert by_formula == pytest.approx(ours.mlp_gradients(X, y, params)[1][name])


def test_equation_22_entry_by_entry():
    f, claim, x = (lambda x: x[0] ** 3 + 5 * x[1] * x[2]), np.array([2.9, 6.0, -5.0]), np.array([1.0, 1.2, 0.4])
    n = slopes(f, x, 1e-5)
    worst = max(abs(a - b) / max(abs(a) + abs(b), 1e-8) for a, b in zip(claim, n))
    assert ours.gradient_check(f, lambda x: claim, x) == pytest.approx(worst)


def valley(x):
    return x[0] ** 4 + 3 * x[0] ** 2 + x[0] * x[1] + x[1] ** 2 + np.exp(x[1])


def taylor(x):
    g = np.array([4 * x[0] ** 3 + 6 * x[0] + x[1], x[0] + 2 * x[1] + np.exp(x[1])])
    return g, np.array([[12 * x[0] ** 2 + 6, 1], [1, 2 + np.exp(x[1])]])


def test_equation_23_errs_in_third_order():
    x, d = np.array([0.6, -0.3]), np.array([0.3, 0.5])
    g, H = taylor(x)
    missed = [valley(x + s * d) - (valley(x) + g @ (s * d) + s**2 * d @ H @ d / 2) for s in (1e-2, 5e-3)]
    assert missed[0] / missed[1] == pytest.approx(8, rel=0.02)


def test_equation_24_is_the_lowest_point_of_equation_23():
    x = np.array([0.6, -0.3])
    g, H = taylor(x)
    d = ours.newton_minimize(lambda x: taylor(x)[0], lambda x: taylor(x)[1], x, 1)[1] - x
    assert H @ d == pytest.approx(-g)
    assert slopes(lambda d: g @ d + d @ H @ d / 2, d) == pytest.approx(np.zeros(2), abs=1e-8)


def test_equation_25_as_weighted_sums():
    slope, m, v = rng.normal(size=6), np.zeros(1), np.zeros(1)
    for t, g in enumerate(slope, start=1):
        _, m, v = ours.adam_step([0.0], [g], m, v, t)
        weights = lambda beta: (1 - beta) * beta ** np.arange(t - 1, -1, -1)
        assert [m[0], v[0]] == pytest.approx([weights(0.9) @ slope[:t], weights(0.999) @ slope[:t] ** 2])


def test_equation_26_by_sympy():
    g, beta = sympy.symbols("g beta")
    mean = sympy.Integer(0)
    for t in range(1, 7):
        mean = beta * mean + (1 - beta) * g
        assert sympy.expand(mean - (1 - beta**t) * g) == 0


def test_equation_27_is_our_step():
    for t in (1, 2, 7):
        theta, g, m, v = 0.4, -1.3, 0.2, 0.7
        new, m, v = (a[0] for a in ours.adam_step([theta], [g], [m], [v], t, lr=0.1))
        assert new == pytest.approx(theta - 0.1 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8))


def test_equation_28_for_any_slope():
    for g in (-1000.0, -1e-9, 1e-8, 0.5):
        moved = ours.adam_step([0.0], [g], [0.0], [0.0], 1, lr=0.02)[0][0]
        assert moved == pytest.approx(-0.02 * g / (abs(g) + 1e-8))


def test_equation_29_over_all_signs():
    """Exactly, for weights that are plus or minus sigma with equal chances and inputs of three values."""
    sigma, values = sympy.Rational(1, 3), (-1, 0, 2)
    squares = [sum(x * w for x, w in zip(xs, ws)) ** 2 for xs in itertools.product(values, repeat=3) for ws in itertools.product((-sigma, sigma), repeat=3)]
    assert sum(squares) / len(squares) == 3 * sigma**2 * sympy.Rational(sum(v**2 for v in values), 3)


def test_equation_30_by_integration():
    z = sympy.symbols("z", real=True)
    density = sympy.exp(-z**2 / 2) / sympy.sqrt(2 * sympy.pi)
    assert sympy.integrate(z**2 * density, (z, 0, sympy.oo)) == sympy.integrate(z**2 * density, (z, -sympy.oo, sympy.oo)) / 2


def test_equation_31_by_sympy():
    p, z, n = sympy.symbols("p z n", positive=True)
    for sign in (-1, 1):
        q = (p + z**2 / (2 * n) + sign * z * sympy.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))) / (1 + z**2 / n)
        assert sympy.simplify((p - q) ** 2 - z**2 * q * (1 - q) / n) == 0
    assert wilson(240, 300) == pytest.approx([float(((0.8 + 1.96**2 / 600) + s * 1.96 * math.sqrt(0.16 / 300 + 1.96**2 / 360000)) / (1 + 1.96**2 / 300)) for s in (-1, 1)])


def test_every_equation_has_its_check():
    tags = [int(n) for n in re.findall(r"\\tag\{(\d+)\}", HANDOUT)]
    checked = [int(m[1]) for name in globals() if (m := re.match(r"test_equation_(\d+)_", name))]
    assert HANDOUT.count("\n$$\n") == 2 * len(tags), "a displayed formula has no number"
    assert tags == list(range(1, len(tags) + 1)) == sorted(checked)


def test_questions_are_folded():
    assert HANDOUT.count("<details><summary>Answer</summary>\n\n") == HANDOUT.count("\n</details>") == 2
