"""Practice of project 5: one family of chain rules, Jacobians and likelihoods per function. `make practice PROJECT=5` draws from them."""
from fractions import Fraction
from math import prod

from autograder.practice import Problem, dot, factor, grid, polynomial, terms, typed, whole


def _transposed(A):
    return [*zip(*A)]


def _apply(A, v):
    return tuple(sum(a * x for a, x in zip(row, v)) for row in A)


def _matrix(rng, low=-3, high=4):
    return [tuple(whole(rng, low, high) for _ in "ab") for _ in "ab"]


def _vector(rng, low=-4, high=5):
    return tuple(whole(rng, low, high, but=(0,)) for _ in "ab")


def two_paths(rng):
    """Two paths to the loss"""
    a, b = whole(rng, -4, 6, but=(0,)), whole(rng, -4, 6, but=(0,))
    k = whole(rng, 2, 5)
    u, v = a + k * b, a * b
    return Problem(
        given={"a": a, "b": b, "k": k},
        question=f"A graph computes u = a + {k} b, v = a b and L = u v. What is dL/da at a = {a}, b = {b}?",
        answer=v + u * b,
        slips={"You followed the path through u only; a reaches L through v as well.": v,
               "You followed the path through v only; a reaches L through u as well.": u * b,
               "You multiplied the two paths; what arrives on different paths is added.": v * u * b,
               "That is dL/db.": k * v + u * a},
        solution=f"Forward: u = {u}, v = {v}.\nThrough u: dL/du * du/da = v * 1 = {v}.\nThrough v: dL/dv * dv/da = u * b = "
                 f"{factor(u)}*{factor(b)} = {u * b}.\nAdd the paths.")


def chain_of_numbers(rng):
    """A chain of three steps"""
    a, b, c, x = whole(rng, -4, 5, but=(0, 1, -1)), whole(rng, -4, 5), whole(rng, 1, 5), whole(rng, -2, 3)
    u = a * x + b
    v = u * u + c
    return Problem(
        given={"a": a, "b": b, "c": c, "x": x},
        question=f"Let u = {polynomial([a, b])}, v = u^2{f' + {c}'} and L = 1/v. What is dL/dx at x = {x}?",
        answer=Fraction(-2 * u * a, v * v),
        slips={f"You forgot the first step of the chain: du/dx = {a}.": Fraction(-2 * u, v * v),
               "The derivative of 1/v is -1/v^2; you lost the minus.": Fraction(2 * u * a, v * v),
               "The derivative of 1/v is -1/v^2; you lost the square.": Fraction(-2 * u * a, v),
               "Take the slope of u^2 at u, not at x.": Fraction(-2 * x * a, v * v)},
        solution=f"Forward: u = {u}, v = {v}.\ndu/dx = {a}, dv/du = 2u = {2 * u}, dL/dv = -1/v^2 = -1/{v * v}.\n"
                 f"Multiply them: {factor(a)} * {factor(2 * u)} * (-1/{v * v}).")


def jacobian(rng):
    """A Jacobian at a point"""
    a, b, c = (whole(rng, -3, 4, but=(0,)) for _ in "abc")
    x, y = whole(rng, -2, 3, but=(0,)), whole(rng, -2, 3, but=(0,))
    J = [(2 * a * x * y, a * x * x), (b, 2 * c * y)]
    return Problem(
        given={"a": a, "b": b, "c": c, "point": (x, y)},
        question=f"Compute the Jacobian of f(x, y) = ({terms([a], ['x^2 y'])}, {terms([b, c], ['x', 'y^2'])}) at the point ({x}, {y}).",
        answer=J,
        slips={"That is the transpose: a row belongs to an output, a column to an input.": _transposed(J),
               "Each output depends on both inputs: all four slopes count.": [(J[0][0], 0), (0, J[1][1])],
               "The two columns are exchanged: the slopes by x come first.": [row[::-1] for row in J]},
        solution="Row 1, the slopes of the first output: by x: " + terms([2 * a], ["x y"]) + ", by y: " + terms([a], ["x^2"])
                 + f".\nRow 2, the slopes of the second one: by x: {b}, by y: {terms([2 * c], 'y')}.\nPut in x = {x}, y = {y}.")


