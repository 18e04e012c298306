"""Right answers to project 3 that look unusual: <task>__<how>. A fair grader gives them full points."""
import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


# --- matmul -------------------------------------------------------------------------------------


def _factors(A, B):
    A, B = np.asarray(A, float), np.asarray(B, float)
    _require(A.ndim == B.ndim == 2 and A.shape[1] == B.shape[0])
    return A, B


def matmul__three_loops(A, B):
    """Three loops over python floats, nested lists as the result."""
    A, B = (M.tolist() for M in _factors(A, B))
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]


def matmul__columns_of_the_result(A, B):
    """Column j of AB combines the columns of A with the weights in column j of B."""
    A, B = _factors(A, B)
    return np.stack([(A * weights).sum(axis=1) for weights in B.T], axis=1)


def matmul__recursive_halves(A, B):
    """Splits the inner sum in halves until one outer product is left: another order of the same terms."""
    A, B = _factors(A, B)

    def product(low, high):
        if high - low == 1:
            return A[:, low, None] * B[low]
        middle = (low + high) // 2
        return product(low, middle) + product(middle, high)

    return product(0, len(B))


# --- batched_matvec -----------------------------------------------------------------------------


def _batch(T, X):
    T, X = np.asarray(T, float), np.asarray(X, float)
    _require(T.ndim in (2, 3) and X.ndim == 2 and T.shape[-1] == X.shape[1])
    _require(T.ndim == 2 or len(T) == len(X))
    return T, X


def batched_matvec__einsum(T, X):
    """Names the axes to einsum; an ellipsis lets the shared matrix go without a sample axis."""
    T, X = _batch(T, X)
    return np.einsum("...ab,...b->...a", T, X)


def batched_matvec__sample_by_sample(T, X):
    """A list with one product per sample; a shared matrix is repeated by zip's partner."""
    T, X = _batch(T, X)
    matrices = T if T.ndim == 3 else [T] * len(X)
    return [list(M @ x) for M, x in zip(matrices, X)]


def batched_matvec__columns_of_matrices(T, X):
    """Makes each sample a column, multiplies stacks of matrices, and drops the last axis again."""
    T, X = _batch(T, X)
    return np.matmul(T, X[..., None])[..., 0]


# --- pairwise_distances -------------------------------------------------------------------------


def _clouds(X, Y):
    X, Y = np.asarray(X, float), np.asarray(Y, float)
    _require(X.ndim == Y.ndim == 2 and X.shape[1] == Y.shape[1])
    return X, Y


def pairwise_distances__centred_expansion(X, Y):
    """Moves the origin into the data, then expands the square: errs by 1e-8 at distance 0, as allowed."""
    X, Y = _clouds(X, Y)
    X, Y = X - Y.mean(axis=0), Y - Y.mean(axis=0)
    return np.sqrt(np.maximum((X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1), 0))


def pairwise_distances__norms_of_rows(X, Y):
    """One norm per row of X against all of Y, collected in a tuple."""
    X, Y = _clouds(X, Y)
    return tuple(np.linalg.norm(Y - x, axis=1) for x in X)


def pairwise_distances__one_axis_at_a_time(X, Y):
    """Pythagoras coordinate by coordinate: hypot of the distance so far and the next difference; nested lists."""
    X, Y = _clouds(X, Y)
    D = np.zeros((len(X), len(Y)))
    for x, y in zip(X.T, Y.T):
        D = np.hypot(D, np.subtract.outer(x, y))
    return D.tolist()


# --- project ------------------------------------------------------------------------------------


def _target(v, B):
    v, B = np.asarray(v, float), np.asarray(B, float)
    B = B[:, None] if B.ndim == 1 else B
    _require(v.ndim == 1 and B.ndim == 2 and len(B) == v.size)
    return v, B


