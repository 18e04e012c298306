"""The problems of project 5 solved by sympy: the whole function is written down and differentiated at once."""
from sympy import Matrix, Poly, Rational, exp, log, solve, symbols

x, y, z, w, r = symbols("x y z w r", real=True)


def two_paths(a, b, k):
    return ((x + k * b) * (x * b)).diff(x).subs(x, a)


def chain_of_numbers(a, b, c, x):
    return (1 / ((a * w + b)**2 + c)).diff(w).subs(w, x)


def jacobian(a, b, c, point):
    return Matrix([a * x**2 * y, b * x + c * y**2]).jacobian([x, y]).subs(dict(zip((x, y), point)))


def jacobian_chain(F, G):
    inner = Matrix(F) * Matrix([x, y])
    outer = Matrix(G) * Matrix([z, w])
    return outer.subs({z: inner[0], w: inner[1]}, simultaneous=True).jacobian([x, y])


def _loss(k):
    logits = symbols("z1:4", real=True)
    return logits, -log(exp(logits[k - 1]) / sum(map(exp, logits)))


def _at(logits, e, shift=0):
    return {z: shift + log(n) for z, n in zip(logits, e)}


def softmax(e, c):
    """The gradient of log(sum of exp)."""
    logits, _ = _loss(1)
    total = log(sum(map(exp, logits)))
    return Matrix([total.diff(z).subs(_at(logits, e, c)) for z in logits])


def cross_entropy(e, k):
    logits, loss = _loss(k)
    return loss.subs(_at(logits, e))


def cross_entropy_gradient(e, k):
    logits, loss = _loss(k)
    return Matrix([loss.diff(z).subs(_at(logits, e)) for z in logits])


def sigmoid_slope(k, x):
    return (1 / (1 + exp(-w * x))).diff(w).subs(w, log(k) / x)


def weight_gradient(x, g):
    W = Matrix(2, 2, symbols("w:4"))
    loss = (Matrix(g).T * W * Matrix(x))[0]
    return Matrix(2, 2, [loss.diff(v) for v in W])


def input_gradient(W, g):
    loss = (Matrix(g).T * Matrix(W) * Matrix([x, y]))[0]
    return Matrix([loss.diff(x), loss.diff(y)])


def relu_network(w, v, x, t):
    """The loss is a parabola as long as no gate moves: its slope from exact central differences."""
    def loss(w):
        return (sum(a * max(c * x, 0) for a, c in zip(v, w)) - t)**2
    h = Rational(1, 1000)
    moves = (h, 0), (0, h)
    return tuple((loss([c + d for c, d in zip(w, move)]) - loss([c - d for c, d in zip(w, move)])) / (2 * h) for move in moves)


def momentum(a, w, rate, beta):
    """As the recurrence without v: w2 - w1 = beta (w1 - w0) - rate L'(w1)."""
    one = w - rate * 2 * a * w
    return one + beta * (one - w) - rate * 2 * a * one


def newton_step(p, x):
    """The lowest point of the parabola that touches f there."""
    f = Poly(p, w).as_expr()
    parabola = sum(f.diff(w, n).subs(w, x) * (w - x)**n / Rational(max(n, 1)) for n in range(3))
    low, = solve(parabola.diff(w), w)
    return low


def log_likelihood(data, rate):
    likelihood = 1
    for time in data:
        likelihood *= r * exp(-r * time)
    return (likelihood.diff(r) / likelihood).subs(r, Rational(rate))


def quadratic_form(A, x):
    v = Matrix(symbols("v:2"))
    f = (v.T * Matrix(A) * v)[0].expand()
    return Matrix([f.diff(s).subs(dict(zip(v, x))) for s in v])