def jacobian_chain(rng):
    """The chain rule for vectors"""
    F, G = _matrix(rng), _matrix(rng)
    J = [_apply(_transposed(F), row) for row in G]
    return Problem(
        given={"F": F, "G": G},
        question=f"The map f has the Jacobian F at the point p, and g has the Jacobian G at f(p):\nF =\n{grid(F)}\nG =\n{grid(G)}\nWhat is "
                 f"the Jacobian of g(f(x)) at p?",
        answer=J,
        slips={"That is F G: the map that acts first stands on the right.": [_apply(_transposed(G), row) for row in F],
               "You multiplied entry by entry; the chain rule is a matrix product.": [tuple(u * v for u, v in zip(*rows)) for rows in zip(F, G)],
               "That is the transpose; a row belongs to an output.": _transposed(J)},
        solution="A small step d becomes F d, and that becomes G F d: the Jacobian is G F.\n"
                 + "\n".join(f"({i + 1}, {j + 1}): {dot(G[i], _transposed(F)[j])} = {J[i][j]}" for i in range(2) for j in range(2)))


def _weights(rng):
    """Three different small numbers: the exponentials of logits."""
    return tuple(int(n) for n in rng.permutation(range(1, 12))[:3])


def softmax(rng):
    """Softmax by hand"""
    e, c = _weights(rng), whole(rng, -3, 4, but=(0,))
    total, logs = sum(e), [f"log({n})" for n in e]
    logits = tuple(terms([c], [""]) + " + " + log for log in logs)
    return Problem(
        given={"e": e, "c": c},
        question=f"The logits are z = ({', '.join(logits)}). What is softmax(z)? (log is the natural logarithm.)",
        answer=tuple(Fraction(n, total) for n in e),
        slips={"You divided the logits by their sum; take their exponentials first.": tuple(f"({z})/({3 * c} + log({prod(e)}))" for z in logits),
               "You divided by the largest; divide by the sum, so that the result adds up to 1.": tuple(Fraction(n, max(e)) for n in e),
               "Those are the exponentials; divide them by their sum.": e},
        solution=f"The common {c} multiplies every exponential by exp({c}), which cancels.\nexp(log n) = n, so the exponentials are as "
                 f"{e[0]} : {e[1]} : {e[2]}.\nTheir sum is {total}; divide by it.")


def cross_entropy(rng):
    """The loss of one example"""
    e, k = _weights(rng), whole(rng, 1, 3)
    total, right = sum(e), e[k - 1]
    return Problem(
        given={"e": e, "k": k},
        question=f"The logits of three classes are ({', '.join(f'log({n})' for n in e)}); the right one is class {k} (the first is class 1). What is the "
                 f"cross-entropy loss? (With log( ), or as a decimal.)",
        answer=f"log({Fraction(total, right)})",
        slips={"The loss is minus the logarithm of the probability; you lost the minus.": f"log({Fraction(right, total)})",
               "That is the probability of a wrong class; the loss takes its logarithm differently: -log p.": 1 - Fraction(right, total),
               "Logarithms are natural here, not to base 2.": f"log({Fraction(total, right)})/log(2)",
               "That is minus the logit; softmax divides by the sum of the exponentials first.": f"-log({right})"},
        solution=f"The exponentials of the logits are {', '.join(map(str, e))}, with sum {total}.\nThe right class has the probability "
                 f"{right}/{total}.\nLoss = -log({Fraction(right, total)}) = log({Fraction(total, right)}).")


def cross_entropy_gradient(rng):
    """The gradient at the logits"""
    e, k = _weights(rng), whole(rng, 1, 3)
    P = [Fraction(n, sum(e)) for n in e]
    Y = [int(i == k - 1) for i in range(3)]
    return Problem(
        given={"e": e, "k": k},
        question=f"The logits of three classes are ({', '.join(f'log({n})' for n in e)}); the right one is class {k} (the first is class 1). What is the gradient "
                 f"of the cross-entropy loss by the logits?",
        answer=tuple(p - y for p, y in zip(P, Y)),
        slips={"The signs are turned: the gradient is P - Y.": tuple(y - p for p, y in zip(P, Y)),
               "Those are the probabilities; subtract 1 at the right class.": tuple(P),
               "The other logits count as well: each of them takes probability away.": tuple(y * (p - y) for p, y in zip(P, Y)),
               "That is the gradient by the probabilities; go on through the softmax.": tuple(-y / p for p, y in zip(P, Y))},
        solution=f"P = {typed(tuple(P))}, Y = {typed(tuple(Y))}.\nThe loss is log(sum of exp z) - z at the right class, so the gradient is P - Y.")


