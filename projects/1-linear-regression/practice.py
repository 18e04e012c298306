"""Practice of project 1: one family of derivatives, integrals and small regressions per function. `make practice PROJECT=1` draws from them."""
from fractions import Fraction

from autograder.practice import Problem, dot, factor, pick, polynomial, terms, typed, whole

OUTER = {  # name: (the function of a text u, its derivative, an antiderivative)
    "sin": ("sin({u})", "cos({u})", "-cos({u})"),
    "cos": ("cos({u})", "-sin({u})", "sin({u})"),
    "exp": ("exp({u})", "exp({u})", "exp({u})"),
    "cube": ("({u})^3", "3*({u})^2", "({u})^4/4"),
    "fifth": ("({u})^5", "5*({u})^4", "({u})^6/6"),
    "root": ("sqrt({u})", "1/(2*sqrt({u}))", "2/3*sqrt({u})^3"),
    "log": ("log({u})", "1/({u})", "(({u})*log({u}) - ({u}))"),
}


def _at(p, x):
    """The polynomial, highest coefficient first, at x."""
    value = 0
    for c in p:
        value = value * x + c
    return value


def _slope(p):
    return [c * n for c, n in zip(p, range(len(p) - 1, 0, -1))]


def _area(p):
    return [Fraction(c, n) for c, n in zip(p, range(len(p), 0, -1))] + [0]


def _points(rng, n=3):
    """Points with different x, sorted, that lie on no common line."""
    while True:
        xs = sorted(rng.choice(range(-2, 6), n, replace=False).tolist())
        points = [(x, whole(rng, -3, 7)) for x in xs]
        (x0, y0), (x1, y1), (x2, y2) = points[:3]
        if (y1 - y0) * (x2 - x0) != (y2 - y0) * (x1 - x0):
            return points


def product_rule(rng):
    """The product rule"""
    p, k, name = [whole(rng, 1, 5), whole(rng, -4, 4), whole(rng, -3, 5)], whole(rng, 2, 5), pick(rng, "sin", "cos", "exp")
    g, dg, _ = (form.format(u=f"{k}x") for form in OUTER[name])
    P, D = polynomial(p), polynomial(_slope(p))
    return Problem(
        given={"p": p, "g": name, "k": k},
        question=f"Differentiate f(x) = ({P}) * {g}.",
        answer=f"({D})*{g} + ({P})*{k}*({dg})", variables="x",
        slips={"The derivative of a product is not the product of the derivatives: each factor takes its turn.": f"({D})*{k}*({dg})",
               f"You forgot the inner derivative: {k}x has the slope {k}.": f"({D})*{g} + ({P})*({dg})",
               "You differentiated the first factor only; add the term in which the second one takes its turn.": f"({D})*{g}"},
        solution=f"(u v)' = u' v + u v' with u = {P} and v = {g}.\nu' = {D}\nv' = {k}*({dg}), by the chain rule.")


def chain_rule(rng):
    """The chain rule"""
    n, a, b = whole(rng, 2, 4), whole(rng, 1, 4), whole(rng, 1, 6)
    name = pick(rng, *OUTER)
    p = [a, *[0] * (n - 1), b]
    P, D = polynomial(p), polynomial(_slope(p))
    g, dg, _ = (form.format(u=P) for form in OUTER[name])
    return Problem(
        given={"g": name, "a": a, "n": n, "b": b},
        question=f"Differentiate f(x) = {g}.",
        answer=f"({dg})*({D})", variables="x",
        slips={"You forgot the inner derivative: multiply by the slope of what stands inside.": dg,
               "The outer slope is taken at the inner function, not at the inner slope.": OUTER[name][1].format(u=D),
               "You differentiated the inside only; the outer function has a slope, too.": D},
        solution=f"The inner function is u = {P} with u' = {D}.\nThe slope of the outer function at u is {dg}.\nMultiply the two.")


