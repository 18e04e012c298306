"""Project 3: linear algebra from scratch.

Eleven functions that lead from the product of two matrices to the principal components of a set
of images. Each docstring says exactly what its function must do; the handout
projects/3-linear-algebra/README.md derives it. Grade your work with `make project-3`.

Everywhere: rows of X are observations, array arguments may be lists or integers, computing is
done in float64, and no argument is ever changed. |v| is the Euclidean length of a vector, max|A|
the largest absolute entry of a matrix. "Orthonormal" means perpendicular and of length 1.
"""
import numpy as np


def symmetric(A):
    """Return A as a float64 array if it is symmetric. (Solved: read it as a model of style.)

    A: (n, n) array-like. It counts as symmetric if |A_ij - A_ji| <= 1e-10 max|A| everywhere.
    Returns a new array of shape (n, n), which may be changed without changing A.
    Raises ValueError if A is not square or not symmetric.

    Example: [[2, 1], [1, 2]] comes back as floats, [[2, 1], [0, 2]] is refused.
    """
    A = np.array(A, float)
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError(f"A must be square, got shape {A.shape}")
    if np.abs(A - A.T).max() > 1e-10 * np.abs(A).max():
        raise ValueError("A differs from its transpose")
    return A


def matmul(A, B):
    """Return the matrix product AB: C_ij = Σ_k A_ik B_kj, row i of A against column j of B.

    A: (m, k); B: (k, n); numbers of any type. Returns a float64 array of shape (m, n).
    Raises ValueError unless both are 2-D and A has as many columns as B has rows, also where
    numpy would broadcast. No @, no dot, no other ready-made product.

    Example: [[1, 2], [3, 4]] times [[5, 6], [7, 8]] gives [[19, 22], [43, 50]].
    """
    raise NotImplementedError


def batched_matvec(T, X):
    """Return each sample times its matrix: Y_ia = Σ_b T_iab X_ib, that is Y[i] = T[i] X[i].

    T: (n, k, d), a k-by-d matrix for each sample, or (k, d), one matrix that all samples share;
    X: (n, d), a sample per row. Returns a float64 array of shape (n, k).
    Raises ValueError for any other combination of shapes, also where numpy would broadcast.

    Example: T = [[[1, 2], [3, 4]], [[0, 1], [1, 0]]] and X = [[1, 1], [5, 6]] give
    [[3, 7], [6, 5]]; the shared T = [[1, 2], [3, 4]] gives [[3, 7], [17, 39]].
    """
    raise NotImplementedError


def pairwise_distances(X, Y):
    """Return the Euclidean distances D_ij = |X_i - Y_j| = sqrt(Σ_k (X_ik - Y_jk)²) of all rows.

    X: (n, d); Y: (m, d), in one unit; small integer types must not wrap round.
    Returns a float64 array of shape (n, m), in that unit. Never nan, and exact to 1e-6 wherever
    the points lie: adding 1e6 to all coordinates changes no distance by more than 1e-6.
    Raises ValueError if X or Y is not 2-D or they have different numbers of columns.

    Example: X = [[0, 0], [3, 4]], Y = [[0, 0], [3, 0], [6, 8]] give [[0, 3, 10], [5, 4, 5]].
    """
    raise NotImplementedError


def project(v, B):
    """Return the orthogonal projection Bc of v onto the span of B's columns: BᵀB c = Bᵀv.

    v: (m,); B: (m, k) with linearly independent columns, of any length and at any angle, or (m,)
    for a single direction b, where the formula is (b·v / b·b) b.
    Returns a float64 array of shape (m,), exact to 1e-8 |v| if B's condition number is <= 1000.
    Do without np.linalg.lstsq and np.linalg.pinv.
    Raises ValueError for shapes that do not fit, and for columns that are zero or dependent
    (smallest singular value of B below 1e-12 of the largest): the size of B must not matter.

    Example: v = [3, 0, 1] on b = [1, 2, 2] gives 5/9 b = [0.5556, 1.1111, 1.1111].
    """
    raise NotImplementedError


def gram_schmidt(A):
    """Return Q with orthonormal columns, the first j of which span the first j columns of A.

    From column a_j subtract its shadows on the q_i found before, one after the other and each from
    what is left (modified Gram-Schmidt), then divide the rest by its length.
    A: (m, n) with m >= n, vectors in the COLUMNS, of any size. Returns Q, float64 of shape (m, n):
    QᵀQ = I within 1e-8 for condition numbers up to 1e7. The sign of each column is free.
    Do without np.linalg.qr, np.linalg.svd and np.linalg.eigh.
    Raises ValueError if A is not 2-D, m < n, or a column depends on those before it (the length
    of its rest is <= 1e-10 of its own length).

    Example: the columns (1, 1, 0) and (1, 0, 1) give (1, 1, 0)/√2 and (1, -1, 2)/√6.
    """
    raise NotImplementedError