def sigmoid_slope(rng):
    """Through a sigmoid"""
    k, x = whole(rng, 2, 12), whole(rng, -9, 9, but=(0, 1))
    p = Fraction(k, k + 1)
    return Problem(
        given={"k": k, "x": x},
        question=f"A neuron gives p = sigmoid(w x). For the input x = {x} the weight w is such that w x = log({k}). What is dp/dw? Here sigmoid(z) = 1/(1 + exp(-z)).",
        answer=x * p * (1 - p),
        slips={f"That is the slope by w x; one step of the chain is missing: d(w x)/dw = {x}.": p * (1 - p),
               "The slope of the sigmoid is p (1 - p); you have only p.": x * p,
               "1 - p^2 is the slope of tanh; that of the sigmoid is p (1 - p).": x * (1 - p * p)},
        solution=f"p = 1/(1 + exp(-log {k})) = 1/(1 + 1/{k}) = {p}.\nSlope of the sigmoid: p (1 - p) = {p * (1 - p)}.\nTimes d(w x)/dw = x = {x}.")


def weight_gradient(rng):
    """The gradient of a weight matrix"""
    x, g = _vector(rng), _vector(rng)
    return Problem(
        given={"x": x, "g": g},
        question=f"A layer computes y = W x with a 2 by 2 matrix W and x = {typed(x)}. From above arrives dL/dy = {typed(g)}. What is dL/dW?",
        answer=[tuple(u * v for v in x) for u in g],
        slips={"That is the transpose: row i of W makes y_i, so it gets the gradient of y_i.": [tuple(u * v for v in g) for u in x],
               "Every entry of W has a gradient, not only the diagonal.": [(g[0] * x[0], 0), (0, g[1] * x[1])],
               "You used dL/dy in every column; multiply by the input that the entry meets.": [(u, u) for u in g]},
        solution="W_ij multiplies x_j and goes into y_i, so dL/dW_ij = g_i x_j: a column g times a row x.\n"
                 + "\n".join(f"Row {i + 1}: {g[i]} times {typed(x)}" for i in range(2)))


def input_gradient(rng):
    """Backward through a layer"""
    W, g = _matrix(rng), _vector(rng)
    return Problem(
        given={"W": W, "g": g},
        question=f"A layer computes y = W x + b. From above arrives dL/dy = {typed(g)}. What is dL/dx for\nW =\n{grid(W)}",
        answer=_apply(_transposed(W), g),
        slips={"Forward it is W, backward W transposed: x_j gathers what arrives at all outputs that it feeds.": _apply(W, g),
               "You used the diagonal only; each input feeds both outputs.": (W[0][0] * g[0], W[1][1] * g[1]),
               "You added up the columns of W and left out what arrives from above.": tuple(map(sum, zip(*W)))},
        solution="x_j goes into y_i with the weight W_ij, so dL/dx_j adds g_i W_ij over i: the vector W^T g.\n"
                 + "\n".join(f"{name}: {dot(column, g)}" for name, column in zip(("x_1", "x_2"), zip(*W))))


