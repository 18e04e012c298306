"""Practice of project 3: one family of linear algebra by hand per function. `make practice PROJECT=3` draws from them."""
from fractions import Fraction
from math import isqrt

from autograder.practice import Problem, dot, factor, grid, pick, polynomial, terms, typed, whole


def _matrix(rng, rows, columns, low=-3, high=4):
    return [tuple(whole(rng, low, high) for _ in range(columns)) for _ in range(rows)]


def _inner(a, b):
    return sum(u * v for u, v in zip(a, b))


def _times(A, B):
    return [tuple(_inner(row, column) for column in zip(*B)) for row in A]


def _scaled(c, v):
    return tuple(c * x for x in v)


def _minus(a, b):
    return tuple(u - v for u, v in zip(a, b))


def _shadow(v, a):
    return _scaled(Fraction(_inner(v, a), _inner(a, a)), a)


def _det(A):
    return A[0][0] if len(A) == 1 else sum((-1)**j * A[0][j] * _det(_minor(A, j)) for j in range(len(A)))


def _minor(A, j):
    return [row[:j] + row[j + 1:] for row in A[1:]]


def _solve(A, b, move_b=True):
    """Elimination without pivoting; None where a pivot is 0. Without `move_b` the right-hand side stays as it was."""
    A, b, n = [list(map(Fraction, row)) for row in A], list(map(Fraction, b)), len(b)
    for k in range(n):
        if not A[k][k]:
            return None
        for i in range(k + 1, n):
            m = A[i][k] / A[k][k]
            A[i] = [u - m * v for u, v in zip(A[i], A[k])]
            b[i] -= m * b[k] * move_b
    x = [Fraction(0)] * n
    for k in reversed(range(n)):
        x[k] = (b[k] - _inner(A[k][k + 1:], x[k + 1:])) / A[k][k]
    return tuple(x)


def _with_eigenvalues(rng, first, second):
    """A 2 by 2 matrix with these eigenvalues, no 0 off its diagonal, and an eigenvector of each."""
    p, q = whole(rng, -2, 2, but=(0,)), whole(rng, -2, 2, but=(0,))
    u, v = (1, q), (p, 1 + p * q)  # their determinant is 1
    A = _times([(u[0], v[0]), (u[1], v[1])], _times([(first, 0), (0, second)], [(v[1], -v[0]), (-u[1], u[0])]))
    return (A, u, v) if A[0][1] and A[1][0] else _with_eigenvalues(rng, first, second)


def _product_slips(A, B):
    return {"That is BA: the order of a product matters.": _times(B, A),
            "You multiplied entry by entry; an entry of AB is a row of A times a column of B.":
                [tuple(u * v for u, v in zip(*rows)) for rows in zip(A, B)],
            "You went along the rows of B; take a row of A and a column of B.": _times(A, [*zip(*B)])}


def product_2x2(rng):
    """A product of two matrices"""
    A, B = _matrix(rng, 2, 2, -3, 6), _matrix(rng, 2, 2, -3, 6)
    C = _times(A, B)
    return Problem(
        given={"A": A, "B": B},
        question=f"Compute AB for\nA =\n{grid(A)}\nB =\n{grid(B)}",
        answer=C,
        slips=_product_slips(A, B),
        solution="Entry (i, j) is row i of A times column j of B.\n"
                 + "\n".join(f"({i + 1}, {j + 1}): {dot(A[i], [*zip(*B)][j])} = {C[i][j]}" for i in range(2) for j in range(2)))


def product_3x3(rng):
    """A product of larger matrices"""
    A, B = _matrix(rng, 3, 3, -2, 3), _matrix(rng, 3, 3, -2, 3)
    C = _times(A, B)
    return Problem(
        given={"A": A, "B": B},
        question="Compute AB for A and B (side by side):\n" + "\n".join(left + "  " + right for left, right in zip(grid(A).split("\n"), grid(B).split("\n"))),
        answer=C,
        slips=_product_slips(A, B),
        solution="Row i of AB mixes the rows of B with the numbers in row i of A.\n"
                 + "\n".join(f"Row {i + 1}: " + " + ".join(f"{factor(c)}*{typed(row)}" for c, row in zip(A[i], B)) + f" = {typed(C[i])}" for i in range(3)))


