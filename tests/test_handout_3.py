"""Handout 3 tells no lies: every numbered equation holds, every worked number and picture is what our functions give."""
import re

import numpy as np
import pytest
import sympy as sp

from autograder.catalogue import load
from autograder.manifest import ROOT
from solutions import linear_algebra as ours

HANDOUT = (ROOT / "projects/3-linear-algebra/README.md").read_text(encoding="utf-8")
LINES = HANDOUT.splitlines()

rng = np.random.default_rng(3)
A, B = rng.normal(size=(4, 3)), rng.normal(size=(3, 5))  # random data for the formulas: no two lengths agree
T, X, Y = rng.normal(size=(6, 2, 3)), rng.normal(size=(6, 3)), rng.normal(size=(5, 3))
v, b = rng.normal(size=4), rng.normal(size=4)
S = ours.matmul(X.T, X) - 4 * np.eye(3)  # symmetric, eigenvalues of both signs
RULE = np.linspace(0, 1, 15)


def says(*sentences):
    """The handout contains these sentences, whatever its line breaks."""
    assert not [s for s in sentences if " ".join(s.split()) not in " ".join(HANDOUT.split())]


def near(a, b, tolerance=1e-9):
    return np.allclose(a, b, rtol=tolerance, atol=tolerance)


def of_the_original(A):
    """Classical Gram-Schmidt, which takes all shadows of the original column."""
    Q = np.array(A, float)
    for j in range(Q.shape[1]):
        rest = Q[:, j] - Q[:, :j] @ (Q[:, :j].T @ Q[:, j])
        Q[:, j] = rest / np.linalg.norm(rest)
    return Q


def rotation(n, p, q, angle):
    J = np.eye(n)
    J[[p, q], [p, q]] = np.cos(angle)
    J[p, q], J[q, p] = np.sin(angle), -np.sin(angle)
    return J


def off(A):
    return np.sum(A**2) - np.sum(np.diag(A) ** 2)


# -- the numbered equations -----------------------------------------------------------------------


def length_and_angle():
    u, w, t = sp.Matrix(sp.symbols("u:2", real=True)), sp.Matrix(sp.symbols("w:2", real=True)), sp.symbols("t", real=True)
    law_of_cosines = u.dot(u) + w.dot(w) - 2 * u.norm() * w.norm() * sp.cos(t) - (u - w).dot(u - w)
    return sp.simplify(sp.solve(law_of_cosines, sp.cos(t))[0] * u.norm() * w.norm() - u.dot(w)) == 0


def product():
    return near(ours.matmul(A, B), [[sum(A[i, k] * B[k, j] for k in range(3)) for j in range(5)] for i in range(4)])


def rows_and_columns():
    C = ours.matmul(A, B)
    return all(near(C[i], sum(A[i, k] * B[k] for k in range(3))) for i in range(4)) and \
        all(near(C[:, j], sum(A[:, k] * B[k, j] for k in range(3))) for j in range(5))


def patterns():
    return near(ours.matmul(A, B), sum(np.outer(A[:, k], B[k]) for k in range(3)))


def one_map_after_the_other():
    x = rng.normal(size=(5, 1))
    return near(ours.matmul(ours.matmul(A, B), x), ours.matmul(A, ours.matmul(B, x))) and near(ours.matmul(A, B).T, ours.matmul(B.T, A.T))


def batch():
    return near(ours.batched_matvec(T, X), [[sum(T[i, a, c] * X[i, c] for c in range(3)) for a in range(2)] for i in range(6)])


def shared():
    W = T[0]
    return near(ours.batched_matvec(W, X), X @ W.T) and near(X @ W.T, [[sum(W[a, c] * x[c] for c in range(3)) for a in range(2)] for x in X])


def distances():
    return near(ours.pairwise_distances(X, Y), [[np.sqrt(sum((x[k] - y[k]) ** 2 for k in range(3))) for y in Y] for x in X])


def expanded_square():
    x, y = sp.Matrix(sp.symbols("x:3")), sp.Matrix(sp.symbols("y:3"))
    return sp.expand((x - y).dot(x - y) - (x.dot(x) - 2 * x.dot(y) + y.dot(y))) == 0


def right_angles():
    return near(A.T @ (v - ours.project(v, A)), 0)