def quotient_rule(rng):
    """The quotient rule"""
    u, v = [whole(rng, 1, 5), whole(rng, -4, 6, but=(0,))], [whole(rng, 1, 3), 0, whole(rng, 1, 6)]
    U, V, du, dv = map(polynomial, (u, v, _slope(u), _slope(v)))
    return Problem(
        given={"u": u, "v": v},
        question=f"Differentiate f(x) = ({U}) / ({V}).",
        answer=f"({du}*({V}) - ({U})*{dv})/({V})^2", variables="x",
        slips={"The two terms are in the wrong order: the slope of the numerator comes first.": f"(({U})*{dv} - {du}*({V}))/({V})^2",
               "The derivative of a quotient is not the quotient of the derivatives.": f"{du}/({dv})",
               "The denominator has to be squared.": f"({du}*({V}) - ({U})*{dv})/({V})",
               "There is a minus between the two terms.": f"({du}*({V}) + ({U})*{dv})/({V})^2"},
        solution=f"(u/v)' = (u' v - u v')/v^2 with u = {U} and v = {V}.\nu' = {du}, v' = {dv}.")


def tangent(rng):
    """A tangent line"""
    p, x0 = [whole(rng, -2, 2, but=(0,)), whole(rng, -3, 3), whole(rng, -4, 4), whole(rng, -5, 5)], whole(rng, -2, 3, but=(0,))
    m, y0 = _at(_slope(p), x0), _at(p, x0)
    return Problem(
        given={"p": p, "x0": x0},
        question=f"Find the tangent line y of f(x) = {polynomial(p)} at x = {x0}.",
        answer=polynomial([m, y0 - m * x0]), variables="x",
        slips={f"Your line has the height f({x0}) at x = 0; it has to have it at x = {x0}.": polynomial([m, y0]),
               f"You used f({x0}) as the slope; the slope is f'({x0}).": polynomial([y0, y0 - y0 * x0]),
               f"That is f'(x) itself; a tangent has one slope, f'({x0}).": polynomial(_slope(p)),
               f"Moving to x = {x0} means x - {factor(x0)}, not x + {factor(x0)}.": polynomial([m, y0 + m * x0])},
        solution=f"f({x0}) = {y0}.\nf'(x) = {polynomial(_slope(p))}, so the slope is f'({x0}) = {m}.\n"
                 f"y = {y0} + {factor(m)}*(x - {factor(x0)}).")


def local_minimum(rng):
    """A local minimum"""
    k, low = whole(rng, -2, 2, but=(0,)), whole(rng, -3, 3)
    high = low + 2 * whole(rng, 1, 2)
    p = [2 * k, -3 * k * (low + high), 6 * k * low * high, whole(rng, -5, 9)]
    at, other = (high, low) if k > 0 else (low, high)
    return Problem(
        given={"p": p},
        question=f"At which x does f(x) = {polynomial(p)} have a local minimum?",
        answer=at,
        slips={"That is the local maximum: look at the sign of f'' there.": other,
               "That is the value of f there; the question asks for x.": _at(p, at),
               "You set f'' to 0: that is where the curve changes its bend.": Fraction(low + high, 2)},
        solution=f"f'(x) = {polynomial(_slope(p))} = {6 * k}*({terms([1, -low], ['x', ''])})*({terms([1, -high], ['x', ''])}), which is 0 "
                 f"at {low} and {high}.\n"
                 f"f''(x) = {polynomial(_slope(_slope(p)))}.\n"
                 f"f''({at}) = {_at(_slope(_slope(p)), at)} is positive: the minimum. f''({other}) = {_at(_slope(_slope(p)), other)} is negative.")


def fence(rng):
    """The largest pasture"""
    length = 2 * whole(rng, 10, 120)
    return Problem(
        given={"length": length},
        question=f"With {length} m of fence you enclose a rectangle along a straight river; the side at the water needs no fence. What is "
                 f"the largest area, in square metres?",
        answer=Fraction(length**2, 8),
        slips={"You fenced all four sides; the river is one of them.": Fraction(length**2, 16),
               "That is the length of a side; the question asks for the area.": Fraction(length, 4),
               "You made the three sides equally long; that is not the largest area.": Fraction(length**2, 9)},
        solution=f"With two sides of x metres the third has {length} - 2x.\nThe area A(x) = x*({length} - 2x) has the slope A'(x) = {length} - 4x.\n"
                 f"It is 0 at x = {Fraction(length, 4)}; the third side has {Fraction(length, 2)}.\nThe area is "
                 f"{Fraction(length, 4)}*{Fraction(length, 2)}.")