def project__onto_an_orthonormal_basis(v, B):
    """QQᵀv with Q from QR; dependent columns show in R's diagonal, once all columns have length 1."""
    v, B = _target(v, B)
    lengths = np.linalg.norm(B, axis=0)
    _require(lengths.all() and B.shape[1] <= len(B))
    Q, R = np.linalg.qr(B / lengths)
    _require(np.abs(np.diag(R)).min() > 1e-10)
    return Q @ (Q.T @ v)


def project__away_and_back(v, B):
    """Subtracts from v its shadows on directions that Gram-Schmidt finds on the way: v minus the rest."""
    v, B = _target(v, B)
    rest, qs = v.copy(), []
    for b in B.T:
        q = b.copy()
        for earlier in qs * 2:  # twice is enough
            q -= (earlier @ q) * earlier
        _require(np.linalg.norm(q) > 1e-10 * np.linalg.norm(b))
        qs.append(q / np.linalg.norm(q))
        rest -= (qs[-1] @ rest) * qs[-1]
    return list(v - rest)


def project__svd(v, B):
    """The left singular vectors are an orthonormal basis; the singular values tell the rank."""
    v, B = _target(v, B)
    U, s, _ = np.linalg.svd(B, full_matrices=False)
    _require(s.size == B.shape[1] and s[-1] > 1e-12 * s[0])
    return U @ (U.T @ v)


# --- gram_schmidt -------------------------------------------------------------------------------


def _columns(A):
    A = np.array(A, float)
    _require(A.ndim == 2 and A.shape[0] >= A.shape[1])
    return A


def gram_schmidt__right_looking(A):
    """Cleans all LATER columns as soon as a direction is found: the same arithmetic in another order."""
    Q = _columns(A)
    lengths = np.linalg.norm(Q, axis=0)
    for j in range(Q.shape[1]):
        rest = np.linalg.norm(Q[:, j])
        _require(rest > 1e-10 * lengths[j])
        Q[:, j] /= rest
        Q[:, j + 1:] -= np.outer(Q[:, j], Q[:, j] @ Q[:, j + 1:])
    return Q


def gram_schmidt__classical_twice(A):
    """All shadows of the original column at once, but twice: the second round removes the rounding."""
    A = _columns(A)
    Q = np.zeros_like(A)
    for j, a in enumerate(A.T):
        v = a - Q[:, :j] @ (Q[:, :j].T @ a)
        v = v - Q[:, :j] @ (Q[:, :j].T @ v)
        _require(np.linalg.norm(v) > 1e-10 * np.linalg.norm(a))
        Q[:, j] = v / np.linalg.norm(v)
    return Q.tolist()


def gram_schmidt__householder(A):
    """Reflections instead of projections: Q is orthonormal to rounding, its columns have other signs."""
    R = _columns(A)
    m, n = R.shape
    lengths, Q = np.linalg.norm(R, axis=0), np.eye(m)
    for j in range(n):
        x = R[j:, j].copy()
        size = np.linalg.norm(x)
        _require(size > 1e-10 * lengths[j])
        x[0] += size if x[0] >= 0 else -size
        x /= np.linalg.norm(x)
        R[j:] -= 2 * np.outer(x, x @ R[j:])
        Q[:, j:] -= 2 * np.outer(Q[:, j:] @ x, x)
    return Q[:, :n]


# --- solve_linear_system ------------------------------------------------------------------------


def _system(A, b):
    A, b = np.array(A, float), np.array(b, float)
    _require(A.ndim == 2 and A.shape[0] == A.shape[1] and b.ndim in (1, 2) and len(b) == len(A))
    return A, b


def solve_linear_system__gauss_jordan(A, b):
    """Clears the column above the pivot, too, so that no back substitution is left."""
    A, b = _system(A, b)
    n, tiny, M = len(A), 1e-12 * np.abs(A).max(), np.column_stack([A, b])
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(M[i, k]))
        _require(abs(M[p, k]) > tiny)
        M[[k, p]] = M[[p, k]]
        M[k] /= M[k, k]
        others = np.arange(n) != k
        M[others] -= np.outer(M[others, k], M[k])
    return M[:, n:].reshape(b.shape)