def normal_equations_of_the_shadow():
    c = ours.solve_linear_system(A.T @ A, A.T @ v)
    return near(A.T @ A @ c, A.T @ v) and near(A @ c, ours.project(v, A))


def one_direction():
    return near(ours.project(v, b), (b @ v) / (b @ b) * b)


def reduction():
    q = b / np.linalg.norm(b)
    return near(v - (q @ v) * q, v - ours.project(v, b)) and near(q @ (v - (q @ v) * q), 0)


def orthonormal():
    Q = ours.gram_schmidt(A)
    return near(Q.T @ Q, np.eye(3))


def triangle():
    Q = ours.gram_schmidt(A)
    return near(Q @ (Q.T @ A), A) and near(np.tril(Q.T @ A, -1), 0)


def elimination():
    M = rng.normal(size=(3, 4))
    x = ours.solve_linear_system(M[:, :3], M[:, 3])
    before, k = M.copy(), 0
    for i in (1, 2):
        M[i] = M[i] - M[i, k] / M[k, k] * M[k]
    return near(M[1:, 0], 0) and near(M[:, :3] @ x, M[:, 3]) and near(before[:, :3] @ x, before[:, 3])


def from_the_bottom():
    U, y = np.triu(rng.normal(size=(4, 4))) + 2 * np.eye(4), rng.normal(size=4)
    x = np.zeros(4)
    for k in (3, 2, 1, 0):
        x[k] = (y[k] - sum(U[k, j] * x[j] for j in range(k + 1, 4))) / U[k, k]
    return near(ours.solve_linear_system(U, y), x)


def normal_equations():
    return near(A.T @ A @ ours.least_squares_qr(A, b), A.T @ b)


def squared_condition():
    return near(np.linalg.cond(A.T @ A), np.linalg.cond(A) ** 2)


def turned_system():
    Q = ours.gram_schmidt(A)
    return near(Q.T @ A @ ours.least_squares_qr(A, b), Q.T @ b)


def stretched():
    value, u = ours.power_iteration(S, rng=0)
    return near(S @ u, value * u, 1e-6)


def mixture():
    w, V = ours.symmetric_eigen(S)
    x = rng.normal(size=3)
    c = V.T @ x
    return all(near(np.linalg.matrix_power(S, t) @ x, sum(c[i] * w[i] ** t * V[:, i] for i in range(3))) for t in (1, 2, 7))


def rayleigh():
    u = rng.normal(size=3)
    best = ours.least_squares_qr(u[:, None], S @ u)
    return near(best, u @ S @ u / (u @ u)) and near(ours.project(S @ u, u), u @ S @ u / (u @ u) * u)


def angle_of_a_rotation():
    a, c, d, t = sp.symbols("a c d t", real=True)
    J = sp.Matrix([[sp.cos(t), sp.sin(t)], [-sp.sin(t), sp.cos(t)]])
    entry = (J.T * sp.Matrix([[a, c], [c, d]]) * J)[0, 1]
    assert sp.simplify(entry - (sp.cos(2 * t) * c - sp.sin(2 * t) * (d - a) / 2)) == 0
    return sp.simplify(sp.solve(sp.cos(2 * t) * c - sp.sin(2 * t) * (d - a) / 2, c)[0] - sp.tan(2 * t) * (d - a) / 2) == 0


def energy_off_the_diagonal():
    p, q = 0, 2
    J = rotation(3, p, q, np.arctan2(2 * S[p, q], S[q, q] - S[p, p]) / 2)
    turned = J.T @ S @ J
    sums = sum(S[i, j] ** 2 for i in range(3) for j in range(3) if i != j)
    return near(turned[p, q], 0) and near(off(turned), off(S) - 2 * S[p, q] ** 2) and near(off(S), sums)


def decomposition():
    w, V = ours.symmetric_eigen(S)
    return near(S @ V, V @ np.diag(w)) and near(V.T @ V, np.eye(3))


def variance_along_a_direction():
    centred, a = X - X.mean(axis=0), np.array([0.6, 0.0, 0.8])
    return near(np.var(centred @ a, ddof=1), a @ (centred.T @ centred / 5) @ a) and near(centred.T @ centred / 5, np.cov(X.T))