def gram_matrix(rng):
    """The matrix of the normal equations"""
    X = _matrix(rng, 3, 2, -3, 5)
    G = _times([*zip(*X)], X)
    a, b = zip(*X)
    return Problem(
        given={"X": X},
        question=f"Compute X^T X (X transposed times X) for\nX =\n{grid(X)}",
        answer=G,
        slips={"You multiplied rows of X with rows; X^T X pairs its columns.": [row[:2] for row in _times(X, [*zip(*X)])[:2]],
               "Off the diagonal stand the products of the two columns; they are 0 only if the columns are perpendicular.": [(G[0][0], 0), (0, G[1][1])],
               "You took the lengths of the columns; their squares stand on the diagonal.": [(f"sqrt({G[0][0]})", G[0][1]), (G[1][0], f"sqrt({G[1][1]})")]},
        solution=f"The columns of X are a = {typed(a)} and b = {typed(b)}.\n"
                 f"a.a = {dot(a, a)} = {G[0][0]}\nb.b = {dot(b, b)} = {G[1][1]}\na.b = {dot(a, b)} = {G[0][1]}\n"
                 "X^T X = [[a.a, a.b], [a.b, b.b]].")


def singular(rng):
    """When a matrix has no inverse"""
    a, b, c = (whole(rng, -6, 9, but=(0,)) for _ in range(3))
    return Problem(
        given={"a": a, "b": b, "c": c},
        question=f"For which number k does this matrix have no inverse?\n{grid([(a, b), (c, 'k')])}",
        answer=Fraction(b * c, a),
        slips={"You added the two products: the determinant is their difference.": Fraction(-b * c, a),
               "You set the determinant to 1; without an inverse it is 0.": Fraction(b * c + 1, a),
               "You paired the wrong entries; the determinant is product of the diagonal minus product of the other two.": Fraction(a * c, b)},
        solution=f"There is no inverse when the determinant is 0: {factor(a)}*k - {factor(b)}*{factor(c)} = 0.\nSo k = {b * c}/{factor(a)}.")


def determinant(rng):
    """A determinant of three rows"""
    A = _matrix(rng, 3, 3, -3, 5)
    minors = [_det(_minor(A, j)) for j in range(3)]
    a, b, c = A[0]
    return Problem(
        given={"A": A},
        question=f"Compute the determinant of\n{grid(A)}",
        answer=_det(A),
        slips={"The middle term of the expansion has a minus: the signs are + - +.": _inner(A[0], minors),
               "That is the product of the diagonal; it is the determinant of a triangular matrix only.": A[0][0] * A[1][1] * A[2][2],
               "You added the diagonals in one direction; those in the other direction are to be subtracted.": sum(A[0][j] * A[1][(j + 1) % 3] * A[2][(j + 2) % 3] for j in range(3))},
        solution="Expand along the first row, with signs + - +.\n"
                 + "\n".join(f"{A[0][j]}: minor {typed(_minor(A, j))} has determinant {minors[j]}." for j in range(3))
                 + f"\n{factor(a)}*{factor(minors[0])} - {factor(b)}*{factor(minors[1])} + {factor(c)}*{factor(minors[2])} = {_det(A)}.")


def determinant_rules(rng):
    """Rules for determinants"""
    n, k = whole(rng, 2, 4), whole(rng, 2, 3)
    a, b = whole(rng, -6, 9, but=(0,)), whole(rng, 2, 9)
    return Problem(
        given={"n": n, "k": k, "a": a, "b": b},
        question=f"A and B are {n} by {n} matrices with det A = {a} and det B = {b}. What is det({k} A^T B^-1), the determinant of {k} "
                 f"times A transposed times the inverse of B?",
        answer=Fraction(k**n * a, b),
        slips={f"Each of the {n} rows is multiplied by {k}: the factor comes out {n} times.": Fraction(k * a, b),
               "The inverse of B has the determinant 1/det B.": Fraction(k**n * a * b),
               "Transposing does not change a determinant; it does not turn it into 1/det A.": Fraction(k**n, a * b)},
        solution=f"Each of the {n} rows is multiplied by {k}: factor {k}^{n} = {k**n}.\n"
                 f"det A^T = det A = {a}, det B^-1 = 1/{b}.\nThe determinant of a product is the product: {k**n} * {factor(a)} * 1/{b}.")