def solve_linear_system__rows_as_lists(A, b):
    """Pure python on lists of floats, one row operation at a time; returns lists."""
    A, b = _system(A, b)
    n, tiny = len(A), 1e-12 * np.abs(A).max()
    rows = [list(a) + list(np.atleast_1d(c)) for a, c in zip(A.tolist(), b.tolist())]
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(rows[i][k]))
        _require(abs(rows[p][k]) > tiny)
        rows[k], rows[p] = rows[p], rows[k]
        for i in range(k + 1, n):
            f = rows[i][k] / rows[k][k]
            rows[i] = [x - f * y for x, y in zip(rows[i], rows[k])]
    for k in reversed(range(n)):
        for j in range(n, len(rows[k])):
            rest = rows[k][j] - sum(rows[k][i] * rows[i][j] for i in range(k + 1, n))
            rows[k][j] = rest / rows[k][k]
    x = [row[n:] for row in rows]
    return [row[0] for row in x] if b.ndim == 1 else x


def solve_linear_system__complete_pivoting(A, b):
    """Takes the largest entry of the whole rest as the pivot and sorts the unknowns back at the end."""
    A, b = _system(A, b)
    n, tiny, order = len(A), 1e-12 * np.abs(A).max(), np.arange(len(A))
    x = b.reshape(n, -1)
    for k in range(n):
        i, j = np.unravel_index(np.argmax(np.abs(A[k:, k:])), (n - k, n - k))
        A[[k, k + i]], x[[k, k + i]] = A[[k + i, k]], x[[k + i, k]]
        A[:, [k, k + j]] = A[:, [k + j, k]]
        order[[k, k + j]] = order[[k + j, k]]
        _require(np.abs(A[k, k]) > tiny)
        factor = A[k + 1:, k] / A[k, k]
        A[k + 1:] -= np.outer(factor, A[k])
        x[k + 1:] -= np.outer(factor, x[k])
    for k in reversed(range(n)):
        x[k] = (x[k] - A[k, k + 1:] @ x[k + 1:]) / A[k, k]
    result = np.empty_like(x)
    result[order] = x
    return result.reshape(b.shape)


# --- least_squares_qr ---------------------------------------------------------------------------


def _overdetermined(A, b):
    A, b = np.asarray(A, float), np.asarray(b, float)
    _require(A.ndim == 2 and A.shape[0] >= A.shape[1] and b.shape == A.shape[:1])
    return A, b


def least_squares_qr__modified_gram_schmidt(A, b):
    """Treats b as one more column of modified Gram-Schmidt: the coefficients of its shadows are Qᵀb."""
    A, b = _overdetermined(A, b)
    V, r, n = A.copy(), b.copy(), A.shape[1]
    R, y = np.zeros((n, n)), np.zeros(n)
    for j in range(n):
        R[j, j] = np.linalg.norm(V[:, j])
        _require(R[j, j] > 1e-12 * np.abs(R).max())
        q = V[:, j] / R[j, j]
        R[j, j + 1:] = q @ V[:, j + 1:]
        V[:, j + 1:] -= np.outer(q, R[j, j + 1:])
        y[j] = q @ r
        r -= y[j] * q
    return np.linalg.solve(R, y)


def least_squares_qr__complete(A, b):
    """The complete Q, substitution from the bottom by hand, a list of floats as the result."""
    A, b = _overdetermined(A, b)
    Q, R = np.linalg.qr(A, mode="complete")
    y, n, x = Q.T @ b, A.shape[1], []
    _require(np.abs(np.diag(R)).min() > 1e-12 * np.abs(R).max())
    for k in reversed(range(n)):
        x.insert(0, float((y[k] - sum(R[k, k + 1 + i] * x[i] for i in range(len(x)))) / R[k, k]))
    return x


