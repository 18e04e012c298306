"""The checks of project 3. Each check is one claim about one task, worth whole points.

Every check begins with a case that fits on paper: where it fails, that case is the counterexample.
Signs and bases are the learner's own choice: vectors are judged by the equations that they satisfy.
"""
import numpy as np
import pytest

from autograder.catalogue import load
from autograder.checks import between, close, keeps, refuses, task


@pytest.fixture(scope="session")
def digits():
    """1797 handwritten digits, 8 by 8 pixels from 0 to 16, one image per row."""
    table = load("digits")
    return np.column_stack([table[name] for name in table if name.startswith("pixel")])


@pytest.fixture(scope="session")
def floors():
    """Square feet of 217 houses: (all, above the ground, in the basement); all = above + basement."""
    table = load("king_county_houses")
    parts = ("living", "above", "basement")
    return np.column_stack([table[f"sqft_{part}"] for part in parts])[::100]


@pytest.fixture(scope="session")
def prices():
    """217 houses: (1, area, latitude, longitude, year built), of condition 3e6, and their prices."""
    table = load("king_county_houses")
    columns = [table[name] for name in ("sqft_living", "lat", "long", "yr_built")]
    return np.column_stack([np.ones(len(columns[0])), *columns])[::100], table["price"][::100]


def formed(value, example, what):
    """The value as an array, if finite and of the shape of the example: any numbers will do."""
    return close(value, example, rtol=0, atol=1e300, what=what)


def vanishes(rest, tolerance, what):
    between(np.max(np.abs(rest)), 0, tolerance, f"the largest entry of {what}")


def equal(left, right, tolerance, name, what):
    """Both sides of an equation, where they fit on paper; else how far they are apart."""
    if np.size(left) <= 9:
        close(left, right, rtol=0, atol=tolerance, what=f"{name}, to equal {what}")
    else:
        vanishes(left - right, tolerance, f"{name} - {what}")


def orthonormal(*shape, rng):
    return np.linalg.qr(rng.normal(size=shape))[0]


def conditioned(m, n, condition, rng):
    """An m by n matrix; singular values spread evenly, on a log scale, from 1 to 1/condition."""
    sizes = np.geomspace(1, 1 / condition, n)
    return orthonormal(m, n, rng=rng) * sizes @ orthonormal(n, n, rng=rng).T


def with_eigenvalues(w, rng):
    V = orthonormal(len(w), len(w), rng=rng)
    A = V * np.asarray(w, float) @ V.T
    return (A + A.T) / 2


# --- matmul -------------------------------------------------------------------------------------


@task("matmul", points=2)
def test_product_on_paper(student):
    """sets rows of A against columns of B"""
    close(student.matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]), [[19, 22], [43, 50]])
    close(student.matmul([[1, 2, 3]], [[4], [5], [6]]), [[32]])
    close(student.matmul([[1, 0, 2], [0, 3, 1]], [[1, 2], [3, 4], [5, 6]]), [[11, 14], [14, 18]])


@task("matmul", points=2)
def test_product_of_any_shape(student, rng):
    """of (m, k) and (k, n) is (m, n), also where m, k, n differ"""
    close(student.matmul([[1], [2]], [[3, 4, 5]]), [[3, 4, 5], [6, 8, 10]])
    for m, k, n in [(2, 3, 4), (5, 1, 3), (1, 6, 2), (7, 4, 4)]:
        A, B = rng.normal(size=(m, k)), rng.normal(size=(k, n))
        C = [[sum(A[i, j] * B[j, l] for j in range(k)) for l in range(n)] for i in range(m)]
        close(student.matmul(A, B), C, rtol=1e-12, atol=1e-12)  # six terms of size 1 round by 1e-15


@task("matmul", points=1)
def test_product_of_turns(student, rng):
    """follows one map by the other: turns add, scales multiply"""
    turn = lambda a: np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    close(student.matmul(turn(np.pi / 2), turn(np.pi / 2)), [[-1, 0], [0, -1]], atol=1e-12)
    a, b = rng.uniform(0.2, 1.2, 2)
    close(student.matmul(turn(a), turn(b)), turn(a + b), atol=1e-12)  # cosines round by 1e-16
    flip = np.array([[0.0, 1.0], [1.0, 0.0]])
    close(student.matmul(turn(a), flip), turn(a)[:, ::-1], atol=1e-12)
    close(student.matmul(flip, turn(a)), turn(a)[::-1], atol=1e-12)


@task("matmul", points=1)
def test_product_of_integers(student, digits):
    """keeps fractions and large sums whatever the types of A and B"""
    close(student.matmul([[1, 2], [3, 4]], [[0.5, 0.0], [0.0, 0.25]]), [[0.5, 0.5], [1.5, 1.0]])
    close(student.matmul([[0.5, 0.25]], [[1], [1]]), [[0.75]])
    close(student.matmul(np.array([[16, 16]], np.uint8), np.array([[16], [16]], np.uint8)), [[512]])
    image = digits[0].reshape(8, 8)
    squares = [[sum(x * y for x, y in zip(row, other)) for other in image] for row in image]
    close(student.matmul(image.astype(np.uint8), image.T.astype(np.uint8)), squares)


@task("matmul", points=2)
def test_product_of_misfits(student):
    """refuses what is not 2-D or does not fit, and keeps A and B"""
    refuses(student.matmul, np.ones((2, 3)), np.ones((2, 3)))
    refuses(student.matmul, np.ones((2, 3)), np.ones((1, 4)))  # numpy would broadcast these two
    refuses(student.matmul, np.ones((2, 1)), np.ones((3, 4)))
    refuses(student.matmul, [[1, 2], [3, 4]], [1, 2])
    refuses(student.matmul, [1, 2], [[1, 2], [3, 4]])
    refuses(student.matmul, np.ones((2, 2, 2)), np.ones((2, 2)))
    keeps(student.matmul, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0], [6.0]]))