def inverse(rng):
    """An inverse by hand"""
    while True:
        A = _matrix(rng, 2, 2, -4, 6)
        (a, b), (c, d) = A
        if abs(det := a * d - b * c) in (2, 3, 4, 5, 6) and b and c and a != d:
            break

    def over(*entries):
        p, q, r, s = (Fraction(e, det) for e in entries)
        return [(p, q), (r, s)]

    return Problem(
        given={"A": A},
        question=f"Compute the inverse of\n{grid(A)}",
        answer=over(d, -b, -c, a),
        slips={"You forgot to divide by the determinant.": [(d, -b), (-c, a)],
               "The two entries of the diagonal change places; the other two change their signs.": over(a, -b, -c, d),
               "The two entries off the diagonal change their signs.": over(d, b, c, a),
               "The determinant is ad - bc, with a minus.": [tuple(Fraction(e, a * d + b * c) for e in row) for row in [(d, -b), (-c, a)]] if a * d + b * c else [(d, c), (b, a)]},
        solution=f"The determinant is {factor(a)}*{factor(d)} - {factor(b)}*{factor(c)} = {det}.\n"
                 f"Exchange {a} and {d}, change the signs of {b} and {c}: {typed([(d, -b), (-c, a)])}.\nDivide by {det}.")


def eigenvalues(rng):
    """The eigenvalues of a 2 by 2 matrix"""
    low = whole(rng, -5, 5)
    high = whole(rng, low + 1, 7)
    A, *_ = _with_eigenvalues(rng, *((low, high) if rng.integers(2) else (high, low)))
    (a, b), (c, d) = A
    return Problem(
        given={"A": A},
        question=f"Find the eigenvalues of\n{grid(A)}",
        answer={low, high},
        slips={"That is the diagonal; it shows the eigenvalues of a triangular matrix only.": {a, d},
               "The signs are turned: solve t^2 - trace t + det = 0.": {-low, -high},
               "Those are the trace and the determinant; the eigenvalues have them as their sum and product.": {a + d, a * d - b * c}},
        solution=f"Trace {a} + {factor(d)} = {a + d}; determinant {factor(a)}*{factor(d)} - {factor(b)}*{factor(c)} = {low * high}.\n"
                 f"{polynomial([1, -low - high, low * high], 't')} = 0.\n"
                 f"Two numbers with sum {low + high} and product {low * high}: {low} and {high}.")


def eigenvalues_in_blocks(rng):
    """The eigenvalues of a 3 by 3 matrix"""
    first, second = whole(rng, -3, 6), whole(rng, -3, 6)
    third = whole(rng, -4, 7, but=(first, second))
    A, *_ = _with_eigenvalues(rng, first, second + (first == second))
    (a, b), (c, d) = A
    second += first == second
    e, f = whole(rng, -4, 5, but=(0,)), whole(rng, -4, 5, but=(0,))
    M = [(a, b, 0), (c, d, 0), (e, f, third)]
    return Problem(
        given={"A": M},
        question=f"Find the eigenvalues of\n{grid(M)}",
        answer={first, second, third},
        slips={"That is the diagonal; this matrix is not triangular.": {a, d, third},
               f"Those belong to the upper left block; the last column gives {third} as well.": {first, second},
               "The signs are turned: solve det(A - t I) = 0.": {-first, -second, -third}},
        solution=f"Expand det(A - t I) along the last column: ({third} - t) times the determinant of [[{a} - t, {b}], [{c}, {d} - t]].\n"
                 f"So one eigenvalue is {third}.\n"
                 f"The block has trace {a + d} and determinant {a * d - b * c}: two numbers with that sum and product are {first} and {second}.")