def least_squares_qr__svd(A, b):
    """Rotates with U and V instead of Q: A = U diag(s) Vᵀ needs no triangular system."""
    A, b = _overdetermined(A, b)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    _require(s[-1] > 1e-12 * s[0])
    return Vt.T @ ((U.T @ b) / s)


# --- power_iteration ----------------------------------------------------------------------------


def _symmetric(A):
    A = np.array(A, float)
    _require(A.ndim == 2 and A.shape[0] == A.shape[1])
    _require(np.abs(A - A.T).max() <= 1e-10 * np.abs(A).max())
    return A


def power_iteration__uniform_start(A, n_steps=1000, rng=None):
    """Starts in the positive corner, scales by the largest entry on the way and by the length at the end."""
    A = _symmetric(A)
    v = np.random.default_rng(rng).uniform(size=len(A))
    for _ in range(n_steps):
        v = A @ v
        v /= np.abs(v).max()
    v /= np.linalg.norm(v)
    return [np.float64(v @ A @ v), v.tolist()]


def power_iteration__sign_from_one_step(A, n_steps=1000, rng=None):
    """The length of Av gives the size, and v·Av only the sign; v is turned to a positive first entry."""
    A = _symmetric(A)
    v = np.random.default_rng(rng).normal(size=(len(A), 1))
    for _ in range(n_steps):
        v = A @ (v / np.linalg.norm(v))
    v = np.ravel(v / np.linalg.norm(v))
    image = A @ v
    return np.array(np.sign(v @ image) * np.linalg.norm(image)), v * (1 if v[0] >= 0 else -1)


def power_iteration__by_squaring(A, n_steps=1000, rng=None):
    """Squares the matrix, scaled, and applies it where n_steps has a binary 1: ten squarings instead of 1000 steps."""
    A = _symmetric(A)
    P, v = A.copy(), np.random.default_rng(rng).normal(size=len(A))
    while n_steps:
        if n_steps % 2:
            v = P @ v
            v /= np.linalg.norm(v)
        P = P @ P
        P /= np.linalg.norm(P)
        n_steps //= 2
    return float(v @ A @ v), v


# --- symmetric_eigen ----------------------------------------------------------------------------


def _descending(w, V):
    order = np.argsort(-w, kind="stable")
    return w[order], V[:, order]


def symmetric_eigen__largest_entry_first(A):
    """Jacobi's original: always the largest off-diagonal entry, with the small angle (|θ| <= 45 degrees)."""
    A = _symmetric(A)
    n, V, tiny = len(A), np.eye(len(A)), 1e-13 * np.linalg.norm(A)
    while n > 1:
        off = np.abs(np.triu(A, 1))
        p, q = np.unravel_index(np.argmax(off), off.shape)
        if off[p, q] <= tiny:
            break
        ratio = (A[q, q] - A[p, p]) / (2 * A[p, q])
        t = (1 if ratio >= 0 else -1) / (abs(ratio) + np.hypot(ratio, 1))
        c = 1 / np.hypot(t, 1)
        J = np.eye(n)
        J[p, p] = J[q, q] = c
        J[p, q], J[q, p] = t * c, -t * c
        A, V = J.T @ A @ J, V @ J
    return _descending(np.diag(A), V)


def symmetric_eigen__shifted_qr(A):
    """QR steps with Wilkinson's shift, one eigenvalue split off at a time; returns a list."""
    A = _symmetric(A)
    n, V = len(A), np.eye(len(A))
    size = np.linalg.norm(A)
    for m in range(n, 1, -1):
        while np.linalg.norm(A[m - 1, : m - 1]) > 1e-14 * size:
            half = (A[m - 2, m - 2] - A[m - 1, m - 1]) / 2
            b = A[m - 2, m - 1]
            root = np.hypot(half, b)
            shift = A[m - 1, m - 1] - (b * b / (half + (root if half >= 0 else -root)) if root else 0)
            Q, R = np.linalg.qr(A[:m, :m] - shift * np.eye(m))
            A[:m, :m] = R @ Q + shift * np.eye(m)
            V[:, :m] = V[:, :m] @ Q
    w, V = _descending(np.diag(A), V)
    return [w.tolist(), V.tolist()]