def principal_direction():
    components, variances, scores = ours.pca(X, 3)
    return near(np.cov(X.T) @ components.T, components.T * variances) and near(np.var(scores, axis=0, ddof=1), variances)


def singular_values():
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    w, _ = ours.symmetric_eigen(A.T @ A)
    return near(sum(s[i] * np.outer(U[:, i], Vt[i]) for i in range(3)), A) and near(w, s**2) and near(A.T @ A @ Vt.T, Vt.T * s**2) and \
        near(Vt @ Vt.T, np.eye(3)) and near(U.T @ U, np.eye(3)) and np.all(np.diff(s) <= 0)


def dropped_patterns():
    s = np.linalg.svd(A, compute_uv=False)
    random = [rng.normal(size=(4, 1)) for _ in range(50)]  # no other matrix of rank one is nearer
    others = [np.sum((A - u @ (u.T @ A) / (u.T @ u)) ** 2) for u in random]
    return all(near(np.sum((A - ours.low_rank_approximation(A, k)) ** 2), sum(s[k:] ** 2)) for k in range(4)) and min(others) > sum(s[1:] ** 2)


def determinant_of_two_rows():
    a, b, c, d = sp.symbols("a:d")
    return sp.expand(sp.Matrix([[a, b], [c, d]]).det() - (a * d - b * c)) == 0


def determinant_of_three_rows():
    M = sp.Matrix(3, 3, sp.symbols("m:9"))
    minors = [sp.Matrix(M).minor(0, j) for j in range(3)]
    return sp.expand(M.det(method="berkowitz") - (M[0, 0] * minors[0] - M[0, 1] * minors[1] + M[0, 2] * minors[2])) == 0


def rules_for_determinants():
    M, N, det = rng.normal(size=(4, 4)), rng.normal(size=(4, 4)), np.linalg.det
    return near(det(M @ N), det(M) * det(N)) and near(det(M.T), det(M)) and near(det(3 * M), 3**4 * det(M))


def inverse_of_two_rows():
    a, b, c, d = sp.symbols("a:d")
    M, inverse = sp.Matrix([[a, b], [c, d]]), sp.Matrix([[d, -b], [-c, a]]) / (a * d - b * c)
    return sp.simplify(M * inverse) == sp.eye(2)


def cross_product():
    r, s = sp.symbols("r:3"), sp.symbols("s:3")
    x = sp.Matrix([r[1] * s[2] - r[2] * s[1], r[2] * s[0] - r[0] * s[2], r[0] * s[1] - r[1] * s[0]])
    return sp.expand(x.dot(r)) == 0 == sp.expand(x.dot(s)) and x == sp.Matrix(r).cross(sp.Matrix(s))


def characteristic_polynomial():
    a, b, c, d, t = sp.symbols("a:d t")
    polynomial = (sp.Matrix([[a, b], [c, d]]) - t * sp.eye(2)).det()
    return sp.expand(polynomial - (t**2 - (a + d) * t + a * d - b * c)) == 0 and near([np.linalg.det(S - w * np.eye(3)) for w in ours.symmetric_eigen(S)[0]], 0)


EQUATIONS = dict(enumerate([
    length_and_angle, product, rows_and_columns, patterns, one_map_after_the_other, batch, shared, distances, expanded_square, right_angles,
    normal_equations_of_the_shadow, one_direction, reduction, orthonormal, triangle, elimination, from_the_bottom, normal_equations,
    squared_condition, turned_system, stretched, mixture, rayleigh, angle_of_a_rotation, energy_off_the_diagonal, decomposition,
    variance_along_a_direction, principal_direction, singular_values, dropped_patterns,
    determinant_of_two_rows, determinant_of_three_rows, rules_for_determinants, inverse_of_two_rows, cross_product, characteristic_polynomial], start=1))


@pytest.mark.parametrize("number", EQUATIONS, ids=lambda n: f"{n}-{EQUATIONS[n].__name__}")
def test_numbered_equation_holds(number):
    assert EQUATIONS[number]()


def test_every_equation_has_its_check():
    displayed = re.findall(r"\$\$(.*?)\$\$", HANDOUT, re.S)
    assert [re.search(r"\\tag\{(\d+)\}", e)[1] for e in displayed] == [str(n) for n in EQUATIONS]
    assert {int(n) for n in re.findall(r"(?:[Ff]ormula|[Bb]y|in|with|With|checking|Check|into) \((\d+)\)", HANDOUT)} <= EQUATIONS.keys()