def eigenvector(rng):
    """An eigenvector for an eigenvalue"""
    first = whole(rng, -4, 6)
    second = whole(rng, -4, 6, but=(first,))
    A, u, v = _with_eigenvalues(rng, first, second)
    (a, b), (c, d) = A
    return Problem(
        given={"A": A, "eigenvalue": first},
        question=f"One eigenvalue of this matrix is {first}. Find an eigenvector for it.\n{grid(A)}",
        answer=u, up_to="scale",
        slips={f"That is an eigenvector for the other eigenvalue, {second}.": v,
               f"That is a row of A - {factor(first)} I; an eigenvector is perpendicular to these rows.": (a - first, b),
               "That is a left eigenvector; A has to stand on the left of the vector.": (v[1], -v[0])},
        solution=f"A - {factor(first)} I = {typed([(a - first, b), (c, d - first)])}.\n"
                 f"Its first row says {terms((a - first, b), 'xy')} = 0, which x = {-b}, y = {a - first} solves; so does every multiple.\n"
                 f"Check: A times {typed(u)} = {typed(_times(A, [*zip(u)])[0] + _times(A, [*zip(u)])[1])} = {first} times {typed(u)}.")


def projection(rng):
    """The shadow of a vector on a line"""
    while True:
        a, v = (tuple(whole(rng, -3, 4) for _ in range(3)) for _ in "av")
        if 2 <= _inner(a, a) <= 14 and _inner(a, v):
            break
    p = _shadow(v, a)
    return Problem(
        given={"v": v, "a": a},
        question=f"Project the vector v = {typed(v)} onto the line through a = {typed(a)}.",
        answer=p,
        slips={"You forgot to divide by a.a, the squared length of a.": _scaled(_inner(a, v), a),
               "You projected a onto v.": _shadow(a, v),
               "That is v minus its shadow, the part perpendicular to a.": _minus(v, p),
               "You divided by the length of a once; divide by its square.": tuple(f"{_inner(a, v) * x}/sqrt({_inner(a, a)})" for x in a)},
        solution=f"a.v = {dot(a, v)} = {_inner(a, v)}, a.a = {dot(a, a)} = {_inner(a, a)}.\n"
                 f"The shadow is (a.v / a.a) a = {factor(Fraction(_inner(a, v), _inner(a, a)))} {typed(a)}.")


def projection_on_plane(rng):
    """The shadow of a vector on a plane"""
    while True:
        a, b, v = (tuple(whole(rng, -2, 3) for _ in range(3)) for _ in "abv")
        G = _times([a, b], [*zip(a, b)])
        if _det(G) not in range(1, 13) or not G[0][1]:
            continue
        x, y = ([Fraction(c, _det(G)) for c in (_inner(a, v) * G[1][1] - _inner(b, v) * G[0][1], _inner(b, v) * G[0][0] - _inner(a, v) * G[0][1])])
        p = tuple(x * s + y * t for s, t in zip(a, b))
        if p != v and x and y:
            break
    return Problem(
        given={"v": v, "a": a, "b": b},
        question=f"Project v = {typed(v)} onto the plane that a = {typed(a)} and b = {typed(b)} span.",
        answer=p,
        slips={"You added the shadows on a and on b; that is right only if they are perpendicular.": tuple(s + t for s, t in zip(_shadow(v, a), _shadow(v, b))),
               "That is v minus its shadow, the part perpendicular to the plane.": _minus(v, p),
               "That is the shadow on a alone; the plane has a second direction.": _shadow(v, a)},
        solution="The shadow x a + y b leaves a rest that is perpendicular to a and b:\n"
                 f"    {terms(G[0], 'xy')} = a.v = {_inner(a, v)}\n    {terms(G[1], 'xy')} = b.v = {_inner(b, v)}\n"
                 f"So x = {x}, y = {y}, and the shadow is {factor(x)} {typed(a)} + {factor(y)} {typed(b)}.")