# --- batched_matvec -----------------------------------------------------------------------------


@task("batched_matvec", points=2)
def test_batch_on_paper(student):
    """multiplies sample i by matrix i"""
    T, X = [[[1, 2], [3, 4]], [[0, 1], [1, 0]]], [[1, 1], [5, 6]]
    close(student.batched_matvec(T, X), [[3, 7], [6, 5]])
    close(student.batched_matvec([[[1, 2, 3], [0, 1, 0]]], [[1, 1, 2]]), [[9, 1]])


@task("batched_matvec", points=2)
def test_batch_of_any_shape(student, rng):
    """gives (n, k), also where n, k, d differ and where n = k"""
    close(student.batched_matvec([[[1, 2]], [[3, 4]], [[5, 6]]], [[1, 1]] * 3), [[3], [7], [11]])
    for n, k, d in [(5, 2, 3), (3, 3, 2), (2, 4, 4), (4, 4, 4), (1, 3, 2)]:
        T, X = rng.normal(size=(n, k, d)), rng.normal(size=(n, d))
        Y = [[sum(T[i, a, b] * X[i, b] for b in range(d)) for a in range(k)] for i in range(n)]
        close(student.batched_matvec(T, X), Y, rtol=1e-12, atol=1e-12)  # four terms of size 1


@task("batched_matvec", points=2)
def test_shared_matrix(student, rng, digits):
    """takes one matrix (k, d) for all samples, too"""
    close(student.batched_matvec([[1, 2], [3, 4]], [[1, 1], [5, 6]]), [[3, 7], [17, 39]])
    W, X = rng.normal(size=(2, 3)), rng.normal(size=(5, 3))
    Y = [[sum(W[a, b] * x[b] for b in range(3)) for a in range(2)] for x in X]
    close(student.batched_matvec(W, X), Y, rtol=1e-12, atol=1e-12)
    ink = np.kron(np.eye(2), np.full(32, 1 / 32))  # the mean of the upper and of the lower half
    halves = digits[:10].reshape(10, 2, 32).mean(axis=2)
    close(student.batched_matvec(ink, digits[:10]), halves, rtol=1e-12, atol=1e-12)


@task("batched_matvec", points=2)
def test_batch_of_misfits(student):
    """refuses shapes that do not fit, and keeps T and X"""
    refuses(student.batched_matvec, np.ones((3, 2, 4)), np.ones((3, 5)))
    refuses(student.batched_matvec, np.ones((3, 2, 4)), np.ones((2, 4)))
    refuses(student.batched_matvec, np.ones((1, 2, 4)), np.ones((3, 4)))  # numpy would broadcast
    refuses(student.batched_matvec, np.ones((3, 2, 4)), np.ones((1, 4)))
    refuses(student.batched_matvec, np.ones((3, 2, 1)), np.ones((3, 4)))
    refuses(student.batched_matvec, np.ones((2, 1)), np.ones((3, 4)))
    refuses(student.batched_matvec, np.ones((2, 2, 2)), np.ones(2))
    refuses(student.batched_matvec, np.ones(2), np.ones((3, 2)))
    keeps(student.batched_matvec, np.ones((2, 1, 3)), np.ones((2, 3)))


# --- pairwise_distances -------------------------------------------------------------------------


@task("pairwise_distances", points=2)
def test_distances_on_paper(student):
    """puts the distance of X[i] and Y[j] at [i, j]"""
    Y = [[0, 0], [3, 0], [6, 8]]
    close(student.pairwise_distances([[0, 0], [3, 4]], Y), [[0, 3, 10], [5, 4, 5]], atol=1e-6)
    close(student.pairwise_distances([[1, 2, 3]], [[2, 4, 5]]), [[3]])


@task("pairwise_distances", points=2)
def test_distances_far_from_the_origin(student, rng):
    """does not notice where the origin is"""
    # Expanding the square leaves -128 here, whatever the order of the sums.
    D = student.pairwise_distances([[101449144, 986306430]], [[101449147, 986306434]])
    close(D, [[5]], rtol=0, atol=1e-6)
    close(student.pairwise_distances([[0], [1e9]], [[1e9 + 1]]), [[1e9 + 1], [1]], rtol=1e-12)  # no origin is near both
    # The coordinates themselves round by 1e-10; expanding the square errs by 1e-2 and more.
    X, Y = rng.normal(size=(12, 3)), rng.normal(size=(4, 3))
    for other in (X, Y, X + 0.1 * rng.normal(size=X.shape)):
        exact = [[np.linalg.norm(x - y) for y in other] for x in X]
        close(student.pairwise_distances(X + 1e6, other + 1e6), exact, rtol=0, atol=1e-6)


@task("pairwise_distances", points=2)
def test_distances_of_turned_clouds(student, rng):
    """survives turning both clouds, and turns over with them swapped"""
    close(student.pairwise_distances([[1, 0]], [[0, 1], [-1, 0]]), [[np.sqrt(2), 2]])
    for n, m, d in [(5, 3, 3), (2, 6, 4), (4, 4, 2)]:
        X, Y = rng.normal(size=(n, d)), rng.normal(size=(m, d)) + 1
        turn = orthonormal(d, d, rng=rng)
        exact = np.array([[np.linalg.norm(x - y) for y in Y] for x in X])
        for first, second, D in [(X @ turn, Y @ turn, exact), (Y, X, exact.T)]:
            # Expanding the square may err by 1e-15 / distance, and the clouds may come close.
            close(student.pairwise_distances(first, second), D, rtol=1e-9, atol=1e-8)