# -- the worked numbers ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def digits():
    """The images in rows, and their labels."""
    table = load("digits")
    return np.column_stack([table[name] for name in table if name != "label"]), table["label"]


@pytest.fixture(scope="module")
def floors():
    table = load("king_county_houses")
    return np.column_stack([table[f"sqft_{part}"] for part in ("living", "above", "basement")])


def test_vectors_and_products():
    u, w = np.array([3, 0, 1]), np.array([1, 2, 2])
    angle = np.degrees(np.arccos(u @ w / np.linalg.norm(u) / np.linalg.norm(w)))
    says(f"$v \\cdot w = {u @ w}$, $|w| = {np.linalg.norm(w):g}$, and the angle is {angle:.1f} degrees")
    P, Q = [[1, 2], [3, 4]], [[5, 6], [7, 8]]
    assert near(ours.matmul(P, Q), [[19, 22], [43, 50]]) and near(ours.matmul(Q, P), [[23, 34], [31, 46]])
    assert near(np.outer([1, 3], Q[0]), [[5, 6], [15, 18]]) and near(np.outer([2, 4], Q[1]), [[14, 16], [28, 32]])
    says("the rows (19, 22) and (43, 50)", "$BA$ has the rows (23, 34) and (31, 46)", "the rows (5, 6) and (15, 18), plus the rows (14, 16) and (28, 32)")
    batch, samples = np.array([[[1, 2], [3, 4]], [[0, 1], [1, 0]]]), np.array([[1, 1], [5, 6]])
    assert near(ours.batched_matvec(batch, samples), [[3, 7], [6, 5]]) and near((batch * samples).sum(axis=-1), [[3, 39], [1, 5]])
    says("the right answer is (3, 7), (6, 5). Without the axis it is (3, 39), (1, 5).")


def test_distances_of_digits(digits):
    images, labels = digits
    six = np.concatenate([np.flatnonzero(labels == digit)[:3] for digit in (0, 1)])
    D = ours.pairwise_distances(images[six], images[six])
    for digit, row in zip(labels[six], D):
        assert f"{digit:3.0f} " + "".join(f"{d:4.0f}" for d in row) in LINES


def test_expansion_far_from_the_origin():
    x, y = np.array([1000000.3, 1000000.33]), np.array([1000000.31, 1000000.34])
    expansion = np.sum(x**2) - 2 * np.sum(x * y) + np.sum(y**2)
    says(f"the distance is {ours.pairwise_distances([x], [y])[0, 0]:.4f}", f"comes out as {expansion:.6f}")
    assert 1e-4 < np.spacing(2e12) < 5e-4


def test_shadows(floors):
    assert near(ours.project([3, 0, 1], [1, 2, 2]), np.array([5, 10, 10]) / 9)
    plane = np.array([[1, 1], [0, 1], [0, 0]])
    singles = [ours.project([1, 2, 3], column) for column in plane.T]
    assert near(ours.project([1, 2, 3], plane), [1, 2, 0]) and near(singles, [[1, 0, 0], [1.5, 1.5, 0]]) and near(sum(singles), [2.5, 1.5, 0])
    says("is (1, 2, 0). The single shadows are (1, 0, 0) and (1.5, 1.5, 0), and their sum is (2.5, 1.5, 0)", "the shadow is 5/9 of $b$")
    says(f"in all {len(floors):,} houses", f"Three columns, rank {np.linalg.matrix_rank(floors)}.")
    assert np.all(floors[:, 0] == floors[:, 1] + floors[:, 2])
    assert np.linalg.cond(floors.T @ floors) > 1e15
    for refused in (lambda: ours.project(floors[:, 0], floors), lambda: ours.solve_linear_system(floors.T @ floors, np.ones(3))):
        with pytest.raises(ValueError):
            refused()