def gram_schmidt(rng):
    """One step of Gram-Schmidt"""
    while True:
        a, b = (tuple(whole(rng, -2, 4) for _ in range(3)) for _ in "ab")
        if 2 <= _inner(a, a) <= 12 and _inner(a, b) and _minus(b, _shadow(b, a)) != (0, 0, 0):
            break
    c = Fraction(_inner(a, b), _inner(a, a))
    return Problem(
        given={"a": a, "b": b},
        question=f"Gram-Schmidt keeps a = {typed(a)} and makes b = {typed(b)} perpendicular to it. Which vector does b become, before it is "
                 f"scaled to length 1?",
        answer=_minus(b, _shadow(b, a)),
        slips={"That is the part of b along a; it is what has to be taken away.": _shadow(b, a),
               "You kept b and changed a; the first vector stays.": _minus(a, _shadow(a, b)),
               "You forgot to divide by a.a: a does not have length 1.": _minus(b, _scaled(_inner(a, b), a)),
               "You added the shadow; subtract it.": tuple(s + t for s, t in zip(b, _shadow(b, a)))},
        solution=f"a.b = {dot(a, b)} = {_inner(a, b)}, a.a = {_inner(a, a)}: the shadow of b on a is {factor(c)} {typed(a)}.\n"
                 f"Subtract it: {typed(b)} - {typed(_shadow(b, a))}.\nCheck: a times the result is 0.")


def rank(rng):
    """The rank of a matrix"""
    r = whole(rng, 1, 3)
    while True:
        rows = _matrix(rng, r, 5, -2, 3)
        mix = [(1, 0, 0), (whole(rng, -2, 2), 1, 0), (whole(rng, -2, 2), whole(rng, -2, 2), 1)]
        A = [tuple(sum(m * row[j] for m, row in zip(line, rows)) for j in range(5)) for line in mix]
        reduced = _echelon(A)
        if len(reduced) == r and all(any(row) for row in A):
            break
    return Problem(
        given={"A": A},
        question=f"What is the rank of this matrix?\n{grid(A)}",
        answer=r,
        slips={"That is the number of columns; the rank is at most the number of rows.": 5,
               "That is the dimension of the null space, 5 - rank.": 5 - r} | ({"The rows are not independent: all are multiples of one row.": 3} if r == 1 else {}),
        solution="Eliminate below each pivot; these rows are left:\n" + grid(reduced) + f"\n{r} row{'s are' if r > 1 else ' is'} not zero.")


def _echelon(A):
    """The rows that are left after elimination."""
    A, done = [list(map(Fraction, row)) for row in A], []
    for j in range(len(A[0])):
        if pivot := next((row for row in A if row[j]), None):
            A.remove(pivot)
            A = [[u - row[j] / pivot[j] * v for u, v in zip(row, pivot)] for row in A]
            done.append(tuple(pivot))
    return done


def null_direction(rng):
    """The solutions of A x = 0"""
    while True:
        a, b = _matrix(rng, 2, 3, -3, 4)
        n = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        if all(n) and a[0] and a[1]:
            break
    return Problem(
        given={"A": [a, b]},
        question=f"Find a vector that is not 0 and solves A x = 0 for\nA =\n{grid([a, b])}",
        answer=n, up_to="scale",
        slips={"The middle component has the wrong sign: in a cross product the signs of the minors are + - +.": (n[0], -n[1], n[2]),
               "That solves the first equation only.": (-a[1], a[0], 0),
               "That is the sum of the rows; a solution is perpendicular to the rows.": tuple(s + t for s, t in zip(a, b))},
        solution="The solutions are perpendicular to both rows, so their cross product is one:\n"
                 f"{factor(a[1])}*{factor(b[2])} - {factor(a[2])}*{factor(b[1])} = {n[0]}\n"
                 f"{factor(a[2])}*{factor(b[0])} - {factor(a[0])}*{factor(b[2])} = {n[1]}\n"
                 f"{factor(a[0])}*{factor(b[1])} - {factor(a[1])}*{factor(b[0])} = {n[2]}\n"
                 "Every multiple of it solves the system as well.")