def relu_network(rng):
    """A small network with a gate"""
    while True:
        w, v, x, t = _vector(rng, -3, 3), _vector(rng, -3, 4), whole(rng, -3, 4, but=(0, 1)), whole(rng, -5, 6)
        z = tuple(c * x for c in w)
        h = tuple(max(c, 0) for c in z)
        y = sum(a * b for a, b in zip(v, h))
        if min(z) < 0 < max(z) and y != t:
            break
    gate = tuple(int(c > 0) for c in z)
    g = tuple(2 * (y - t) * a * o * x for a, o in zip(v, gate))
    return Problem(
        given={"w": w, "v": v, "x": x, "t": t},
        question=f"Two hidden units h_1 = relu(w_1 x), h_2 = relu(w_2 x) give y = {terms(v, ['h_1', 'h_2'])}; the loss is L = (y - t)^2. "
                 f"For w = {typed(w)}, x = {x} and t = {t}, what is (dL/dw_1, dL/dw_2)?",
        answer=g,
        slips={"One relu is closed, its input is negative: nothing flows back through it.": tuple(2 * (y - t) * a * x for a in v),
               "The derivative of (y - t)^2 is 2 (y - t): you have half of it.": tuple(c // 2 for c in g),
               f"One step of the chain is missing: d(w x)/dw = {x}.": tuple(c // x for c in g),
               "That is the gradient of the weights above; go on through the relu to w.": tuple(2 * (y - t) * c for c in h)},
        solution=f"Forward: w x = {typed(z)}, h = {typed(h)}, y = {y}, dL/dy = 2*({y} - {factor(t)}) = {2 * (y - t)}.\n"
                 f"Times the weights above: {typed(tuple(2 * (y - t) * a for a in v))}.\nTimes the slopes of the relus: "
                 f"{typed(gate)}.\nTimes d(w x)/dw = {x}.")


def momentum(rng):
    """Two steps with momentum"""
    a, w = whole(rng, 1, 4), whole(rng, -8, 8, but=(0,))
    rate, beta = Fraction(1, 10), Fraction(whole(rng, 3, 9), 10)
    g = 2 * a * w
    first = w - rate * g
    second = 2 * a * first
    return Problem(
        given={"a": a, "w": w, "rate": rate, "beta": beta},
        question=f"You minimise L(w) = {polynomial([a, 0, 0], 'w')} with momentum: v <- {float(beta)} v + L'(w), then w <- w - "
                 f"{float(rate)} v. You start at w = {w} with v = 0. Where are you after two steps?",
        answer=first - rate * (beta * g + second),
        slips={"You forgot the momentum: the second v still holds a part of the first.": first - rate * second,
               "That is the place after one step; the question asks for two.": first,
               "You kept the old slope; take it anew at the place you have reached.": first - rate * (beta * g + g),
               "You weighted the new slope with 1 minus the momentum; here it counts in full.": first - rate * (beta * g + (1 - beta) * second)},
        solution=f"L'(w) = {polynomial([2 * a, 0], 'w')}.\nStep 1: v = {g}, w = {w} - {rate}*{factor(g)} = {first}.\n"
                 f"Step 2: v = {beta}*{factor(g)} + {factor(second)} = {beta * g + second}, w = {first} - {rate}*{factor(beta * g + second)}.")


def newton_step(rng):
    """A step of Newton's method"""
    while True:
        p, x = [whole(rng, 1, 2), whole(rng, -3, 3), whole(rng, -4, 4), whole(rng, -3, 5)], whole(rng, -2, 3)
        a, b, c, d = p
        value, slope, bend = ((a * x + b) * x + c) * x + d, 3 * a * x * x + 2 * b * x + c, 6 * a * x + 2 * b
        if slope and bend > 0 and value:
            break
    return Problem(
        given={"p": p, "x": x},
        question=f"You look for a local minimum of f(x) = {polynomial(p)} by Newton's method. Where does one step from x = {x} lead?",
        answer=x - Fraction(slope, bend),
        slips={"That step looks for f = 0; for a minimum look for f' = 0, with f' and f''.": x - Fraction(value, slope),
               "You went the wrong way: subtract f'/f''.": x + Fraction(slope, bend),
               "That is gradient descent with rate 1; divide the slope by f''.": x - slope},
        solution=f"f'(x) = {polynomial([3 * a, 2 * b, c])}, so f'({x}) = {slope}.\nf''(x) = {polynomial([6 * a, 2 * b])}, so f''({x}) = "
                 f"{bend}.\nx - f'/f'' = {x} - {factor(Fraction(slope, bend))}.")


def log_likelihood(rng):
    """The slope of a log-likelihood"""
    n = whole(rng, 3, 4)
    data, rate = tuple(whole(rng, 1, 9) for _ in range(n)), Fraction(1, whole(rng, 2, 9))
    return Problem(
        given={"data": data, "rate": rate},
        question=f"The waiting times {', '.join(map(str, data))} are independent with density r exp(-r x). What is the slope of their "
                 f"log-likelihood in r, at r = {rate}?",
        answer=n / rate - sum(data),
        slips={"You counted log r once; each of the observations brings its own.": 1 / rate - sum(data),
               "That is the best r; the question asks for the slope at the given one.": Fraction(n, sum(data)),
               "You left out the term -r x, or its slope.": n / rate,
               "The signs are turned: that is the slope of the loss.": sum(data) - n / rate},
        solution=f"log-likelihood = {n} log r - r*({' + '.join(map(str, data))}).\nIts slope is {n}/r - {sum(data)}.\nAt r = {rate}: "
                 f"{n / rate} - {sum(data)}.")


def quadratic_form(rng):
    """The gradient of x^T A x"""
    A, x = _matrix(rng, -3, 5), _vector(rng, -3, 4)
    Ax, Atx = _apply(A, x), _apply(_transposed(A), x)
    return Problem(
        given={"A": A, "x": x},
        question=f"Compute the gradient of f(x) = x^T A x at x = {typed(x)} for\nA =\n{grid(A)}",
        answer=tuple(u + v for u, v in zip(Ax, Atx)),
        slips={"2 A x holds for symmetric A only: x stands on both sides of A.": tuple(2 * u for u in Ax),
               "You differentiated one of the two x only: that is A x.": Ax,
               "You differentiated one of the two x only: that is A^T x.": Atx},
        solution=f"The product rule takes both x in turn: the gradient is A x + A^T x.\nA x = {typed(Ax)}\nA^T x = {typed(Atx)}")