def test_two_ways_of_gram_schmidt():
    Q = ours.gram_schmidt([[1, 1], [1, 0], [0, 1]])
    assert near(Q, np.array([[1, 1], [1, -1], [0, 2]]) / [np.sqrt(2), np.sqrt(6)])
    says(f"(1, 1, 0)/{np.sqrt(2):.3f} and (1, -1, 2)/{np.sqrt(6):.3f}")
    rows = re.findall(r"^\| (\d+) \| (\de\d) \| (\de-\d+) \| (\de-\d+) \|$", HANDOUT, re.M)
    assert [row[0] for row in rows] == ["4", "6", "8", "10"]
    for columns, condition, *losses in rows:
        powers = np.vander(RULE, int(columns), increasing=True)
        assert f"{np.linalg.cond(powers):.0e}".replace("+0", "") == condition
        for Q, loss in zip((of_the_original(powers), ours.gram_schmidt(powers)), losses):
            assert 1 / 30 < np.abs(Q.T @ Q - np.eye(int(columns))).max() / float(loss) < 30  # rounding differs between machines


def test_elimination():
    steps = [[[0, 1, 1, 5], [1, 0, 1, 4], [1, 1, 0, 3]], [[1, 0, 1, 4], [0, 1, 1, 5], [1, 1, 0, 3]],
             [[1, 0, 1, 4], [0, 1, 1, 5], [0, 1, -1, -1]], [[1, 0, 1, 4], [0, 1, 1, 5], [0, 0, -2, -6]]]
    for M in np.array(steps, float):
        assert near(ours.solve_linear_system(M[:, :3], M[:, 3]), [1, 2, 3])
    picture = [line.split("x =")[0].replace("->", "") for line in LINES if re.match(r"(  \d){3} \|", line)]
    shown = np.array([[int(n) for n in re.findall(r"-?\d+", line)] for line in picture])
    assert near(shown.reshape(3, 4, 4).swapaxes(0, 1), steps)
    assert near(ours.solve_linear_system([[1e-20, 1], [1, 1]], [1, 2]), [1, 1])
    factor = 1 / 1e-20
    x2 = (2 - factor * 1) / (1 - factor * 1)
    assert (x2, (1 - x2) / 1e-20) == (1, 0)
    last = np.array([[7, 8, 9], [1, 2, 3], [4, 5, 6]], float)
    last[1:] -= np.outer(last[1:, 0] / 7, last[0])
    assert 0 < abs(last[2, 2] - last[2, 1] / last[1, 1] * last[1, 2]) < 1e-15
    with pytest.raises(ValueError):
        ours.solve_linear_system([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [1, 2, 4])


def test_digits_lost_by_the_normal_equations():
    powers, x = np.vander(RULE, 10, increasing=True), np.ones(10)
    error = lambda got: np.linalg.norm(got - x) / np.linalg.norm(x)
    says("a relative error of 2e-4, formula (20) with less than 1e-8")
    assert 2e-5 < error(np.linalg.solve(powers.T @ powers, powers.T @ powers @ x)) < 2e-3
    assert error(ours.least_squares_qr(powers, powers @ x)) < 1e-8
    assert near(ours.least_squares_qr([[1, 0], [1, 1], [1, 2]], [1, 3, 4]), [7 / 6, 3 / 2])
    says("$x = (7/6, 3/2)$")


def test_power_iteration():
    first, second = np.array([[2, 1], [1, 2]]), np.array([[0, 2], [2, -3]])
    u = w = np.array([1.0, 0.0])
    for step in range(1, 5):
        u, w = first @ u / np.linalg.norm(first @ u), second @ w / np.linalg.norm(second @ w)
        says(f"| {step} | {u @ first @ u:.4f} | {w @ second @ w:.4f} | {np.linalg.norm(second @ w):.4f} |")
    assert near([ours.power_iteration(M, rng=0)[0] for M in (first, second)], [3, -4])
    says("| limit | 3 | -4 | 4 |")


def test_determinants_inverses_and_null_spaces():
    M = sp.Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]])
    minors = [M.minor(0, j) for j in range(3)]
    says(f"the minors are {minors[0]}, {minors[1]} and {minors[2]}, and the determinant is $2 \\cdot {minors[0]} - 1 \\cdot {minors[1]} + 0 \\cdot {minors[2]} = {M.det()}$")
    assert sp.Matrix([[2, 1], [1, 3]]).det() == 5 and near(np.linalg.inv([[2, 1], [1, 3]]), [[0.6, -0.2], [-0.2, 0.4]])
    says("the determinant is 5 and the inverse has the rows (0.6, -0.2) and (-0.2, 0.4)", "For (1, 2, 0) and (0, 1, 3) it is (6, -3, 1).")
    assert sp.Matrix([[1, 2, 0], [0, 1, 3]]).nullspace()[0] * 1 == sp.Matrix([6, -3, 1])
    N = sp.Matrix([[4, 1], [2, 3]])
    assert N.charpoly(sp.Symbol("t")).all_coeffs() == [1, -7, 10] and N.eigenvals() == {5: 1, 2: 1}
    assert N - 5 * sp.eye(2) == sp.Matrix([[-1, 1], [2, -2]]) and (N - 5 * sp.eye(2)).nullspace() == [sp.Matrix([1, 1])]
    says("it is $t^2 - 7t + 10 = 0$, so $t = 5$ or $t = 2$", "the rows (-1, 1) and (2, -2) of $A - 5I$: the direction (1, 1)")