def definite_integral(rng):
    """A definite integral"""
    p, a = [3 * whole(rng, -2, 3, but=(0,)), 2 * whole(rng, -3, 3), whole(rng, -4, 5)], whole(rng, -2, 2, but=(0,))
    b = a + whole(rng, 1, 3)
    F = _area(p)
    return Problem(
        given={"p": p, "a": a, "b": b},
        question=f"Compute the integral of {polynomial(p)} from x = {a} to x = {b}.",
        answer=_at(F, b) - _at(F, a),
        slips={"You put in the upper limit only; subtract the value at the lower one.": _at(F, b),
               "You added the values at the two limits; subtract them.": _at(F, b) + _at(F, a),
               "You subtracted values of the function itself; find an antiderivative first.": _at(p, b) - _at(p, a),
               "You raised the powers, but did not divide by them.": _at([*p, 0], b) - _at([*p, 0], a)},
        solution=f"An antiderivative is F(x) = {polynomial(F)}.\nF({b}) = {_at(F, b)}, F({a}) = {_at(F, a)}.\nThe integral is F({b}) - "
                 f"F({a}) = {_at(F, b)} - {factor(_at(F, a))}.")


def substitution(rng):
    """An antiderivative by substitution"""
    name = pick(rng, "sin", "cos", "exp", "cube", "fifth", "root")
    a, k, c = whole(rng, 1, 6), whole(rng, 1, 3), whole(rng, 1, 6)
    u = polynomial([k, 0, c])
    g, _, G = (form.format(u=u) for form in OUTER[name])
    x, half = polynomial([a, 0]), Fraction(a, 2 * k)
    return Problem(
        given={"g": name, "a": a, "k": k, "c": c},
        question=f"Find an antiderivative of {x} * {g}. (Any constant may be added.)",
        answer=f"{factor(half)}*({G})", variables="x", up_to="constant",
        slips={f"Differentiate your answer: the inner slope {polynomial([2 * k, 0])} comes out, and has to be divided away.": f"{a}*({G})",
               "You integrated the two factors separately; there is no such rule for products.": f"{factor(Fraction(a, 2))}*x^2*({G})",
               "You integrated the first factor and left the second one as it was.": f"{factor(Fraction(a, 2))}*x^2*{g}"},
        solution=f"Let u = {u}; then du = {polynomial([2 * k, 0])} dx, so {x} dx = {factor(half)} du.\n"
                 f"An antiderivative of {OUTER[name][0].format(u='u')} is {OUTER[name][2].format(u='u')}.\nPut u back, times {half}.")


def by_parts(rng):
    """An antiderivative by parts"""
    name, a, k = pick(rng, "sin", "cos", "exp"), whole(rng, 1, 9), whole(rng, 2, 9)
    g, _, G = (form.format(u=f"{k}x") for form in OUTER[name])
    GG = {"sin": f"-sin({k}x)", "cos": f"-cos({k}x)", "exp": f"exp({k}x)"}[name]  # the second antiderivative, times k^2
    x = polynomial([a, 0])
    return Problem(
        given={"g": name, "a": a, "k": k},
        question=f"Find an antiderivative of {x} * {g}. (Any constant may be added.)",
        answer=f"{a}*(x*({G})/{k} - ({GG})/{k * k})", variables="x", up_to="constant",
        slips={"You integrated the two factors separately; there is no such rule for products.": f"{a}*x^2/2*({G})/{k}",
               "There is a minus before the second integral.": f"{a}*(x*({G})/{k} + ({GG})/{k * k})",
               "That is the first half, u v; the integral of u' v is still to be subtracted.": f"{a}*x*({G})/{k}",
               f"You forgot to divide by the inner slope {k} each time.": f"{a}*(x*({G}) - ({GG}))"},
        solution=f"Integral of u v' = u v - integral of u' v, with u = {x} and v' = {g}.\nu' = {a}, v = ({G})/{k}.\n"
                 f"The integral of u' v is {a}*({GG})/{k * k}.\nSubtract it from u v = {x}*({G})/{k}.")


