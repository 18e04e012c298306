"""The problems of project 1 solved by sympy. For an antiderivative the oracle is what it must have as its derivative."""
from fractions import Fraction

import numpy as np
import sympy
from sympy import Matrix, Rational, cos, exp, log, sin, solve, sqrt, symbols

x, y, w, b = symbols("x y w b")
t = symbols("t", real=True)
OUTER = {"sin": sin, "cos": cos, "exp": exp, "log": log, "root": sqrt, "cube": lambda u: u**3, "fifth": lambda u: u**5}


def _poly(p, at=x):
    return sum(c * at**n for n, c in enumerate(reversed(p)))


def product_rule(p, g, k):
    return (_poly(p) * OUTER[g](k * x)).diff(x)


def chain_rule(g, a, n, b):
    return OUTER[g](a * x**n + b).diff(x)


def quotient_rule(u, v):
    return (_poly(u) / _poly(v)).diff(x)


def tangent(p, x0):
    """What is left when the polynomial is divided by (x - x0)^2."""
    return sympy.rem(_poly(p), (x - x0)**2, x)


def local_minimum(p):
    f = _poly(p)
    at, = [root for root in solve(f.diff(x), x) if f.diff(x, 2).subs(x, root) > 0]
    return at


def fence(length):
    """The largest of all widths in steps of 1/4 m; the best one is among them."""
    return max(Fraction(n, 4) * (length - Fraction(n, 2)) for n in range(2 * length))


def definite_integral(p, a, b):
    """By Simpson's rule, which is exact for cubics."""
    middle = Fraction(a + b, 2)
    return Fraction(b - a, 6) * (_poly(p, a) + 4 * _poly(p, middle) + _poly(p, b))


def substitution(g, a, k, c):
    return a * x * OUTER[g](k * x**2 + c)


def by_parts(g, a, k):
    return a * x * OUTER[g](k * x)


def moving_limit(a, n, c, g):
    integrand = sympy.sympify(g.format(c=c, t="t").replace("^", "**"), locals={"t": t})
    return sympy.Integral(integrand, (t, 0, a * x**n)).diff(x)


def partial_derivative(a, m, n, b, c, by):
    return (a * x**m * y**n + b * x**2 * y + c * y).diff(by == "x" and x or y)


def _bowl(abcd):
    a, b, c, d = abcd
    return a * x**2 + b * x * y + c * y**2 + d * x


def gradient(abcd, point):
    """From central differences, which are exact for a quadratic."""
    f = sympy.lambdify((x, y), _bowl(abcd))
    p, q = map(Fraction, point)
    return (f(p + 1, q) - f(p - 1, q)) / 2, (f(p, q + 1) - f(p, q - 1)) / 2


def descent_step(abcd, point, rate):
    f = Matrix([_bowl(abcd)])
    return Matrix(point) - Rational(rate) * f.jacobian([x, y]).T.subs(dict(zip((x, y), point)))


def mean_squared_error(points, w, b):
    p, q = np.array(points, dtype=object).T
    return Fraction(int(((w * p + b - q)**2).sum()), len(points))


def loss_gradient(points, **at):
    loss = sum((w * p + b - q)**2 for p, q in points) / len(points)
    return Matrix([loss.diff(v).subs({w: at["w"], b: at["b"]}) for v in (w, b)])


def best_line(points):
    return Matrix([[p, 1] for p, _ in points]).pinv() * Matrix([q for _, q in points])


def trapezoids(p, a, b, n):
    """The area of the polygon between the axis and the corners, by the shoelace formula."""
    at = [a + Fraction(b - a, n) * i for i in range(n + 1)]
    corners = [(a, 0), *((v, _poly(p, v)) for v in at), (b, 0)]
    return sum(v * u2 - u * v2 for (u, v), (u2, v2) in zip(corners, corners[1:] + corners[:1])) / 2


def central_difference(p, x, h):
    """The slope of the parabola through the three points."""
    h = Rational(h)
    line = sympy.interpolate([(x + s * h, _poly(p, x + s * h)) for s in (-1, 0, 1)], t)
    return sympy.diff(line, t).subs(t, x)


def step_limit(a, c, e, f):
    """The largest rate at which no distance to the minimum grows: |1 - rate * eigenvalue| = 1."""
    H = sympy.hessian(a * x**2 + c * y**2 + e * x + f * y, (x, y))
    return min(max(solve(abs(1 - t * value) - 1, t)) for value in H.eigenvals())