def symmetric_eigen__one_at_a_time(A):
    """Power iteration on the positive definite A + sI inside the space that is left, polished by Jacobi."""
    A = _symmetric(A)
    n, shift = len(A), 2 * np.linalg.norm(A)
    V = np.linalg.qr(np.random.default_rng(0).normal(size=(n, n)))[0]
    for _ in range(50):  # all vectors at once, kept perpendicular by QR
        V = np.linalg.qr((A + shift * np.eye(n)) @ V)[0]
    B = V.T @ A @ V
    for _ in range(40):
        for p, q in zip(*np.triu_indices(n, 1)):
            if B[p, q] != 0:
                angle = np.arctan2(2 * B[p, q], B[q, q] - B[p, p]) / 2
                J = np.eye(n)
                J[p, p] = J[q, q] = np.cos(angle)
                J[p, q], J[q, p] = np.sin(angle), -np.sin(angle)
                B, V = J.T @ B @ J, V @ J
        if np.linalg.norm(B - np.diag(np.diag(B))) <= 1e-12 * np.linalg.norm(B):
            break
    return _descending(np.diag(B), V)


# --- pca ----------------------------------------------------------------------------------------


def _table(X, k):
    X = np.asarray(X, float)
    _require(X.ndim == 2 and 1 <= k <= min(len(X) - 1, X.shape[1]))
    return X, X - X.mean(axis=0)


def pca__eigh_of_the_covariance(X, k):
    """Eigenvectors of the covariance matrix instead of an SVD; some signs come out the other way."""
    _, centred = _table(X, k)
    w, V = np.linalg.eigh(centred.T @ centred / (len(centred) - 1))
    components = V[:, : -k - 1 : -1].T
    return components, w[: -k - 1 : -1], centred @ components.T


def pca__largest_entry_positive(X, k):
    """Turns each component so that its largest entry is positive, and the scores with it; a list of lists."""
    _, centred = _table(X, k)
    _, s, Vt = np.linalg.svd(centred, full_matrices=False)
    Vt = Vt[:k] * np.sign(Vt[range(k), np.argmax(np.abs(Vt[:k]), axis=1)])[:, None]
    scores = centred @ Vt.T
    return [Vt.tolist(), scores.var(axis=0, ddof=1).tolist(), scores.tolist()]


def pca__scores_from_U(X, k):
    """Scores as U times the singular values; the variances from them."""
    X, centred = _table(X, k)
    U, s, Vt = np.linalg.svd(centred)
    scores = U[:, : len(s)] * s
    return Vt[:k], (scores[:, :k] ** 2).sum(axis=0) / (len(X) - 1), -(-scores[:, :k])


# --- low_rank_approximation ---------------------------------------------------------------------


def _image(A, k):
    A = np.asarray(A, float)
    _require(A.ndim == 2 and k >= 0)
    return A


def low_rank_approximation__sum_of_patterns(A, k):
    """Adds the patterns σ u vᵀ one by one to a matrix of zeros; returns nested lists."""
    A = _image(A, k)
    U, s, Vt = np.linalg.svd(A)
    total = np.zeros(A.shape)
    for i in range(min(k, len(s))):
        total += s[i] * np.outer(U[:, i], Vt[i])
    return total.tolist()


def low_rank_approximation__shadow_on_row_patterns(A, k):
    """Projects every row on the k leading eigenvectors of AᵀA: no singular values needed."""
    A = _image(A, k)
    _, V = np.linalg.eigh(A.T @ A)
    V = V[:, ::-1][:, :k]
    return A @ V @ V.T


def low_rank_approximation__removes_the_rest(A, k):
    """Subtracts from A what is to be left out, the patterns from number k on."""
    A = _image(A, k)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return A - U[:, k:] * s[k:] @ Vt[k:]