def moving_limit(rng):
    """The slope of an integral"""
    a, n = whole(rng, 2, 6), whole(rng, 2, 4)
    c = whole(rng, 1, 5)
    form = pick(rng, "cos({c}*{t}^2)", "exp(-{c}*{t}^2)", "sqrt({c} + {t}^2)", "1/({c} + {t}^4)")
    u = polynomial([a, *[0] * n])
    g, at_u, at_x = (form.format(c=c, t=t) for t in ("t", f"({u})", "x"))
    D = polynomial(_slope([a, *[0] * n]))
    return Problem(
        given={"a": a, "n": n, "c": c, "g": form},
        question=f"F(x) is the integral of {g} over t, from 0 to {u}. Find F'(x). (No antiderivative is needed.)",
        answer=f"{at_u}*{D}" if "/" not in form else f"{D}/({c} + ({u})^4)", variables="x",
        slips={"The upper limit moves itself: multiply by its slope.": at_u,
               "Put the upper limit into the function, not x.": at_x,
               "You have the slope of the limit, but the function has to be taken at the limit.": f"({at_x})*{D}"},
        solution=f"If G' = g, then F(x) = G(u) - G(0) with u = {u}.\nBy the chain rule F'(x) = g(u)*u'.\ng(u) = {at_u}\nu' = {D}")


def partial_derivative(rng):
    """A partial derivative"""
    m, n = whole(rng, 1, 3), whole(rng, 2, 3)
    a, b, c = whole(rng, 2, 5), whole(rng, -4, 5, but=(0,)), whole(rng, -5, 5, but=(0,))
    by = pick(rng, "x", "y")

    def power(name, k):
        return name * (k > 0) + f"^{k}" * (k > 1)

    f = terms([a, b, c], [power("x", m) + " " + power("y", n), "x^2 y", "y"])
    fx = terms([a * m, 2 * b], [(power("x", m - 1) + " " + power("y", n)).strip(), "x y"])
    fy = terms([a * n, b, c], [power("x", m) + " " + power("y", n - 1), "x^2", ""])
    right, other = (fx, fy) if by == "x" else (fy, fx)
    alone = terms([a * m, 2 * b], [power("x", m - 1), "x"]) if by == "x" else terms([a * n, b + c], [power("y", n - 1), ""])
    return Problem(
        given={"a": a, "m": m, "n": n, "b": b, "c": c, "by": by},
        question=f"Find the partial derivative of f(x, y) = {f} with respect to {by}.",
        answer=right, variables="xy",
        slips={f"That is the partial derivative by the other variable; here {by} moves.": other,
               "You added both partial derivatives; the other variable stays fixed.": f"{right} + {other}",
               "You dropped the fixed variable; it stays as a constant factor.": alone},
        solution=f"Only {by} moves; treat {'y' if by == 'x' else 'x'} as a number.\n"
                 + ("\n".join(f"{t} has the slope {s}." for t, s in zip(
                     (terms([a], [power("x", m) + " " + power("y", n)]), terms([b], ["x^2 y"]), terms([c], ["y"])),
                     (terms([a * m], [(power("x", m - 1) + " " + power("y", n)).strip()]), terms([2 * b], ["x y"]), "0") if by == "x" else
                     (terms([a * n], [power("x", m) + " " + power("y", n - 1)]), terms([b], ["x^2"]), c)))))


def _bowl(rng):
    """A quadratic a x^2 + b x y + c y^2 + d x: its text, its coefficients, a point and the gradient there."""
    a, b, c, d = whole(rng, 1, 4), whole(rng, -3, 4, but=(0,)), whole(rng, 1, 4), whole(rng, -6, 6, but=(0,))
    x, y = whole(rng, -3, 4, but=(0,)), whole(rng, -3, 4, but=(0,))
    return terms([a, b, c, d], ["x^2", "x y", "y^2", "x"]), (a, b, c, d), (x, y), (2 * a * x + b * y + d, b * x + 2 * c * y)


def gradient(rng):
    """A gradient at a point"""
    f, (a, b, c, d), (x, y), (fx, fy) = _bowl(rng)
    return Problem(
        given={"abcd": (a, b, c, d), "point": (x, y)},
        question=f"Find the gradient of f(x, y) = {f} at the point ({x}, {y}).",
        answer=(fx, fy),
        slips={"The two components are exchanged: the derivative by x comes first.": (fy, fx),
               "The mixed term x y has a slope in both directions.": (2 * a * x + d, 2 * c * y),
               "You kept the mixed term's own variable: by x its slope is that of y, and the other way round.": (2 * a * x + b * x + d, b * y + 2 * c * y),
               f"The term in x alone has the slope {d} everywhere; it does not vanish and is not multiplied by x.": (2 * a * x + b * y + d * x, fy)},
        solution=f"By x: {terms([2 * a, b, d], ['x', 'y', ''])}, at the point {fx}.\nBy y: {terms([b, 2 * c], 'xy')}, at the point {fy}.")