@task("pairwise_distances", points=1)
def test_distances_of_images(student, digits):
    """of images that come as unsigned bytes is right, too"""
    close(student.pairwise_distances(np.array([[0]], np.uint8), np.array([[5]], np.uint8)), [[5]])
    X, Y = digits[:4], digits[10:17]
    D = [[np.sqrt(sum((x - y) ** 2)) for y in Y] for x in X]
    close(student.pairwise_distances(X.astype(np.uint8), Y.astype(np.uint8)), D)


@task("pairwise_distances", points=1)
def test_distances_of_misfits(student):
    """refuses tables of different width and lists, keeps X and Y"""
    refuses(student.pairwise_distances, np.ones((2, 3)), np.ones((4, 2)))
    refuses(student.pairwise_distances, np.ones((2, 3)), np.ones((4, 1)))  # numpy would broadcast
    refuses(student.pairwise_distances, [1.0, 2.0], [[1.0, 2.0]])
    refuses(student.pairwise_distances, [[1.0, 2.0]], [1.0, 2.0])
    keeps(student.pairwise_distances, np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[3.0, 5.0]]))


# --- project ------------------------------------------------------------------------------------


@task("project", points=2)
def test_shadow_on_a_direction(student):
    """of a vector on one direction is (b·v / b·b) b"""
    close(student.project([3, 0, 1], [1, 2, 2]), [5 / 9, 10 / 9, 10 / 9])
    close(student.project([3, 4], [2, 0]), [3, 0])
    close(student.project([3, 0, 1], [[1], [2], [2]]), [5 / 9, 10 / 9, 10 / 9])


@task("project", points=2)
def test_shadow_on_a_skew_plane(student):
    """is right where B's columns are neither perpendicular nor of length 1"""
    close(student.project([1, 2, 3], [[1, 1], [0, 1], [0, 0]]), [1, 2, 0], atol=1e-9)
    close(student.project([1, 0, 2], [[2, 1], [0, 1], [0, 1]]), [1, 1, 1])
    close(student.project([2, 5], [[1, 2], [3, 4]]), [2, 5])


@task("project", points=2)
def test_shadow_satisfies_its_equations(student, rng):
    """leaves a rest perpendicular to B, and itself has no rest"""
    for m, k in [(4, 2), (7, 3), (6, 1), (3, 3)]:
        v, B = rng.normal(size=m), conditioned(m, k, 30, rng)
        Q = np.linalg.qr(B)[0]
        shadow = close(student.project(v, B), Q @ (Q.T @ v), rtol=0, atol=1e-8 * np.linalg.norm(v))
        vanishes(B.T @ (v - shadow), 1e-8 * np.linalg.norm(v), "Bᵀ(v - shadow)")
        close(student.project(shadow, B), shadow, rtol=0, atol=1e-8 * np.linalg.norm(v))
        other = B @ conditioned(k, k, 5, rng)  # other columns that span the same space
        close(student.project(v, other), shadow, rtol=0, atol=1e-8 * np.linalg.norm(v))


@task("project", points=1)
def test_shadow_in_any_unit(student, rng, floors):
    """depends on the directions of B's columns, not on their lengths"""
    close(student.project([3, 4], [2e-9, 0]), [3, 0])
    close(student.project([2, 5, 1], [[1e-8, 0], [0, 1e-8], [0, 0]]), [2, 5, 0])
    close(student.project([2, 5, 1], [[1e6, 0], [0, 1e6], [0, 0]]), [2, 5, 0])
    living, parts = floors[:, 0], floors[:, 1:]  # living lies in the plane of its two parts
    close(student.project(living, parts), living, rtol=0, atol=1e-8 * np.linalg.norm(living))


@task("project", points=1)
def test_shadow_on_nothing(student, rng, floors):
    """refuses dependent columns, zero vectors and misfits, keeps v and B"""
    refuses(student.project, [1, 2], [0, 0])
    refuses(student.project, [1, 2, 3], [[1, 2], [2, 4], [3, 6]])
    refuses(student.project, [1, 2, 3], [[1, 0], [2, 0], [3, 0]])
    refuses(student.project, [1, 2, 3], [[1, 1], [0, 1e-13], [0, 0]])
    for _ in range(5):  # rounding lets solve() succeed on most of these
        a, b = rng.normal(size=(2, 6))
        refuses(student.project, rng.normal(size=6), np.column_stack([a, b, 0.3 * a - 0.7 * b]))
    refuses(student.project, np.ones(len(floors)), floors)
    refuses(student.project, [1, 2, 3], [1, 2])
    refuses(student.project, [1, 2, 3], [[1, 0], [0, 1]])
    B = np.array([[1.0, 0.0], [2.0, 1.0], [2.0, 0.0]])
    keeps(student.project, np.array([3.0, 0.0, 1.0]), B)


# --- gram_schmidt -------------------------------------------------------------------------------


def orthonormalises(student, A, tolerance=1e-8, remark=""):
    """Q of A satisfies QᵀQ = I, and QᵀA is the triangular matrix that makes A from Q."""
    A = np.asarray(A, float)
    Q = formed(student.gram_schmidt(A), np.linalg.qr(A)[0], "Q")
    equal(Q.T @ Q, np.eye(A.shape[1]), tolerance, "QᵀQ", f"I{remark}")
    rest = (A - Q @ np.triu(Q.T @ A)) / np.linalg.norm(A, axis=0)
    vanishes(rest, tolerance, "A - Q triu(QᵀA), per length of a column,")