def solve_linear_system(A, b):
    """Return the solution x of Ax = b by Gaussian elimination with row exchanges.

    In each column the entry of largest absolute value on or below the diagonal becomes the pivot;
    its row changes places, in A and in b, before the rows below it are cleared.
    A: (n, n); b: (n,), or (n, k) for k right-hand sides at once. Returns float64 of the shape of b
    with |Ax - b| <= 1e-10 (|A| |x| + |b|). No numpy.linalg.
    Raises ValueError if A is not square, b does not fit, or A is singular: a pivot has an absolute
    value <= 1e-12 max|A|.

    Example: A = [[0, 2], [1, 1]], b = [2, 3] gives [2, 1].
    """
    raise NotImplementedError


def least_squares_qr(A, b):
    """Return the x that makes |Ax - b| least, from Rx = Qᵀb with A = QR.

    A: (m, n), m >= n, independent columns; b: (m,). Returns float64 of shape (n,), in units of b
    per unit of A's columns, with a relative error of at most 1e-6 where the condition number of A
    is <= 1e7 and the residual is small: AᵀA would square that number. No column of ones is added.
    numpy.linalg.qr and numpy.linalg.solve are allowed, as are your own earlier functions.
    Do without np.linalg.lstsq, np.linalg.pinv and np.linalg.inv.
    Raises ValueError if A is not 2-D, m < n, b does not fit, or a diagonal entry of R has an
    absolute value <= 1e-12 max|R| (dependent columns).

    Example: A = [[1, 0], [1, 1], [1, 2]], b = [1, 3, 4] gives [7/6, 3/2].
    """
    raise NotImplementedError


def power_iteration(A, n_steps=1000, rng=None):
    """Return the eigenvalue of A of largest ABSOLUTE value, with its sign, and a unit eigenvector.

    Start from a random direction; n_steps times multiply by A and scale to length 1. The
    eigenvalue is the Rayleigh quotient v·Av.
    A: (n, n), symmetric, one eigenvalue larger in absolute value than all others; n_steps >= 1;
    rng: None, an int or a numpy Generator, for numpy.random.default_rng: one int, one result.
    Returns (eigenvalue, v), a float and an array of shape (n,); the sign of v is free. If the
    second largest |eigenvalue| is at most 0.97 of the largest, λ, the default n_steps makes the
    eigenvalue exact to 1e-8 |λ| and |Av - λv| at most 1e-5 |λ|.
    Do without np.linalg.eig, np.linalg.eigh and np.linalg.svd.
    Raises ValueError if A is not square and symmetric (see `symmetric` above).

    Example: [[0, 2], [2, -3]] gives -4 and ±[1, -2]/√5 (the other eigenvalue is 1).
    """
    raise NotImplementedError


def symmetric_eigen(A):
    """Return all eigenvalues of a symmetric matrix, largest first, and orthonormal eigenvectors.

    Jacobi: rotate coordinates p and q by the angle θ with tan 2θ = 2 A_pq / (A_qq - A_pp), which
    makes A_pq zero; go through all pairs again and again until A is diagonal. Other methods are
    welcome; numpy.linalg.qr and norm are allowed, its eig and svd are not.
    A: (n, n), symmetric, n <= 30; repeated, zero and negative eigenvalues are legal.
    Returns (w, V): w of shape (n,), descending; V of shape (n, n), eigenvector j in COLUMN j (sign
    free, any basis for a repeated eigenvalue), with VᵀV = I within 1e-8 and AV = V diag(w) within
    1e-8 |A|.
    Raises ValueError if A is not square and symmetric (see `symmetric` above).

    Example: [[2, 1], [1, 2]] gives w = [3, 1] and V with the columns ±[1, 1]/√2, ±[1, -1]/√2.
    """
    raise NotImplementedError


def pca(X, k):
    """Return the k directions of largest variance of a table, those variances, and the scores.

    The components are the eigenvectors of the covariance matrix XcᵀXc/(n - 1), Xc = X - mean of
    each column, that belong to its k largest eigenvalues; those eigenvalues are the variances.
    X: (n, d), not centred; 1 <= k <= min(n - 1, d). numpy.linalg.eigh and svd are allowed.
    Returns (components, explained_variance, scores) of shapes (k, d), (k,) and (n, k): orthonormal
    ROWS; descending, in squared units of X; and scores = Xc componentsᵀ. The sign of a component
    is free, but its scores must follow it.
    Raises ValueError if X is not 2-D or k is out of range.

    Example: X = [[1, 1], [2, 2], [3, 3]], k = 1 gives ±[[1, 1]]/√2, [2] and ±[[-√2], [0], [√2]].
    """
    raise NotImplementedError


def low_rank_approximation(A, k):
    """Return the matrix of rank at most k that is nearest to A: Σ_{i<k} σ_i u_i v_iᵀ.

    σ_i are the singular values of A, largest first, u_i and v_i its singular vectors. "Nearest":
    the sum of the squared errors of all entries is least; it equals the sum of the σ² left out.
    A: (m, n), any shape, not centred; k: integer >= 0. Returns float64 of shape (m, n): zeros for
    k = 0, A itself for k >= min(m, n). numpy.linalg.svd is allowed.
    Raises ValueError if A is not 2-D or k < 0.

    Example: [[3, 0], [4, 5]] with k = 1 gives [[1.5, 1.5], [4.5, 4.5]], squared error 5.
    """
    raise NotImplementedError