def descent_step(rng):
    """A step of gradient descent"""
    f, (a, b, c, d), (x, y), (fx, fy) = _bowl(rng)
    rate = Fraction(1, pick(rng, 4, 5, 10, 20))
    return Problem(
        given={"abcd": (a, b, c, d), "point": (x, y), "rate": rate},
        question=f"You minimise f(x, y) = {f} by gradient descent with learning rate {float(rate)}. From ({x}, {y}), where does one step lead?",
        answer=(x - rate * fx, y - rate * fy),
        slips={"You went uphill: subtract the gradient.": (x + rate * fx, y + rate * fy),
               "You forgot the learning rate.": (x - fx, y - fy),
               "That is the step; add it to the point you start from.": (-rate * fx, -rate * fy),
               "You moved y with the slope that x has after its move; both slopes belong to the old point.": (x - rate * fx, y - rate * (b * (x - rate * fx) + 2 * c * y))},
        solution=f"The gradient is ({terms([2 * a, b, d], ['x', 'y', ''])}, {terms([b, 2 * c], 'xy')}), at the point ({fx}, {fy}).\n"
                 f"x: {x} - {rate}*{factor(fx)} = {x - rate * fx}\ny: {y} - {rate}*{factor(fy)} = {y - rate * fy}")


def _line_and_points(rng):
    points, w, b = _points(rng), whole(rng, -2, 3), whole(rng, -2, 4)
    residuals = [w * x + b - y for x, y in points]
    text = f"The line y = {polynomial([w, b])} is to predict the points {', '.join(map(typed, points))}. "
    return {"points": points, "w": w, "b": b}, text, residuals


def mean_squared_error(rng):
    """The loss of a line"""
    given, text, r = _line_and_points(rng)
    squares = sum(e * e for e in r)
    return Problem(
        given=given, question=text + "What is its mean squared error?",
        answer=Fraction(squares, 3),
        slips={"That is the sum of the squared errors; divide it by their number.": squares,
               "You averaged the absolute errors; square them.": Fraction(sum(map(abs, r)), 3),
               "You squared the mean error; square each error first.": Fraction(sum(r)**2, 9),
               "You divided by 2 as well; the mean has no 1/2 here.": Fraction(squares, 6)},
        solution="Prediction minus y:\n" + "\n".join(f"    at x = {x}: {given['w'] * x + given['b']} - {factor(y)} = {e}" for (x, y), e in zip(given["points"], r))
                 + f"\nThe squares add up to {squares}; the mean is {squares}/3.")


def loss_gradient(rng):
    """The gradient of the loss"""
    given, text, r = _line_and_points(rng)
    x = [p[0] for p in given["points"]]
    dw, db = Fraction(2 * sum(e * v for e, v in zip(r, x)), 3), Fraction(2 * sum(r), 3)
    return Problem(
        given=given, question=text + "What is the gradient (dL/dw, dL/db) of its mean squared error L, for slope w and intercept b?",
        answer=(dw, db),
        slips={"The derivative of e^2 is 2e: you have half of the gradient.": (dw / 2, db / 2),
               "You summed and did not divide by the number of points.": (3 * dw, 3 * db),
               "The error is prediction minus y here; yours has the opposite sign.": (-dw, -db),
               "For w each error is multiplied by its x.": (db, db)},
        solution=f"Errors (prediction minus y): {', '.join(map(str, r))}.\n"
                 f"dL/dw = 2/3 * ({dot(r, x)}) = {dw}.\ndL/db = 2/3 * ({' + '.join(map(factor, r))}) = {db}.")


def best_line(rng):
    """The best line through three points"""
    points = _points(rng)
    x, y = zip(*points)
    mx, my = Fraction(sum(x), 3), Fraction(sum(y), 3)
    sxy, sxx = sum((u - mx) * (v - my) for u, v in points), sum((u - mx)**2 for u in x)
    w = sxy / sxx
    steep = Fraction(y[2] - y[0], x[2] - x[0])
    return Problem(
        given={"points": points},
        question=f"Which line y = w x + b has the least squared error at the points {', '.join(map(typed, points))}? Give (w, b).",
        answer=(w, my - w * mx),
        slips={"That is the mean of y; the line has that height at the mean of x, not at 0.": (w, my),
               "You exchanged w and b: the slope comes first.": (my - w * mx, w),
               "You drew the line through the first and the last point; the middle one counts as well.": (steep, y[0] - steep * x[0]),
               "That line goes through the origin; the intercept is free.": (Fraction(sum(u * v for u, v in points), sum(u * u for u in x)), 0)},
        solution=f"Means: x {mx}, y {my}.\nSum of (x - mean)(y - mean): {sxy}. Sum of (x - mean)^2: {sxx}.\n"
                 f"w = {factor(sxy)}/{factor(sxx)} = {w}.\nThe line passes the means: b = {my} - {factor(w)}*{factor(mx)} = {my - w * mx}.")