@task("gram_schmidt", points=2)
def test_two_columns_on_paper(student):
    """makes two columns perpendicular and of length 1"""
    A, right = [[1, 1], [1, 0], [0, 1]], np.array([[1, 1], [1, -1], [0, 2]]) / np.sqrt([2, 6])
    Q = formed(student.gram_schmidt(A), right, "Q")
    close(Q, right * np.where(np.sum(Q * right, axis=0) < 0, -1, 1), atol=1e-9)  # signs are free
    Q = formed(student.gram_schmidt([[3, 5], [4, 5]]), np.eye(2), "Q")
    close(np.abs(Q), [[0.6, 0.8], [0.8, 0.6]], what="the absolute values of Q")


@task("gram_schmidt", points=3)
def test_spans_of_columns(student, rng):
    """spans with its first j columns what A's first j columns span"""
    orthonormalises(student, [[1, 1, 1], [0, 1, 1], [0, 0, 1]])
    orthonormalises(student, [[2, 1, 0], [1, 2, 1], [0, 1, 2]])
    for m, n in [(5, 3), (4, 4), (7, 5), (3, 1)]:
        orthonormalises(student, rng.normal(size=(m, n)) + 1)


@task("gram_schmidt", points=2)
def test_nearly_parallel_columns(student, rng):
    """stays orthonormal to 1e-8 when columns are nearly parallel"""
    orthonormalises(student, [[1, 1], [0, 1e-3]])
    # Läuchli's matrix: the classical form leaves 5e-4 in QᵀQ, the modified one 1e-9.
    remark = "; rounding stays small where each shadow is taken of what is left of the column"
    orthonormalises(student, [[1, 1, 1], [2e-7, 0, 0], [0, 2e-7, 0], [0, 0, 2e-7]], remark=remark)
    for _ in range(3):  # condition 1e7 in 100 draws: classical 3e-7 at least, modified 1e-9 at most
        orthonormalises(student, conditioned(10, 6, 1e7, rng))


@task("gram_schmidt", points=1)
def test_columns_of_any_size(student, rng, floors):
    """takes integers, and columns as small or large as they come"""
    Q = formed(student.gram_schmidt(np.array([[1, 2], [2, 1]])), np.eye(2), "Q")
    equal(Q.T @ Q, np.eye(2), 1e-8, "QᵀQ", "I")
    orthonormalises(student, [[1e-12, 1e-12], [0, 1e-12]])
    orthonormalises(student, rng.normal(size=(5, 3)) * np.array([1e-13, 1, 1e9]))
    orthonormalises(student, floors[:, 1:])


@task("gram_schmidt", points=1)
def test_dependent_columns_leave_no_rest(student, rng, floors):
    """refuses dependent columns, though rounding leaves a rest of them"""
    refuses(student.gram_schmidt, [[1, 2], [2, 4], [3, 6]])
    refuses(student.gram_schmidt, [[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]])
    refuses(student.gram_schmidt, floors)
    for _ in range(5):
        a, b = rng.normal(size=(2, 6))
        refuses(student.gram_schmidt, np.column_stack([a, b, a + b]))
        refuses(student.gram_schmidt, np.column_stack([a, b, 1e-3 * a - 1e-3 * b]))


@task("gram_schmidt", points=1)
def test_gram_schmidt_keeps_A(student):
    """keeps A, and refuses more columns than rows"""
    keeps(student.gram_schmidt, np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]))
    refuses(student.gram_schmidt, [[1, 0, 1], [0, 1, 1]])
    refuses(student.gram_schmidt, [1.0, 2.0])


# --- solve_linear_system ------------------------------------------------------------------------


def solves(student, A, b):
    """x has the shape of b, and Ax - b is rounding."""
    A, b = np.asarray(A), np.asarray(b)
    x = formed(student.solve_linear_system(A, b), np.linalg.solve(A, b), "x")
    size = np.linalg.norm(A) * np.linalg.norm(x) + np.linalg.norm(b)
    between(np.linalg.norm(A @ x - b) / size, 0, 1e-10, "|Ax - b| / (|A| |x| + |b|)")


