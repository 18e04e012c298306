"""The problems of project 3 solved by sympy's exact matrices."""
from sympy import Matrix, Rational, Symbol, acos, cos, eye, solve


def _columns(*vectors):
    return Matrix.hstack(*(Matrix(v) for v in vectors))


def product_2x2(A, B):
    return Matrix(A) * Matrix(B)


product_3x3 = product_2x2


def gram_matrix(X):
    return Matrix(X).T * Matrix(X)


def singular(a, b, c):
    k = Symbol("k")
    root, = solve(Matrix([[a, b], [c, k]]).det(), k)
    return root


def determinant(A):
    return Matrix(A).det(method="berkowitz")


def determinant_rules(n, k, a, b):
    """With diagonal matrices that have these determinants."""
    A, B = eye(n), eye(n)
    A[0, 0], B[n - 1, n - 1] = a, b
    return (k * A.T * B.inv()).det()


def inverse(A):
    return Matrix(A).inv(method="GE")


def eigenvalues(A):
    return set(Matrix(A).eigenvals())


eigenvalues_in_blocks = eigenvalues


def eigenvector(A, eigenvalue):
    direction, = (Matrix(A) - eigenvalue * eye(2)).nullspace()
    return direction


def projection(v, a):
    return projection_on_plane(v, a)


def projection_on_plane(v, *directions, **named):
    """v minus its part in the null space of the directions: the orthogonal complement."""
    v, normals = Matrix(v), Matrix([*directions, *named.values()]).nullspace()
    for i, n in enumerate(normals):
        for m in normals[:i]:
            n -= n.dot(m) / m.dot(m) * m
        normals[i] = n
        v -= v.dot(n) / n.dot(n) * n
    return v


def gram_schmidt(a, b):
    q, r = _columns(a, b).QRdecomposition()
    return q[:, 1] * r[1, 1]


def rank(A):
    return Matrix(A).rank()


def null_direction(A):
    direction, = Matrix(A).nullspace()
    return direction


def three_equations(A, b):
    return Matrix(A).inv() * Matrix(b)


def cosine(a, b):
    """From the three sides of the triangle 0, a, b."""
    a, b = Matrix(a), Matrix(b)
    return cos(acos((a.norm()**2 + b.norm()**2 - (a - b).norm()**2) / (2 * a.norm() * b.norm())))


def least_squares(A, b):
    return Matrix(A).pinv() * Matrix(b)


def power_step(A, v):
    w = Matrix(A) * Matrix(v)
    unit = w / w.norm()
    return (unit.T * Matrix(A) * unit)[0]


def _covariance(points):
    X = Matrix(points)
    X -= Matrix([[sum(X[:, j]) * Rational(1, X.rows) for j in range(X.cols)]] * X.rows)
    return X.T * X / (X.rows - 1)


def principal_direction(points):
    return max(_covariance(points).eigenvects(), key=lambda e: e[0])[2][0]


def principal_variance(points):
    values = _covariance(points).eigenvals()
    return max(values) / sum(values)