def test_jacobi_rotations():
    M, energies = np.array([[2.0, -1, 0], [-1, 2, -1], [0, -1, 2]]), []
    w, _ = ours.symmetric_eigen(M)
    for p, q in [(0, 1), (0, 2), (1, 2)] * 3:
        energies.append(off(M))
        J = rotation(3, p, q, np.arctan2(2 * M[p, q], M[q, q] - M[p, p]) / 2)
        M = J.T @ M @ J
    shown = next(line for line in LINES if line.startswith("off ")).split()[1:]
    assert near([float(number) for number in shown], energies[:8], 0.06)
    says(f"The eigenvalues are {w[0]:.4f}, {w[1]:g} and {w[2]:.4f}")
    assert near(w, [2 + np.sqrt(2), 2, 2 - np.sqrt(2)])


def test_components_of_digits(digits):
    images, _ = digits
    says("{} handwritten digits".format(*images.shape), "a table of shape {}".format(images.shape), f"so the rank is at most 61, and {np.linalg.matrix_rank(images)} it is")
    assert np.sum(images.max(axis=0) == 0) == 3 and (images.min(), images.max()) == (0, 16)
    components, variances, _ = ours.pca(images, 64)
    shares = variances / variances.sum()
    says("carry {:.1f}, {:.1f} and {:.1f} % of the variance".format(*100 * shares[:3]))
    counts = [1 + np.sum(np.cumsum(shares) < share) for share in (0.9, 0.95, 0.99)]
    says("It takes {} of 64 components for 90 %, {} for 95 % and {} for 99 %.".format(*counts))
    mean = images.mean(axis=0)
    raw = np.linalg.svd(images, full_matrices=False)[2][0]
    says(f"the angle between the two is {abs(raw @ mean) / np.linalg.norm(mean):.5f}")


def test_patterns_of_digits(digits):
    images, _ = digits
    assert near(ours.low_rank_approximation([[3, 0], [4, 5]], 1), [[1.5, 1.5], [4.5, 4.5]])
    sizes = np.linalg.svd([[3, 0], [4, 5]], compute_uv=False)
    says("the singular values are {:.3f} and {:.3f}".format(*sizes), f"the squared error is {sizes[1] ** 2:.0f}")
    image = images[0].reshape(8, 8)
    parts = [ours.low_rank_approximation(image, k) for k in (1, 2, 3)] + [image]
    shades = [np.clip(np.floor(5 * part / 16), 0, 4).astype(int) for part in parts]
    for row in range(8):
        assert ("  " + "    ".join("".join(" ░▒▓█"[s] for s in part[row]) for part in shades)).rstrip() in LINES
    says(" ".join(f"{100 - 100 * np.sum((image - part) ** 2) / np.sum(image**2):.1f} %" for part in parts[:3]))
    rest = np.sum((images - ours.low_rank_approximation(images, 21)) ** 2) / np.sum(images**2)
    says(f"{100 - 100 * rest:.1f} % of the sum of squares from {100 * 21 * (1797 + 64) / (1797 * 64):.0f} % of the numbers")
    assert near(ours.low_rank_approximation(images, 61), images, 1e-8)


# -- the frame ------------------------------------------------------------------------------------


def test_solved_neighbour_is_shown_as_it_is():
    import inspect
    source = inspect.getsource(ours.symmetric)
    body = re.sub(r'    """.*?"""\n', "", source, flags=re.S)
    assert body.strip() in HANDOUT