def three_equations(rng):
    """Three equations, three unknowns"""
    while True:
        A, x = _matrix(rng, 3, 3, -2, 4), tuple(whole(rng, -4, 5) for _ in range(3))
        if A[0][0] in (1, 2, -1) and abs(_det(A)) in range(1, 8) and _solve(A, x) and _solve([*zip(*A)], x):
            break
    b = tuple(_inner(row, x) for row in A)
    left = [(A[1][j] - Fraction(A[1][0], A[0][0]) * A[0][j], A[2][j] - Fraction(A[2][0], A[0][0]) * A[0][j]) for j in (1, 2)]
    right = b[1] - Fraction(A[1][0], A[0][0]) * b[0], b[2] - Fraction(A[2][0], A[0][0]) * b[0]
    return Problem(
        given={"A": A, "b": b},
        question="Solve for (x, y, z):\n" + "\n".join(f"    {terms(row, 'xyz')} = {total}" for row, total in zip(A, b)),
        answer=x,
        slips={"You read the system down the columns: each line is one equation.": _solve([*zip(*A)], b),
               "You eliminated on the left only; the right-hand sides take part in every step.": _solve(A, b, move_b=False)},
        solution=f"Subtract {factor(Fraction(A[1][0], A[0][0]))} and {factor(Fraction(A[2][0], A[0][0]))} times the first equation from the others:\n"
                 f"    {terms([row[0] for row in left], 'yz')} = {right[0]}\n    {terms([row[1] for row in left], 'yz')} = {right[1]}\n"
                 f"These two give y = {x[1]} and z = {x[2]}.\nThe first equation then gives x = {x[0]}.")


def cosine(rng):
    """The angle between two vectors"""
    n = whole(rng, 2, 3)
    while True:
        a, b = (tuple(whole(rng, -4, 5) for _ in range(n)) for _ in "ab")
        if _inner(a, b) and a[0] * b[1] != a[1] * b[0]:
            break
    ab, aa, bb = _inner(a, b), _inner(a, a), _inner(b, b)
    return Problem(
        given={"a": a, "b": b},
        question=f"What is the cosine of the angle between a = {typed(a)} and b = {typed(b)}? (With sqrt( ), or as a decimal.)",
        answer=Fraction(ab, isqrt(aa * bb)) if isqrt(aa * bb)**2 == aa * bb else f"{ab}/sqrt({aa * bb})",
        slips={"That is the product a.b; divide it by both lengths.": ab,
               "You divided by the squared lengths; take the roots first.": Fraction(ab, aa * bb),
               "You added the two lengths; they are multiplied.": f"{ab}/(sqrt({aa}) + sqrt({bb}))",
               "That is the angle, not its cosine.": f"pi/2 - arctan({ab}/sqrt({aa * bb - ab**2}))"},
        solution=f"a.b = {dot(a, b)} = {ab}.\nThe lengths are sqrt({aa}) and sqrt({bb}).\ncos = {ab} / (sqrt({aa}) sqrt({bb})).")


def least_squares(rng):
    """Three equations for two unknowns"""
    while True:
        A, b = _matrix(rng, 3, 2, -2, 3), tuple(whole(rng, -3, 6) for _ in range(3))
        G = _times([*zip(*A)], A)
        first = _solve(A[:2], b[:2])
        if 1 <= _det(G) <= 14 and G[0][1] and first and first != _solve(G, [_inner(c, b) for c in zip(*A)]):
            break
    right = tuple(_inner(c, b) for c in zip(*A))
    return Problem(
        given={"A": A, "b": b},
        question="These equations have no common solution:\n" + "\n".join(f"    {terms(row, 'xy')} = {t}" for row, t in zip(A, b))
                 + "\nWhich (x, y) makes the sum of the squared errors least?",
        answer=_solve(G, right),
        slips={"You solved the first two equations and left out the third.": first,
               "You fitted x and y separately; the two columns are not perpendicular.": (Fraction(right[0], G[0][0]), Fraction(right[1], G[1][1])),
               "That is A^T b; it still has to be solved with A^T A.": right},
        solution="The error is perpendicular to both columns: A^T A (x, y) = A^T b.\n"
                 f"    {terms(G[0], 'xy')} = {right[0]}\n    {terms(G[1], 'xy')} = {right[1]}\n"
                 f"The determinant is {_det(G)}; solve these two.")