def trapezoids(rng):
    """The trapezoid rule"""
    p, a, n = [whole(rng, 1, 3), whole(rng, -3, 3), whole(rng, -2, 5)], whole(rng, -2, 1), whole(rng, 2, 4)
    b = a + pick(rng, *(w for w in (1, 2, 4) if w != n))
    h = Fraction(b - a, n)
    y = [_at(p, a + i * h) for i in range(n + 1)]
    F = _area(p)
    return Problem(
        given={"p": p, "a": a, "b": b, "n": n},
        question=f"Approximate the integral of {polynomial(p)} from {a} to {b} with {n} trapezoids of equal width.",
        answer=h * (sum(y) - (y[0] + y[-1]) / 2),
        slips={"You took the left corners only; a trapezoid has the mean of both.": h * sum(y[:-1]),
               "The two ends belong to one trapezoid each: they count half.": h * sum(y),
               "That is the exact integral; the trapezoids miss it by a little.": _at(F, b) - _at(F, a),
               "You forgot the width of the strips.": sum(y) - (y[0] + y[-1]) / 2},
        solution=f"The strips are {h} wide.\nHeights at {', '.join(str(a + i * h) for i in range(n + 1))}: {', '.join(map(str, y))}.\n"
                 f"Half of the ends and all between: ({y[0]} + {factor(y[-1])})/2 + {' + '.join(map(factor, y[1:-1]))} = "
                 f"{sum(y) - (y[0] + y[-1]) / 2}.\nTimes {h}.")


def central_difference(rng):
    """A numerical derivative"""
    p, x = [whole(rng, 1, 3), whole(rng, -3, 3), whole(rng, -4, 4), 0], whole(rng, -2, 3)
    h = Fraction(1, pick(rng, 2, 4, 5, 10))
    up, down, here = _at(p, x + h), _at(p, x - h), _at(p, x)
    return Problem(
        given={"p": p, "x": x, "h": h},
        question=f"Approximate the slope of f(x) = {polynomial(p)} at x = {x} by the central difference with h = {float(h)}.",
        answer=(up - down) / (2 * h),
        slips={"You looked to the right side only; the central difference takes one value from each side.": (up - here) / h,
               "The two points are 2h apart, not h.": (up - down) / h,
               "That is the exact slope; the central difference of a cubic misses it by a little.": _at(_slope(p), x),
               "You divided by 2 and not by 2h.": (up - down) / 2},
        solution=f"f({x} + h) = f({x + h}) = {up}\nf({x} - h) = f({x - h}) = {down}\n({up} - {factor(down)}) / {factor(2 * h)}.")


def step_limit(rng):
    """How long steps may be"""
    a, c = whole(rng, 1, 12), whole(rng, 1, 20)
    e, f = whole(rng, -5, 5), whole(rng, -5, 5)
    curve = sorted([2 * a, 2 * c])
    return Problem(
        given={"a": a, "c": c, "e": e, "f": f},
        question=f"Gradient descent on L(x, y) = {terms([a, c, e, f], ['x^2', 'y^2', 'x', 'y'])} comes to the minimum from any start "
                 "if the learning rate is below a certain bound. What is this bound?",
        answer=Fraction(2, curve[1]),
        slips={"That is the bound for the flatter direction; the steeper one diverges before.": Fraction(2, curve[0]),
               "That rate reaches the minimum of the steeper direction in one step; twice as much is the bound.": Fraction(1, curve[1]),
               "You used the coefficient; the second derivative is twice as large.": Fraction(4, curve[1])},
        solution=f"The second derivatives are {2 * a} in x and {2 * c} in y.\n"
                 "One step multiplies the distance to the minimum by 1 - rate*(second derivative), in each direction.\n"
                 f"It shrinks if that lies between -1 and 1: rate < 2/{2 * a} and rate < 2/{2 * c}.\nThe smaller bound counts.")