@task("solve_linear_system", points=2)
def test_system_on_paper(student):
    """solves two equations, with a zero in the corner, too"""
    close(student.solve_linear_system([[2, 1], [1, 3]], [5, 5]), [2, 1])
    close(student.solve_linear_system([[0, 2], [1, 1]], [2, 3]), [2, 1])
    close(student.solve_linear_system([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [5, 4, 3]), [1, 2, 3])


@task("solve_linear_system", points=3)
def test_pivot_of_largest_size(student, rng):
    """chooses the entry of largest absolute value as the pivot"""
    close(student.solve_linear_system([[1e-20, 1], [1, 1]], [1, 2]), [1, 1])
    close(student.solve_linear_system([[0, 1], [-5, 1]], [3, -7]), [2, 3])
    close(student.solve_linear_system([[1, 2, 1], [2, 4, 1], [1, 1, 1]], [8, 15, 6]), [3, 2, 1])
    A = rng.normal(size=(5, 5)) - 5 * np.eye(5)[::-1]  # its large entries are negative
    A[0, 0] = 1e-18
    solves(student, A, rng.normal(size=5))


@task("solve_linear_system", points=2)
def test_residual_of_the_solution(student, rng):
    """leaves no residual in larger systems, large or small"""
    solves(student, [[4, -2, 1], [-2, 4, -2], [1, -2, 4]], [11, -16, 17])
    for n in (1, 4, 12):
        solves(student, rng.normal(size=(n, n)), rng.normal(size=n))
    solves(student, 1e-13 * rng.normal(size=(3, 3)), rng.normal(size=3))  # small is not singular
    solves(student, 1e13 * rng.normal(size=(3, 3)), rng.normal(size=3))


@task("solve_linear_system", points=2)
def test_several_right_hand_sides(student, rng):
    """solves for k columns of b at once, and gives x the shape of b"""
    close(student.solve_linear_system([[2, 0], [0, 4]], [[2, 4], [4, 8]]), [[1, 2], [1, 2]])
    close(student.solve_linear_system([[0, 2], [1, 1]], [[2], [3]]), [[2], [1]])
    inverse = student.solve_linear_system([[1, 2], [3, 4]], np.eye(2))
    close(inverse, [[-2, 1], [1.5, -0.5]], atol=1e-12)
    solves(student, rng.normal(size=(5, 5)), rng.normal(size=(5, 3)))


@task("solve_linear_system", points=2)
def test_singular_systems(student, rng, floors):
    """refuses singular matrices, though rounding hides their zero pivot"""
    refuses(student.solve_linear_system, [[1, 2], [2, 4]], [1, 2])
    refuses(student.solve_linear_system, [[-1, -2], [-2, -4]], [1, 2])
    refuses(student.solve_linear_system, [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [1, 2, 4])
    refuses(student.solve_linear_system, np.zeros((2, 2)), [0, 0])
    refuses(student.solve_linear_system, floors.T @ floors, [1.0, 2.0, 3.0])
    for _ in range(5):
        a, b = rng.normal(size=(2, 3))
        refuses(student.solve_linear_system, [a, b, 0.3 * a - 0.7 * b], [1, 2, 3])


@task("solve_linear_system", points=1)
def test_system_of_integers(student):
    """takes integers, keeps A and b, refuses what does not fit"""
    A, b = np.array([[2, 1], [1, 3]]), np.array([1, 2])
    close(keeps(student.solve_linear_system, A, b), [0.2, 0.6])
    keeps(student.solve_linear_system, np.array([[0.0, 2.0], [1.0, 1.0]]), np.array([2.0, 3.0]))
    refuses(student.solve_linear_system, [[1, 2, 3], [4, 5, 7]], [1, 2])
    refuses(student.solve_linear_system, [[1, 2], [3, 4], [5, 7]], [1, 2, 3])
    refuses(student.solve_linear_system, [[1, 2], [3, 4]], [1, 2, 3])
    refuses(student.solve_linear_system, [[1, 2], [3, 4]], [[1, 2]])


# --- least_squares_qr ---------------------------------------------------------------------------


@task("least_squares_qr", points=2)
def test_line_through_three_points(student):
    """finds the best line through three points that lie on none"""
    close(student.least_squares_qr([[1, 0], [1, 1], [1, 2]], [1, 3, 4]), [7 / 6, 3 / 2])
    close(student.least_squares_qr([[1], [2], [2]], [3, 0, 1]), [5 / 9])
    close(student.least_squares_qr([[2, 1], [1, 3]], [5, 5]), [2, 1])


@task("least_squares_qr", points=1)
def test_residual_is_perpendicular(student, rng):
    """leaves a residual that is perpendicular to every column"""
    for m, n in [(8, 3), (4, 1), (5, 5), (20, 4)]:
        A, b = conditioned(m, n, 20, rng), rng.normal(size=m)
        x = formed(student.least_squares_qr(A, b), np.linalg.lstsq(A, b, rcond=None)[0], "x")
        vanishes(A.T @ (b - A @ x), 1e-10 * np.linalg.norm(b), "Aᵀ(b - Ax)")


@task("least_squares_qr", points=2)
def test_nearly_collinear_columns(student, rng):
    """keeps its digits where columns nearly depend on each other"""
    x = student.least_squares_qr([[1, 1], [2e-7, 0], [0, 2e-7]], [3, 2e-7, 4e-7])
    close(x, [1, 2], rtol=1e-6)
    for _ in range(3):  # condition 1e7: the normal equations err by 1e-4 and more, QR by 4e-9
        A, x = conditioned(20, 5, 1e7, rng), rng.normal(size=5)
        x *= 3 / np.linalg.norm(x)
        got = formed(student.least_squares_qr(A, A @ x), x, "x")
        between(np.linalg.norm(got - x) / 3, 0, 1e-6, "the relative error of x")


@task("least_squares_qr", points=1)
def test_prices_of_houses(student, prices):
    """fits the prices of 217 houses, in feet and dollars"""
    A, b = prices
    close(student.least_squares_qr([[1e-9], [2e-9], [2e-9]], [3, 0, 1]), [5e9 / 9])
    # The condition 3e6 comes from the units alone, so that only 1e-12 is lost.
    close(student.least_squares_qr(A, b), np.linalg.lstsq(A, b, rcond=None)[0], rtol=1e-6)


@task("least_squares_qr", points=2)
def test_no_single_best_answer(student, rng, floors):
    """refuses dependent columns and misfits, keeps A and b"""
    refuses(student.least_squares_qr, [[1, 1], [2, 2], [3, 3]], [1, 2, 4])
    refuses(student.least_squares_qr, floors, np.ones(len(floors)))
    for _ in range(5):
        a, b = rng.normal(size=(2, 6))
        refuses(student.least_squares_qr, np.column_stack([a, b, 0.3 * a - 0.7 * b]), np.ones(6))
    refuses(student.least_squares_qr, [[1, 2, 3], [4, 5, 7]], [1, 2])
    refuses(student.least_squares_qr, [[1, 0], [1, 1], [1, 2]], [1, 3])
    A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    keeps(student.least_squares_qr, A, np.array([1.0, 3.0, 4.0]))


# --- power_iteration ----------------------------------------------------------------------------


def finds_dominant(student, A, seed, **options):
    """The eigenvalue of largest size with its sign, and a unit vector with Av = λv."""
    A = np.asarray(A, float)
    w, V = np.linalg.eigh(A)
    first = np.argmax(np.abs(w))
    value, v = student.power_iteration(A, **options, rng=int(seed))
    value = close(value, w[first], rtol=1e-8, what="the eigenvalue")
    v = formed(v, V[:, first], "the eigenvector")
    between(np.linalg.norm(v), 1 - 1e-9, 1 + 1e-9, "the length of the eigenvector")
    equal(A @ v, value * v, 1e-5 * np.abs(w[first]), "Av", "λv")


@task("power_iteration", points=2, false_fail=0)
def test_eigenpair_on_paper(student, rng):
    """finds the largest eigenvalue and a vector of length 1 with Av = λv"""
    finds_dominant(student, [[2, 1], [1, 2]], 0)
    finds_dominant(student, [[6, 2], [2, 3]], 1)
    finds_dominant(student, with_eigenvalues([4, 3, 2, 1], rng), 2)
    value, _ = student.power_iteration([[6, 2], [2, 3]])  # rng=None is the default
    close(value, 7, rtol=1e-8)


@task("power_iteration", points=2, false_fail=0)
def test_negative_eigenvalue(student, rng):
    """keeps the sign where the dominant eigenvalue is negative"""
    finds_dominant(student, [[0, 2], [2, -3]], 0)
    finds_dominant(student, [[-5]], 1)
    finds_dominant(student, with_eigenvalues([-9, 7, 3, -1], rng), 2)


@task("power_iteration", points=2, false_fail=0)
def test_start_of_the_iteration(student):
    """does not start perpendicular to the vector that it looks for"""
    finds_dominant(student, [[2, -1], [-1, 2]], 0)  # its vector (1, -1) adds up to 0
    finds_dominant(student, [[1, 0, 0], [0, 3, 0], [0, 0, 2]], 1)
    finds_dominant(student, [[2, 0, 0], [0, 2, -3], [0, -3, 2]], 2)


@task("power_iteration", points=1, false_fail=1e-8)
def test_steps_of_the_iteration(student, rng):
    """multiplies by A once a step, from a direction that rng draws"""
    A = np.array([[0.0, 2.0], [2.0, -3.0]])
    (_, v), (_, after) = (student.power_iteration(A, n_steps=n, rng=3) for n in (1, 2))
    v, after = formed(v, np.ones(2), "the vector after 1 step"), formed(after, np.ones(2), "the vector after 2 steps")
    u = A @ v / np.linalg.norm(A @ v)  # up to its sign, the vector one step later
    equal(after * (after @ u), u, 1e-9, "the projection on the vector after 2 steps", "Av / |Av| with the v after 1 step")
    B = with_eigenvalues(range(1, 31), rng)  # 30 signs, the coarsest random direction, agree for two seeds with probability 2^-29
    for seeds, whose in [((3, 4), "of two seeds"), ((None, None), "of two calls without an rng")]:
        one, other = (formed(student.power_iteration(B, n_steps=1, rng=seed)[1], np.ones(30), "the eigenvector") for seed in seeds)
        between(abs(one @ other), 0, 1 - 1e-6, f"|cos| of the angle between the vectors {whose} after 1 step")


@task("power_iteration", points=1, false_fail=0)
def test_patience_of_the_iteration(student, rng):
    """is exact with a ratio of 0.97, and does not overflow"""
    finds_dominant(student, [[97, 0], [0, 100]], 0)
    finds_dominant(student, with_eigenvalues([1, 0.97, 0.9, -0.5, 0.2], rng), 1)
    finds_dominant(student, 1e3 * with_eigenvalues([8, 6, -5, 3], rng), 2, n_steps=200)
    finds_dominant(student, 1e-5 * with_eigenvalues([8, 6, -5, 3], rng), 3, n_steps=200)


@task("power_iteration", points=1, false_fail=0)
def test_direction_of_most_ink(student, digits):
    """finds the direction in which 1797 digits vary most"""
    finds_dominant(student, [[9, 3], [3, 1]], 0)  # rank 1: exact after one step
    finds_dominant(student, np.cov(digits.T), 1)  # 64 pixels, ratio 0.915


@task("power_iteration", points=1, false_fail=0)
def test_power_iteration_refuses(student, rng):
    """refuses A unless it is symmetric, keeps A, repeats itself for a seed"""
    refuses(student.power_iteration, [[1, 2], [0, 3]], rng=0)
    refuses(student.power_iteration, [[1, 2, 3], [2, 4, 5]], rng=0)
    _, first = keeps(student.power_iteration, np.array([[2.0, 1.0], [1.0, 2.0]]), n_steps=1, rng=5)
    # After one step the vector still tells where it started: any start but the first one moves it.
    _, again = student.power_iteration([[2.0, 1.0], [1.0, 2.0]], n_steps=1, rng=5)
    close(again, first, what="the eigenvector of the same seed once more")


# --- symmetric_eigen ----------------------------------------------------------------------------


def decomposes(student, A):
    """w is right and descending, VᵀV = I and AV = V diag(w); any such V is a right one."""
    A = np.asarray(A, float)
    w, V = student.symmetric_eigen(A)
    values, vectors = np.linalg.eigh(A)
    size = np.linalg.norm(A)
    w = close(w, values[::-1], rtol=0, atol=1e-8 * size, what="w")
    V = formed(V, vectors[:, ::-1], "V")
    equal(V.T @ V, np.eye(len(A)), 1e-8, "VᵀV", "I")
    equal(A @ V, V * w, 1e-8 * size, "AV", "V diag(w)")


@task("symmetric_eigen", points=2)
def test_eigen_on_paper(student):
    """finds both eigenvalues and eigenvectors of small matrices"""
    decomposes(student, [[2, 1], [1, 2]])
    decomposes(student, [[6, 2], [2, 3]])
    decomposes(student, [[2, -1, 0], [-1, 2, -1], [0, -1, 2]])


@task("symmetric_eigen", points=3)
def test_eigen_of_random_matrices(student, rng):
    """satisfies AV = V diag(w) and VᵀV = I"""
    decomposes(student, [[1, 2, 0], [2, 1, 3], [0, 3, 1]])
    for n in (4, 6, 12):
        A = rng.normal(size=(n, n))
        decomposes(student, A + A.T)


@task("symmetric_eigen", points=2)
def test_eigen_of_any_sign(student, rng):
    """orders by value, not by size, also where eigenvalues repeat"""
    decomposes(student, [[0, 1], [1, 0]])
    for w in [(3, -7, 1), (5, 2, 2, -1), (4, 4, 4, 1), (-1, -2, -3), (2, -2, 1, -1)]:
        decomposes(student, with_eigenvalues(w, rng))


@task("symmetric_eigen", points=2)
def test_eigen_of_plain_matrices(student):
    """takes diagonal matrices, one number, and a matrix of zeros"""
    decomposes(student, [[1, 0, 0], [0, 3, 0], [0, 0, 2]])
    decomposes(student, [[-4]])
    decomposes(student, np.zeros((3, 3)))
    decomposes(student, np.eye(4))
    decomposes(student, np.ones((3, 3)))


@task("symmetric_eigen", points=2)
def test_eigen_of_pixels(student, rng, digits):
    """decomposes the covariance of pixels, and close or tiny eigenvalues"""
    decomposes(student, [[1, 1e-3], [1e-3, 1]])
    decomposes(student, np.cov(digits[:, 20:32].T))
    decomposes(student, with_eigenvalues([1, 0.99, 0.98, 0.5, 1e-6, 0], rng))
    decomposes(student, 1e-9 * with_eigenvalues([3, 2, 1], rng))


@task("symmetric_eigen", points=1)
def test_eigen_refuses(student):
    """refuses A unless it is symmetric, and keeps it"""
    refuses(student.symmetric_eigen, [[1, 2], [0, 3]])
    refuses(student.symmetric_eigen, [[2, 1, 0], [1, 2, 1], [0, 1.1, 2]])
    refuses(student.symmetric_eigen, [[1, 2, 3], [2, 4, 5]])
    keeps(student.symmetric_eigen, np.array([[2.0, 1.0], [1.0, 3.0]]))


# --- pca ----------------------------------------------------------------------------------------


def follow(scores, centred, components):
    equal(scores, centred @ components.T, 1e-8 * np.abs(centred).max(), "scores", "Xc componentsᵀ")


def finds_components(student, X, k):
    """Orthonormal rows, eigenvectors of the covariance matrix; its eigenvalues; matching scores."""
    X = np.asarray(X, float)
    components, variances, scores = student.pca(X, k)
    C = np.cov(X.T)
    w, V = np.linalg.eigh(C)
    centred = X - X.mean(axis=0)
    example, most = V.T[::-1][:k], w[-1]
    components = formed(components, example, "components")
    variances = close(variances, w[::-1][:k], rtol=0, atol=1e-8 * most, what="explained_variance")
    scores = formed(scores, centred @ example.T, "scores")
    equal(components @ components.T, np.eye(k), 1e-8, "components componentsᵀ", "I")
    equal(components @ C, variances[:, None] * components, 1e-8 * most, "Ca for the components a", "λa")
    follow(scores, centred, components)
    return variances


@task("pca", points=2)
def test_components_on_paper(student):
    """finds the direction in which a few points vary most"""
    finds_components(student, [[1, 1], [2, 2], [3, 3]], 1)
    finds_components(student, [[0, 1], [2, 1], [1, 0], [1, 2], [4, 4], [-2, -2]], 2)


@task("pca", points=2)
def test_components_off_centre(student, rng):
    """finds the same components wherever the cloud lies"""
    finds_components(student, [[101, 10], [102, 10], [103, 11], [104, 9]], 1)
    X = rng.normal(size=(9, 4)) @ np.diag([3, 2, 1, 0.5]) @ orthonormal(4, 4, rng=rng)
    for shift in ([5, -3, 8, 1], [100, 100, 100, 100]):
        finds_components(student, X + np.array(shift), 2)
    finds_components(student, X + 7, 4)
    finds_components(student, X[:4] + 7, 3)  # fewer images than pixels: k = n - 1


@task("pca", points=1)
def test_scores_follow_their_components(student, rng):
    """gives uncorrelated scores that have the explained variances"""
    paper = np.array([[0.0, 0.0], [-2.0, -1.0], [-4.0, -2.0], [-1.0, -3.0]])
    for X in (paper, rng.normal(size=(12, 3)) - 4):
        for table in (X, -X):  # a sign fixed in the components must be fixed in the scores
            components, variances, scores = student.pca(table, 2)
            components = formed(components, table[:2], "components")
            variances = formed(variances, [1.0, 1.0], "explained_variance")
            scores = formed(scores, table[:, :2], "scores")
            follow(scores, table - table.mean(axis=0), components)
            equal(np.cov(scores.T), np.diag(variances), 1e-8 * np.abs(variances).max(), "cov(scores)", "diag(variances)")


@task("pca", points=2)
def test_components_of_digits(student, digits):
    """needs 21, 29, 41 components for 90, 95, 99 % of the digits' variance"""
    images = [[0, 16, 4], [2, 14, 4], [4, 13, 4], [8, 10, 4]]  # the last pixel is constant
    finds_components(student, images, 2)
    shares = np.cumsum(finds_components(student, digits, 41)) / np.var(digits, axis=0, ddof=1).sum()
    counts = [1 + int(np.sum(shares < share)) for share in (0.90, 0.95, 0.99)]
    close(counts, [21, 29, 41], what="the number of components for 90, 95 and 99 %")


@task("pca", points=1)
def test_pca_refuses(student):
    """refuses k < 1, k > min(n - 1, d) and a list, keeps X"""
    X = np.array([[1.0, 2.0, 0.0], [2.0, 1.0, 1.0], [4.0, 4.0, 3.0]])
    keeps(student.pca, X, 1)
    for k in (0, -1, 3, 4):  # three centred rows span a plane at most
        refuses(student.pca, X, k)
    refuses(student.pca, [[1, 2], [3, 5], [4, 4], [0, 1]], 3)
    refuses(student.pca, [1.0, 2.0, 4.0], 1)


# --- low_rank_approximation ---------------------------------------------------------------------


def is_nearest(student, A, k):
    """Rank k, and the squared error is the sum of the squared singular values left out."""
    A = np.asarray(A, float)
    U, s, Vt = np.linalg.svd(A)
    nearest = U[:, :k] * s[:k] @ Vt[:k]
    got = formed(student.low_rank_approximation(A, k), nearest, "the approximation")
    error, least, size = np.sum((A - got) ** 2), np.sum(s[k:] ** 2), np.sum(s**2)
    between((error - least) / size, -1e-8, 1e-8, "squared error - sum of the dropped σ², per |A|²,")
    if k < len(s):
        beyond = np.linalg.svd(got, compute_uv=False)[k] / s[0]
        between(beyond, 0, 1e-8, f"singular value {k + 1} of the result, per the largest of A,")


@task("low_rank_approximation", points=2)
def test_rank_one_on_paper(student):
    """is the nearest matrix of rank 1 to a matrix of four numbers"""
    close(student.low_rank_approximation([[3, 0], [4, 5]], 1), [[1.5, 1.5], [4.5, 4.5]])
    wide = [[1, 0, 0], [0, 3, 0]]
    close(student.low_rank_approximation(wide, 1), [[0, 0, 0], [0, 3, 0]], atol=1e-9)
    close(student.low_rank_approximation([[1, 2], [2, 4]], 1), [[1, 2], [2, 4]])


@task("low_rank_approximation", points=2)
def test_tall_and_wide(student, rng):
    """errs by the sum of the dropped σ², in tall and wide matrices"""
    is_nearest(student, [[1, 1, 1], [1, 2, 3]], 1)
    for m, n, k in [(6, 4, 2), (3, 7, 2), (5, 5, 3), (8, 2, 1)]:
        is_nearest(student, rng.normal(size=(m, n)) + 1, k)


@task("low_rank_approximation", points=1)
def test_size_counts_not_sign(student, rng):
    """keeps the largest in size, though an eigenvalue is negative"""
    close(student.low_rank_approximation([[1, 0], [0, -2]], 1), [[0, 0], [0, -2]], atol=1e-9)
    is_nearest(student, with_eigenvalues([-9, 4, 2, -1], rng), 1)
    is_nearest(student, with_eigenvalues([-9, 4, 2, -1], rng), 3)


@task("low_rank_approximation", points=1)
def test_patterns_of_digits(student, digits):
    """gives back 1797 digits from 61 patterns, as three pixels are always 0"""
    is_nearest(student, digits[0].reshape(8, 8), 2)
    is_nearest(student, digits[:300], 10)
    close(student.low_rank_approximation(digits, 61), digits, atol=1e-8)  # rounding 1e-12 of 16


@task("low_rank_approximation", points=1)
def test_rank_of_nothing_and_all(student, rng):
    """is zero for k = 0, and A itself for k >= min(m, n)"""
    close(student.low_rank_approximation([[1, 2], [3, 4]], 0), [[0, 0], [0, 0]], atol=1e-12)
    close(student.low_rank_approximation([[1, 2], [3, 4]], 3), [[1, 2], [3, 4]], atol=1e-9)
    wide = [[1, 2, 0], [3, 4, 1]]
    close(student.low_rank_approximation(wide, 2), wide, atol=1e-9)
    close(student.low_rank_approximation(wide, 3), wide, atol=1e-9)
    A = rng.normal(size=(3, 5))
    close(student.low_rank_approximation(A, 8), A, rtol=0, atol=1e-9)
    close(student.low_rank_approximation(A, 0), np.zeros((3, 5)), atol=1e-12)


@task("low_rank_approximation", points=1)
def test_low_rank_refuses(student):
    """refuses k < 0 and what is no matrix, keeps A"""
    refuses(student.low_rank_approximation, [[1, 2], [3, 4]], -1)
    refuses(student.low_rank_approximation, [1, 2, 3], 1)
    refuses(student.low_rank_approximation, np.ones((2, 2, 2)), 1)
    keeps(student.low_rank_approximation, np.array([[3.0, 0.0], [4.0, 5.0]]), 1)