def power_step(rng):
    """One step of power iteration"""
    a, b, d = whole(rng, -2, 6), whole(rng, -3, 4, but=(0,)), whole(rng, -2, 6)
    A, v = [(a, b), (b, d)], pick(rng, (1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2))
    w = tuple(_inner(row, v) for row in A)
    z = tuple(_inner(row, w) for row in A)
    if not any(w) or not _inner(w, z):
        return power_step(rng)
    return Problem(
        given={"A": A, "v": v},
        question=f"You do one step of power iteration, w = A v, from v = {typed(v)} with\nA =\n{grid(A)}\nWhich eigenvalue does the "
                 f"Rayleigh quotient of w estimate, (w . A w)/(w . w)?",
        answer=Fraction(_inner(w, z), _inner(w, w)),
        slips={"That is the quotient of v; do the step first.": Fraction(_inner(v, w), _inner(v, v)),
               "Divide by w . w: the vector does not have length 1.": _inner(w, z),
               "You divided the lengths of w and v; that loses the sign, and is no Rayleigh quotient.": f"sqrt({Fraction(_inner(w, w), _inner(v, v))})"},
        solution=f"w = A v = {typed(w)}, A w = {typed(z)}.\nw . A w = {dot(w, z)} = {_inner(w, z)}, w . w = {dot(w, w)} = {_inner(w, w)}.\n"
                 f"Their quotient is {_inner(w, z)}/{_inner(w, w)}.")


def _cross(rng):
    """Four points centre +- far*u, centre +- near*n with n perpendicular to u, in random order."""
    u = pick(rng, (1, 2), (2, 1), (1, -2), (2, -1), (1, 1), (1, -1), (1, 3), (3, 1), (3, -1))
    near = whole(rng, 1, 2)
    far, centre = whole(rng, near + 1, 4), tuple(whole(rng, -5, 9) for _ in "xy")
    n = (-u[1], u[0])
    points = [tuple(c + s * d for c, d in zip(centre, w)) for s, w in [(far, u), (-far, u), (near, n), (-near, n)]]
    return u, n, near, far, centre, [points[i] for i in rng.permutation(4)]


def principal_direction(rng):
    """The first principal component"""
    u, n, near, far, centre, points = _cross(rng)
    moved = [_minus(p, centre) for p in points]
    xx, xy, yy = (sum(p[i] * p[j] for p in moved) for i, j in [(0, 0), (0, 1), (1, 1)])
    return Problem(
        given={"points": points},
        question=f"Four points: {', '.join(map(typed, points))}. In which direction do they spread most (the first principal component)?",
        answer=u, up_to="scale",
        slips={"That is the second component, the direction of the least spread.": n,
               "That is the direction of the mean; centre the points first.": centre,
               "Those are the variances of x and of y; you need an eigenvector of the covariance matrix.": (xx, yy)},
        solution=f"The mean is {typed(centre)}; subtract it: {', '.join(map(typed, moved))}.\n"
                 f"Sums of products: xx {xx}, xy {xy}, yy {yy}; the covariance matrix is [[{xx}, {xy}], [{xy}, {yy}]]/3.\n"
                 f"{typed(u)} is an eigenvector with {2 * far**2 * _inner(u, u)}/3, {typed(n)} one with {2 * near**2 * _inner(u, u)}/3.\n"
                 "The larger eigenvalue belongs to the direction of the largest spread.")


def principal_variance(rng):
    """The share of the first component"""
    u, n, near, far, centre, points = _cross(rng)
    moved = [_minus(p, centre) for p in points]
    xx, xy, yy = (sum(p[i] * p[j] for p in moved) for i, j in [(0, 0), (0, 1), (1, 1)])
    large, small = 2 * far**2 * _inner(u, u), 2 * near**2 * _inner(u, u)
    return Problem(
        given={"points": points},
        question=f"Four points: {', '.join(map(typed, points))}. Which share of their total variance lies along the first principal component?",
        answer=Fraction(large, large + small),
        slips={"That is the share of the second component.": Fraction(small, large + small),
               "You compared standard deviations; variances add up, their roots do not.": Fraction(far, far + near),
               "That is the share of the larger coordinate; the component may lie between the axes.": Fraction(max(xx, yy), xx + yy)},
        solution=f"The mean is {typed(centre)}; subtract it: {', '.join(map(typed, moved))}.\n"
                 f"The covariance matrix is [[{xx}, {xy}], [{xy}, {yy}]]/3.\n"
                 f"Its eigenvalues are {large}/3 and {small}/3; their sum is the trace {xx + yy}/3.\n"
                 f"The share is {large}/({large} + {small}).")
