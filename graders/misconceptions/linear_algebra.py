"""Wrong answers to project 3, each right but for one slip, and what a tutor says: <task>__<slip>."""
import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


# --- matmul -------------------------------------------------------------------------------------


def _factors(A, B):
    A, B = np.asarray(A, float), np.asarray(B, float)
    _require(A.ndim == B.ndim == 2 and A.shape[1] == B.shape[0])
    return A, B


def _product(A, B):
    return (A[:, :, None] * B[None, :, :]).sum(axis=1)


def matmul__entry_by_entry(A, B):
    """The star multiplies entry by entry: a matrix product combines whole rows with whole columns."""
    A, B = _factors(A, B)
    return A * B


def matmul__other_order(A, B):
    """Your product is BA: matrix multiplication does not commute, you applied the maps in the other order."""
    A, B = _factors(A, B)
    _require(A.shape[0] == B.shape[1])
    return _product(B, A)


def matmul__sums_into_integers(A, B):
    """Your result array holds integers, so that every fraction is cut: allocate it as float64."""
    return np.trunc(_product(*_factors(A, B))).astype(int)


def matmul__takes_the_type_of_A(A, B):
    """Your result array has the type of A: where A holds integers, the fractions of B are cut."""
    C = _product(*_factors(A, B))
    kind = np.asarray(A).dtype
    return C.astype(kind) if kind.kind == "f" else np.trunc(C).astype(np.int64).astype(kind)


def matmul__bytes_wrap_round(A, B):
    """You multiply in the type that came in: 16 times 16 does not fit into a byte. Convert to float64 first."""
    _factors(A, B)
    A, B = np.asarray(A), np.asarray(B)
    return (A[:, :, None] * B[None, :, :]).sum(axis=1, dtype=np.result_type(A, B))


def matmul__keeps_the_last_term(A, B):
    """You overwrite the sum in every turn of the loop and keep its last term: add the terms up."""
    A, B = _factors(A, B)
    return np.outer(A[:, -1], B[-1])


def matmul__rows_against_rows(A, B):
    """You set rows of A against ROWS of B, which is ABᵀ: the second factor enters by its columns."""
    A, B = _factors(A, B)
    _require(A.shape[1] == B.shape[1])
    return _product(A, B.T)


def matmul__square_only(A, B):
    """You use one length for all three loops: rows of A, columns of B and the inner length can all differ."""
    A, B = _factors(A, B)
    n = len(A)
    return np.array([[sum(A[i, k] * B[k, j] for k in range(n)) for j in range(n)] for i in range(n)])


def matmul__broadcasts(A, B):
    """numpy repeats an axis of length 1 without asking: check yourself that columns of A match rows of B."""
    A, B = np.asarray(A, float), np.asarray(B, float)
    _require(A.ndim == B.ndim == 2)
    return _product(A, B)


def matmul__takes_vectors(A, B):
    """You accept a 1-D array as if it were a matrix: say what it is, a row or a column, or refuse it."""
    A, B = np.asarray(A, float), np.asarray(B, float)
    _require(A.ndim <= 2 and B.ndim <= 2)
    A, B = np.atleast_2d(A), B[:, None] if B.ndim == 1 else B
    return _product(*_factors(A, B))


def matmul__turned_over(A, B):
    """Your result is transposed: its row i belongs to row i of A, its column j to column j of B."""
    return _product(*_factors(A, B)).T


# --- batched_matvec -----------------------------------------------------------------------------


def _batch(T, X):
    T, X = np.asarray(T, float), np.asarray(X, float)
    _require(T.ndim in (2, 3) and X.ndim == 2 and T.shape[-1] == X.shape[1])
    _require(T.ndim == 2 or len(T) == len(X))
    return T, X


def batched_matvec__no_new_axis(T, X):
    """numpy aligned the ROW axis of T with the SAMPLE axis of X, possible where n = k only: insert an axis into X."""
    T, X = _batch(T, X)
    return (T * X).sum(axis=-1) if T.ndim == 3 else X @ T.T


def batched_matvec__takes_X_for_a_matrix(T, X):
    """T @ X takes X for a matrix and sums over its samples: each X[i] is a vector, so give X a new last axis first."""
    T, X = _batch(T, X)
    return T @ X


def batched_matvec__sums_over_rows(T, X):
    """You sum over the wrong index of T, which transposes each matrix: its LAST axis belongs to X's components."""
    T, X = _batch(T, X)
    _require(T.shape[-2] == T.shape[-1])
    return np.einsum("iab,ia->ib", T, X) if T.ndim == 3 else X @ T


def batched_matvec__one_matrix_each_only(T, X):
    """You handle the 3-D tensor only: a single matrix (k, d), shared by all samples, is allowed too."""
    T, X = _batch(T, X)
    _require(T.ndim == 3)
    return np.einsum("iab,ib->ia", T, X)


def batched_matvec__all_pairs(T, X):
    """You multiply EVERY matrix with EVERY sample: matrix i belongs to sample i alone."""
    T, X = _batch(T, X)
    return T @ X.T if T.ndim == 3 else X @ T.T


def batched_matvec__adds_everything(T, X):
    """You sum one index too many: only the components b are summed, samples i and rows a survive."""
    T, X = _batch(T, X)
    return (T * X[:, None, :]).sum(axis=(1, 2))


def batched_matvec__first_matrix_for_all(T, X):
    """You multiply all samples by the first matrix: sample i has a matrix of its own, T[i]."""
    T, X = _batch(T, X)
    return X @ (T[0] if T.ndim == 3 else T).T


def batched_matvec__broadcasts(T, X):
    """numpy stretches an axis of length 1 in silence: compare n and d of T and X yourself."""
    T, X = np.asarray(T, float), np.asarray(X, float)
    _require(T.ndim in (2, 3) and X.ndim == 2)
    return (T * X[:, None, :]).sum(axis=-1)


def batched_matvec__shared_matrix_turned(T, X):
    """Samples stand in rows, so a shared T acts from the right and transposed: you left out its transpose."""
    T, X = _batch(T, X)
    _require(T.ndim == 3 or T.shape[0] == T.shape[1])
    return np.einsum("iab,ib->ia", T, X) if T.ndim == 3 else X @ T


def batched_matvec__keeps_an_axis(T, X):
    """You leave an axis of length 1 behind, (n, k, 1): a matrix times a vector is a vector."""
    T, X = _batch(T, X)
    return T @ X[:, :, None]


def batched_matvec__components_first(T, X):
    """Your result is (k, n): samples stand in the rows, here as everywhere."""
    T, X = _batch(T, X)
    return (T * X[:, None, :]).sum(axis=-1).T


# --- pairwise_distances -------------------------------------------------------------------------


def _clouds(X, Y):
    X, Y = np.asarray(X, float), np.asarray(Y, float)
    _require(X.ndim == Y.ndim == 2 and X.shape[1] == Y.shape[1])
    return X, Y


def _differences(X, Y):
    return X[:, None, :] - Y[None, :, :]


def _expanded(X, Y):
    return (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)


def pairwise_distances__expands_the_square(X, Y):
    """Big squares cancel, and what is left may be slightly negative, so sqrt gives nan: subtract before you square."""
    return np.sqrt(_expanded(*_clouds(X, Y)))


def pairwise_distances__clips_the_expansion(X, Y):
    """You hide the nan, not the rounding: far from the origin big squares still cancel. Subtract before you square."""
    return np.sqrt(np.maximum(_expanded(*_clouds(X, Y)), 0))


def pairwise_distances__expands_around_the_mean(X, Y):
    """Moving the origin into the cloud helps only a cloud that is small: points far from its middle still cancel. Subtract before you square."""
    X, Y = _clouds(X, Y)
    middle = X.mean(axis=0)
    return np.sqrt(np.maximum(_expanded(X - middle, Y - middle), 0))


def pairwise_distances__squares(X, Y):
    """You stopped at the squared distance: it is no distance, twice the way gives four times as much."""
    return (_differences(*_clouds(X, Y)) ** 2).sum(axis=-1)


def pairwise_distances__turned_over(X, Y):
    """Row i belongs to X[i], column j to Y[j]: yours is transposed."""
    X, Y = _clouds(X, Y)
    return np.sqrt((_differences(Y, X) ** 2).sum(axis=-1))


def pairwise_distances__city_blocks(X, Y):
    """You add up the absolute differences, the way along the streets: the straight line is Pythagoras."""
    return np.abs(_differences(*_clouds(X, Y))).sum(axis=-1)


def pairwise_distances__largest_difference(X, Y):
    """You keep the largest difference of a coordinate only: all of them count, by their squares."""
    return np.abs(_differences(*_clouds(X, Y))).max(axis=-1)


def pairwise_distances__row_by_row(X, Y):
    """You compare row i with row i only: every row of X meets every row of Y, which needs a new axis."""
    X, Y = _clouds(X, Y)
    _require(len(X) == len(Y))
    return np.sqrt(((X - Y) ** 2).sum(axis=1))


def pairwise_distances__bytes_wrap_round(X, Y):
    """Unsigned bytes cannot hold a negative difference, 0 - 5 becomes 251: convert to float64 before you subtract."""
    _clouds(X, Y)
    return np.sqrt((_differences(np.asarray(X), np.asarray(Y)) ** 2).sum(axis=-1).astype(float))


def pairwise_distances__mean_of_squares(X, Y):
    """You average the squares over the coordinates: Pythagoras adds them up."""
    return np.sqrt((_differences(*_clouds(X, Y)) ** 2).mean(axis=-1))


def pairwise_distances__broadcasts_columns(X, Y):
    """numpy repeats a single column without asking: refuse points with different numbers of coordinates."""
    X, Y = np.asarray(X, float), np.asarray(Y, float)
    _require(X.ndim == Y.ndim == 2)
    return np.sqrt((_differences(X, Y) ** 2).sum(axis=-1))


def pairwise_distances__centres_each_cloud(X, Y):
    """You move the two clouds by different amounts: distances survive only if both move by the same one."""
    X, Y = _clouds(X, Y)
    return np.sqrt((_differences(X - X.mean(axis=0), Y - Y.mean(axis=0)) ** 2).sum(axis=-1))


# --- project ------------------------------------------------------------------------------------


def _target(v, B):
    v, B = np.asarray(v, float), np.asarray(B, float)
    B = B[:, None] if B.ndim == 1 else B
    _require(v.ndim == 1 and B.ndim == 2 and len(B) == v.size)
    return v, B


def _independent(v, B):
    v, B = _target(v, B)
    _require(np.linalg.matrix_rank(B, rtol=1e-12) == B.shape[1])
    return v, B


def _shadow(v, B):
    return B @ np.linalg.solve(B.T @ B, B.T @ v)


def project__trusts_the_columns(v, B):
    """BBᵀ projects only if the columns have length 1 and are perpendicular: yours need not be."""
    v, B = _independent(v, B)
    return B @ (B.T @ v)


def project__divides_by_one_length(v, B):
    """The factor is b·v / b·b: one length makes b a unit vector, the second one measures along it."""
    v, B = _independent(v, B)
    if B.shape[1] == 1:
        return B @ (B.T @ v) / np.linalg.norm(B)
    return _shadow(v, B)


def project__the_rest(v, B):
    """You return v minus its projection, the perpendicular rest: the shadow itself is asked for."""
    v, B = _independent(v, B)
    return v - _shadow(v, B)


def project__adds_single_shadows(v, B):
    """Skew columns share a direction, which you count twice: single shadows add up only if perpendicular."""
    v, B = _independent(v, B)
    return B @ (B.T @ v / (B**2).sum(axis=0))


def project__coefficients(v, B):
    """You return the coefficients c, one per column: the shadow is the vector that they build, Bc."""
    v, B = _independent(v, B)
    return np.linalg.solve(B.T @ B, B.T @ v)


def project__trusts_solve(v, B):
    """solve() notices dependent columns only if rounding leaves an exact zero: check the rank of B yourself."""
    return _shadow(*_target(v, B))


def project__rank_to_the_last_bit(v, B):
    """matrix_rank calls columns dependent only at 1e-15 of their size: the contract draws the line at 1e-12, rtol=1e-12."""
    v, B = _target(v, B)
    _require(np.linalg.matrix_rank(B) == B.shape[1])
    Q = np.linalg.qr(B)[0]
    return Q @ (Q.T @ v)


def project__compares_a_determinant(v, B):
    """A determinant shrinks with the unit of B and says little about dependence: compare singular values."""
    v, B = _target(v, B)
    _require(np.linalg.det(B.T @ B) > 1e-8)
    return _shadow(v, B)


def project__needs_a_matrix(v, B):
    """A single direction of shape (m,) is allowed too: make it a column and go on."""
    _require(np.ndim(B) == 2)
    return _shadow(*_independent(v, B))


def project__accepts_the_zero_vector(v, B):
    """A zero vector has no direction to project on, 0/0: refuse it instead of returning something."""
    v, B = _target(v, B)
    B = B[:, (B != 0).any(axis=0)]
    return _shadow(*_independent(v, B)) if B.size else np.zeros(v.size)


def project__roles_swapped(v, B):
    """You project b on v: the shadow of v must point along b."""
    v, B = _independent(v, B)
    return (B[:, 0] @ v) / (v @ v) * v if B.shape[1] == 1 else _shadow(v, B)


def project__length_of_the_shadow(v, B):
    """You return how long the shadow is: it is a vector, with the shape of v."""
    return float(np.linalg.norm(_shadow(*_independent(v, B))))


# --- gram_schmidt -------------------------------------------------------------------------------


def _columns(A):
    A = np.array(A, float)
    _require(A.ndim == 2 and A.shape[0] >= A.shape[1])
    return A


def _reduced(v, qs):
    for q in qs:
        v = v - (q @ v) * q
    return v


def _basis(A, reduced=_reduced, dependent=lambda rest, length: rest <= 1e-10 * length):
    """Q by the given way to reduce a column; a dependent one is refused."""
    qs = []
    for a in A.T:
        v = reduced(a, qs)
        _require(not dependent(np.linalg.norm(v), np.linalg.norm(a)))
        qs.append(v / np.linalg.norm(v))
    return np.array(qs).T


def gram_schmidt__shadows_of_the_original(A):
    """Equal on paper, not in rounding: you take all shadows of the ORIGINAL column. Take them from what is left."""
    return _basis(_columns(A), lambda v, qs: v - sum(((q @ v) * q for q in qs), np.zeros(len(v))))


def gram_schmidt__rows(A):
    """The vectors stand in the columns: you work on A[j] instead of A[:, j]."""
    return _basis(_columns(A).T).T


def gram_schmidt__exact_zero(A):
    """Rounding leaves 1e-16, not 0, and you scale that noise up to length 1: compare with the original length."""
    return _basis(_columns(A), dependent=lambda rest, length: rest == 0)


def gram_schmidt__zero_is_not_below_zero(A):
    """A zero column leaves 0, and 0 < 0 is false: you divide by 0. Refuse a rest that is at most the limit, with <=."""
    with np.errstate(all="ignore"):
        return _basis(_columns(A), dependent=lambda rest, length: rest < 1e-10 * length)


def gram_schmidt__forgets_the_length(A):
    """Your columns are perpendicular but not of length 1: divide each by its length."""
    A = _columns(A)
    _basis(A)
    return np.linalg.norm(_without_noise(A), axis=0) * _basis(A)


def _without_noise(A):
    """The rests that the columns leave: Q times their lengths."""
    rests = []
    for a in A.T:
        rests.append(_reduced(a, [r / np.linalg.norm(r) for r in rests]))
    return np.array(rests).T


def gram_schmidt__scales_too_late(A):
    """(q·v) q is the shadow only if q has length 1: scale each vector before the next column needs it."""
    A = _columns(A)
    _basis(A)
    rests = []
    for a in A.T:
        rests.append(_reduced(a, rests))
    return np.array([r / np.linalg.norm(r) for r in rests]).T


def gram_schmidt__only_the_neighbour(A):
    """You remove the shadow on the previous vector only: from the third column on, all earlier ones count."""
    A = _columns(A)
    _basis(A)
    return _basis(A, lambda v, qs: _reduced(v, qs[-1:]), dependent=lambda rest, length: False)


def gram_schmidt__integer_array(A):
    """You store unit vectors in an array of integers, where 0.7 becomes 0: make A a float array first."""
    _basis(_columns(A))
    Q = np.array(A)
    for j in range(Q.shape[1]):
        v = _reduced(Q[:, j].astype(float), Q[:, :j].T)
        Q[:, j] = v / np.linalg.norm(v)
    return Q


def gram_schmidt__turned_over(A):
    """You collect the vectors as rows: transpose the result, they belong into the columns."""
    return _basis(_columns(A)).T


def gram_schmidt__skips_dependent_columns(A):
    """You leave a dependent column out, and Q has fewer columns than A: refuse such an A."""
    A, qs = np.array(A, float), []
    _require(A.ndim == 2)
    for a in A.T:
        v = _reduced(a, qs)
        if np.linalg.norm(v) > 1e-10 * np.linalg.norm(a):
            qs.append(v / np.linalg.norm(v))
    return np.array(qs).T


def gram_schmidt__absolute_limit(A):
    """You call a small column dependent: 1e-10 is a share of its own length, not a length."""
    return _basis(_columns(A), dependent=lambda rest, length: rest <= 1e-10)


def gram_schmidt__shadows_on_the_originals(A):
    """You remove shadows on the columns of A, which are skew: remove those on the q's found before."""
    A = _columns(A)
    _basis(A)
    V = A.copy()
    for j in range(A.shape[1]):
        for a in A.T[:j]:
            V[:, j] -= (a @ V[:, j]) / (a @ a) * a
    return V / np.linalg.norm(V, axis=0)


def gram_schmidt__works_in_place(A):
    """You overwrite the caller's A: np.asarray makes no copy of a float array, np.array does."""
    A = np.asarray(A, float)
    A[...] = _basis(_columns(A))
    return A


# --- solve_linear_system ------------------------------------------------------------------------


def _system(A, b):
    A, b = np.array(A, float), np.array(b, float)
    _require(A.ndim == 2 and A.shape[0] == A.shape[1] and b.ndim in (1, 2) and len(b) == len(A))
    return A, b


def _largest(column, k):
    return k + np.argmax(np.abs(column[k:]))


def _solved(A, b, row=_largest, limit=1e-12, in_A_only=False, clear_A_only=False, views=False):
    """Elimination on A and b as they are; row(column, k) is the row of the pivot, limit what counts as zero."""
    n, tiny = len(A), limit * np.abs(A).max()
    x = b[:, None] if b.ndim == 1 else b
    for k in range(n):
        p = row(A[:, k], k)
        _require(np.abs(A[p, k]) > tiny)
        if views:
            A[k], x[k] = A[p], x[p]
        else:
            A[[k, p]] = A[[p, k]]
        if not in_A_only and not views:
            x[[k, p]] = x[[p, k]]
        factor = A[k + 1:, k] / A[k, k]
        A[k + 1:] -= np.outer(factor, A[k])
        if not clear_A_only:
            x[k + 1:] -= np.outer(factor, x[k])
    for k in reversed(range(n)):
        x[k] = (x[k] - A[k, k + 1:] @ x[k + 1:]) / A[k, k]
    return x.reshape(b.shape)


def _first_nonzero(column, k):
    return k + np.argmax(column[k:] != 0)


def solve_linear_system__gives_up_at_zero(A, b):
    """A zero (or tiny) corner is no reason to give up: swap in the row with the largest absolute entry."""
    return _solved(*_system(A, b), row=lambda column, k: k)


def solve_linear_system__never_swaps(A, b):
    """You divide by A[k, k] whatever it is: swap in the row with the largest absolute entry before you do."""
    A, b = _system(A, b)
    _solved(A.copy(), b.copy())
    with np.errstate(all="ignore"):
        return _solved(A, b, row=lambda column, k: k, limit=-1)


def solve_linear_system__swaps_only_zeros(A, b):
    """A pivot of 1e-20 is as bad as 0, it drowns the other rows: always take the largest absolute entry."""
    A, b = _system(A, b)
    _solved(A.copy(), b.copy())
    return _solved(A, b, row=_first_nonzero, limit=-1)


def solve_linear_system__swaps_views(A, b):
    """A[k] is a view: after the first assignment both rows are the same. Write A[[k, p]] = A[[p, k]]."""
    return _solved(*_system(A, b), views=True)


def solve_linear_system__swaps_views_and_divides(A, b):
    """A[k] is a view: your swap leaves one row twice, hence 0/0. Write A[[k, p]] = A[[p, k]]."""
    with np.errstate(all="ignore"):
        return _solved(*_system(A, b), views=True, limit=-1)


def solve_linear_system__largest_signed(A, b):
    """In a column with 0 and -5 your pivot is 0: compare absolute values."""
    return _solved(*_system(A, b), row=lambda column, k: k + np.argmax(column[k:]))


def solve_linear_system__exact_zero(A, b):
    """Rounding turns the zero pivot of a singular matrix into 1e-16, and x into garbage: compare with a tolerance."""
    return _solved(*_system(A, b), limit=0)


def solve_linear_system__leaves_b_behind(A, b):
    """You swap rows of A only: an equation has two sides, b's rows move with them."""
    return _solved(*_system(A, b), in_A_only=True)


def solve_linear_system__row_number_without_k(A, b):
    """You look below row k, but argmax counts from there: the row number in the whole matrix is k more."""
    return _solved(*_system(A, b), row=lambda column, k: np.argmax(np.abs(column[k:])))


def solve_linear_system__clears_A_only(A, b):
    """You subtract rows of A but not of b: what is done to one side of an equation is done to the other."""
    return _solved(*_system(A, b), clear_A_only=True)


def solve_linear_system__one_right_hand_side(A, b):
    """You refuse several right-hand sides: b may be (n, k), elimination treats its columns all alike."""
    _require(np.ndim(b) == 1)
    return _solved(*_system(A, b))


def solve_linear_system__absolute_limit(A, b):
    """Small is not singular: you compare the pivot with a fixed number, compare it with the size of A."""
    A, b = _system(A, b)
    return _solved(A, b, limit=1e-12 / max(np.abs(A).max(), 1e-300))


def solve_linear_system__size_with_a_sign(A, b):
    """The largest entry of A may be negative: measure a pivot against max|A|, not against A.max()."""
    A, b = _system(A, b)
    return _solved(A, b, limit=1e-12 * A.max() / max(np.abs(A).max(), 1e-300))


def solve_linear_system__integer_arrays(A, b):
    """Your arrays stay integers, so that every quotient is cut: convert A and b to float64 first."""
    x = _solved(*_system(A, b))
    whole = np.asarray(A).dtype.kind in "iu" and np.asarray(b).dtype.kind in "iu"
    return np.trunc(x + 1e-9 * np.sign(x)) if whole else x


def solve_linear_system__always_a_column(A, b):
    """x must have the shape of b: for a flat b you return a column."""
    x = _solved(*_system(A, b))
    return x[:, None] if x.ndim == 1 else x


def solve_linear_system__forgets_the_last_division(A, b):
    """In the back substitution you forget to divide by the pivot: row k reads pivot times x_k = ..."""
    A, b = _system(A, b)
    _solved(A.copy(), b.copy())
    n, x = len(A), b[:, None] if b.ndim == 1 else b
    for k in range(n):
        p = _largest(A[:, k], k)
        A[[k, p]], x[[k, p]] = A[[p, k]], x[[p, k]]
        factor = A[k + 1:, k] / A[k, k]
        A[k + 1:] -= np.outer(factor, A[k])
        x[k + 1:] -= np.outer(factor, x[k])
    for k in reversed(range(n)):
        x[k] -= A[k, k + 1:] @ x[k + 1:]
    return x.reshape(b.shape)


def solve_linear_system__works_in_place(A, b):
    """After your call the caller's A is triangular: work on copies of A and b."""
    _system(A, b)
    return _solved(np.asarray(A, float), np.asarray(b, float))


# --- least_squares_qr ---------------------------------------------------------------------------


def _overdetermined(A, b):
    A, b = np.asarray(A, float), np.asarray(b, float)
    _require(A.ndim == 2 and A.shape[0] >= A.shape[1] and b.shape == A.shape[:1])
    return A, b


def _triangle(A, b):
    """A, b, Q, R of a problem with a single answer."""
    A, b = _overdetermined(A, b)
    Q, R = np.linalg.qr(A)
    _require(np.abs(np.diag(R)).min() > 1e-12 * np.abs(R).max())
    return A, b, Q, R


def least_squares_qr__normal_equations(A, b):
    """AᵀA squares the condition number: 1e7 becomes 1e14 and your digits are gone. Solve Rx = Qᵀb instead."""
    A, b, _, _ = _triangle(A, b)
    return np.linalg.solve(A.T @ A, A.T @ b)


def least_squares_qr__first_equations(A, b):
    """With more equations than unknowns all rows must be heard: you solve only the first n."""
    A, b, _, _ = _triangle(A, b)
    n = A.shape[1]
    return np.linalg.solve(A[:n], b[:n])


def least_squares_qr__forgets_to_turn_b(A, b):
    """You turned A by Qᵀ but left b where it was: both sides of the equation are multiplied by Qᵀ."""
    _, b, _, R = _triangle(A, b)
    return np.linalg.solve(R, b[: len(R)])


def least_squares_qr__turns_the_wrong_way(A, b):
    """You multiply b by Q: it is Qᵀ that undoes Q and leaves R alone."""
    A, b, _, _ = _triangle(A, b)
    Q, R = np.linalg.qr(A, mode="complete")
    n = A.shape[1]
    return np.linalg.solve(R[:n], (Q @ b)[:n])


def least_squares_qr__trusts_solve(A, b):
    """solve() notices dependent columns only if rounding leaves an exact zero: look at the diagonal of R."""
    A, b = _overdetermined(A, b)
    Q, R = np.linalg.qr(A)
    return np.linalg.solve(R, Q.T @ b)


def least_squares_qr__centres_first(A, b):
    """You measure from the means, as if A had one more column of ones: solve for A and b as they are given."""
    A, b = _overdetermined(A, b)
    _, b, Q, R = _triangle(A - A.mean(axis=0), b - b.mean())
    return np.linalg.solve(R, Q.T @ b)


def least_squares_qr__turns_R_over(A, b):
    """You solve with Rᵀ: R is the upper triangle as it stands, solved from the bottom."""
    _, b, Q, R = _triangle(A, b)
    return np.linalg.solve(R.T, Q.T @ b)


def least_squares_qr__forgets_absolute_values(A, b):
    """Diagonal entries of R may be negative and far from 0: compare absolute values."""
    A, b, Q, R = _triangle(A, b)
    _require(np.diag(R).min() > 1e-12 * np.abs(R).max())
    return np.linalg.solve(R, Q.T @ b)


def least_squares_qr__absolute_limit(A, b):
    """Small columns are not dependent ones: compare R's diagonal with the largest entry of R, not with a number."""
    A, b = _overdetermined(A, b)
    Q, R = np.linalg.qr(A)
    _require(np.abs(np.diag(R)).min() > 1e-8)
    return np.linalg.solve(R, Q.T @ b)


def least_squares_qr__accepts_too_few_equations(A, b):
    """With fewer equations than unknowns there are many exact answers: you return one of them, refuse instead."""
    A, b = np.asarray(A, float), np.asarray(b, float)
    _require(A.ndim == 2 and b.shape == A.shape[:1])
    if A.shape[0] < A.shape[1]:
        return A.T @ np.linalg.solve(A @ A.T, b)
    _, b, Q, R = _triangle(A, b)
    return np.linalg.solve(R, Q.T @ b)


def least_squares_qr__adds_to_the_diagonal(A, b):
    """You add a little to the diagonal so that solve() never fails: that changes the answer and hides dependence."""
    A, b = _overdetermined(A, b)
    return np.linalg.solve(A.T @ A + 1e-3 * np.eye(A.shape[1]), A.T @ b)


def least_squares_qr__fitted_values(A, b):
    """You return Ax, the values that the model gives: its coefficients x are asked for."""
    _, b, Q, _ = _triangle(A, b)
    return Q @ (Q.T @ b)


# --- power_iteration ----------------------------------------------------------------------------


def _symmetric(A):
    A = np.array(A, float)
    _require(A.ndim == 2 and A.shape[0] == A.shape[1])
    _require(np.abs(A - A.T).max() <= 1e-10 * np.abs(A).max())
    return A


def _random(A, rng):
    return np.random.default_rng(rng).normal(size=len(A))


def _repeated(A, v, n_steps):
    for _ in range(n_steps):
        v = A @ v
        v = v / np.linalg.norm(v)
    return v


def power_iteration__length_as_eigenvalue(A, n_steps=1000, rng=None):
    """A length is never negative: for λ = -5 you report +5. The Rayleigh quotient v·Av keeps the sign."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), n_steps)
    return float(np.linalg.norm(A @ v)), v


def power_iteration__starts_with_ones(A, n_steps=1000, rng=None):
    """If the vector you look for is perpendicular to (1, ..., 1), you never find it: start at random."""
    A = _symmetric(A)
    v = _repeated(A, np.ones(len(A)), n_steps)
    return float(v @ A @ v), v


def power_iteration__starts_on_an_axis(A, n_steps=1000, rng=None):
    """If the vector you look for is perpendicular to (1, 0, ...), you never find it: start at random."""
    A = _symmetric(A)
    v = _repeated(A, np.eye(len(A))[0], n_steps)
    return float(v @ A @ v), v


def power_iteration__divides_by_the_sum(A, n_steps=1000, rng=None):
    """You divide by the sum of the entries: the eigenvector must have Euclidean length 1, and sums can be 0."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), n_steps)
    return float(v @ A @ v), v / v.sum()


def power_iteration__largest_entry_one(A, n_steps=1000, rng=None):
    """You scale the largest entry to 1: the eigenvector must have Euclidean length 1."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), n_steps)
    return float(v @ A @ v), v / v[np.argmax(np.abs(v))]


def power_iteration__never_scales(A, n_steps=1000, rng=None):
    """Without scaling in every step the vector overflows, or fades to 0: divide by its length each time."""
    A = _symmetric(A)
    v = _random(A, rng)
    with np.errstate(all="ignore"):
        for _ in range(n_steps):
            v = A @ v
        v = v / np.linalg.norm(v)
        return float(v @ A @ v), v


def power_iteration__vector_first(A, n_steps=1000, rng=None):
    """You return the two in the other order: first the eigenvalue, then the eigenvector."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), n_steps)
    return v, float(v @ A @ v)


def power_iteration__ratio_of_one_entry(A, n_steps=1000, rng=None):
    """You compare one entry of Av and v, which may be 0 or nearly so: the Rayleigh quotient uses all of them."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), n_steps)
    with np.errstate(all="ignore"):
        return float(np.divide((A @ v)[0], v[0])), v


def power_iteration__ten_steps(A, n_steps=1000, rng=None):
    """Your ten steps are too few where the two largest eigenvalues are close: make all n_steps."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), 10)
    return float(v @ A @ v), v


def power_iteration__always_a_thousand_steps(A, n_steps=1000, rng=None):
    """You make the same number of steps whatever n_steps says: the caller decides how often A is applied."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), 1000)
    return float(v @ A @ v), v


def power_iteration__none_is_a_seed(A, n_steps=1000, rng=None):
    """Without an rng you always start in the same direction: None asks for fresh chance, and default_rng(None) gives it."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, 0 if rng is None else rng), n_steps)
    return float(v @ A @ v), v


def power_iteration__own_seed(A, n_steps=1000, rng=None):
    """You start in the same direction for every seed: draw it from np.random.default_rng(rng)."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, 0), n_steps)
    return float(v @ A @ v), v


def power_iteration__stops_too_soon(A, n_steps=1000, rng=None):
    """You stop when the eigenvalue hardly changes: the vector is then right to half as many digits only."""
    A = _symmetric(A)
    v, old = _random(A, rng), np.inf
    for _ in range(n_steps):
        v = _repeated(A, v, 1)
        value = float(v @ A @ v)
        if abs(value - old) < 1e-6 * abs(value):
            break
        old = value
    return value, v


def power_iteration__any_square_matrix(A, n_steps=1000, rng=None):
    """You take a matrix that is not symmetric: v·Av is its eigenvalue no more, so refuse it."""
    A = np.asarray(A, float)
    _require(A.ndim == 2 and A.shape[0] == A.shape[1])
    v = _repeated(A, _random(A, rng), n_steps)
    return float(v @ A @ v), v


def power_iteration__largest_signed(A, n_steps=1000, rng=None):
    """You find the eigenvalue farthest to the right: asked for is the one of largest ABSOLUTE value."""
    A = _symmetric(A)
    v = _repeated(A + np.abs(A).sum() * np.eye(len(A)), _random(A, rng), 100 * n_steps // len(A))
    return float(v @ A @ v), v


def power_iteration__returns_the_image(A, n_steps=1000, rng=None):
    """You multiply once more and return Av, whose length is |λ|: scale the vector before you return it."""
    A = _symmetric(A)
    v = _repeated(A, _random(A, rng), n_steps)
    return float(v @ A @ v), A @ v


# --- symmetric_eigen ----------------------------------------------------------------------------


def _jacobi(A, sweeps=60, half=0.5, limit=None):
    """Eigenvalues and eigenvectors in the order in which Jacobi's rotations leave them."""
    A = A.copy()
    n, V, tiny = len(A), np.eye(len(A)), 1e-12 * np.linalg.norm(A) if limit is None else limit
    for _ in range(sweeps):
        if np.linalg.norm(A - np.diag(np.diag(A))) <= tiny:
            break
        for p, q in zip(*np.triu_indices(n, 1)):
            angle = half * np.arctan2(2 * A[p, q], A[q, q] - A[p, p])
            c, s = np.cos(angle), np.sin(angle)
            J = np.array([[c, s], [-s, c]])
            A[:, [p, q]] = A[:, [p, q]] @ J
            A[[p, q]] = J.T @ A[[p, q]]
            V[:, [p, q]] = V[:, [p, q]] @ J
    return np.diag(A).copy(), V


def _descending(w, V):
    order = np.argsort(w)[::-1]
    return w[order], V[:, order]


def symmetric_eigen__smallest_first(A):
    """Your eigenvalues ascend: the contract, and PCA, want the largest first, values and columns alike."""
    w, V = _descending(*_jacobi(_symmetric(A)))
    return w[::-1], V[:, ::-1]


def symmetric_eigen__vectors_in_rows(A):
    """Your eigenvectors stand in the rows: AV = V diag(w) needs them in the columns."""
    w, V = _descending(*_jacobi(_symmetric(A)))
    return w, V.T


def symmetric_eigen__twenty_qr_steps(A):
    """20 unshifted QR steps are far from diagonal where eigenvalues are close: go on until the rest is tiny."""
    A = _symmetric(A)
    V = np.eye(len(A))
    for _ in range(20):
        Q, R = np.linalg.qr(A)
        A, V = R @ Q, V @ Q
    return _descending(np.diag(A), V)


def symmetric_eigen__sorts_values_only(A):
    """You sort the eigenvalues and leave the vectors where they were: sort the columns by the same order."""
    w, V = _jacobi(_symmetric(A))
    return np.sort(w)[::-1], V


def symmetric_eigen__sorts_rows(A):
    """You put the ROWS of V in order: eigenvectors are columns, so the order belongs into the second index."""
    w, V = _jacobi(_symmetric(A))
    order = np.argsort(w)[::-1]
    return w[order], V[order]


def symmetric_eigen__collects_rotations_as_rows(A):
    """Your V holds the eigenvectors in its rows: V <- VJ collects the rotations in columns, Jᵀ V in rows."""
    w, V = _jacobi(_symmetric(A))
    order = np.argsort(w)[::-1]
    return w[order], V.T[:, order]


def symmetric_eigen__unsorted(A):
    """You return eigenvalues in the order in which the rotations leave them: sort them, largest first, and V's columns alike."""
    return _jacobi(_symmetric(A))


def symmetric_eigen__absolute_limit(A):
    """You stop where the entries are small, whatever A's size: an A of size 1e-9 is never turned. Compare with |A|."""
    return _descending(*_jacobi(_symmetric(A), limit=1e-10))


def symmetric_eigen__sorts_by_size(A):
    """You sort by absolute value: -7 comes after 3, not before it."""
    w, V = _jacobi(_symmetric(A))
    order = np.argsort(-np.abs(w), kind="stable")
    return w[order], V[:, order]


def symmetric_eigen__drops_the_signs(A):
    """You return the sizes of the eigenvalues, as an SVD does: negative ones must stay negative."""
    w, V = _jacobi(_symmetric(A))
    return _descending(np.abs(w), V)


def symmetric_eigen__clips_at_zero(A):
    """You set negative eigenvalues to 0: only a covariance matrix has none, any symmetric matrix may."""
    w, V = _descending(*_jacobi(_symmetric(A)))
    return np.maximum(w, 0), V


def symmetric_eigen__one_sweep(A):
    """One round over all pairs is not enough: each rotation spoils zeros made before. Repeat until all are tiny."""
    return _descending(*_jacobi(_symmetric(A), sweeps=1))


def symmetric_eigen__double_angle(A):
    """tan 2θ gives you the DOUBLE angle: halve it before you rotate."""
    return _descending(*_jacobi(_symmetric(A), half=1.0))


def symmetric_eigen__diagonal_is_enough(A):
    """You read the diagonal off as if A were diagonal: off-diagonal entries shift eigenvalues and turn vectors."""
    A = _symmetric(A)
    return _descending(np.diag(A), np.eye(len(A)))


def symmetric_eigen__last_rotation_only(A):
    """You keep the last Q only: the eigenvectors are the product of all the rotations on the way."""
    w, V = _descending(*_jacobi(_symmetric(A)))
    return w, np.eye(len(V))


def symmetric_eigen__largest_entry_one(A):
    """You scale the largest entry of each vector to 1: VᵀV = I needs Euclidean length 1."""
    w, V = _descending(*_jacobi(_symmetric(A)))
    return w, V / V[np.argmax(np.abs(V), axis=0), range(len(V))]


def symmetric_eigen__power_and_deflate(A):
    """Power iteration needs one eigenvalue of largest size: with 2 and -2, or with zeros, your deflation fails."""
    A = _symmetric(A)
    rest, values, vectors, rng = A.copy(), [], [], np.random.default_rng(0)
    with np.errstate(all="ignore"):
        for _ in range(len(A)):
            v = _repeated(rest, rng.normal(size=len(A)), 1000)
            values.append(v @ A @ v)
            vectors.append(v)
            rest = rest - values[-1] * np.outer(v, v)
    return _descending(np.array(values), np.array(vectors).T)


def symmetric_eigen__any_square_matrix(A):
    """You take a matrix that is not symmetric, and return the answer to another one: refuse it."""
    A = np.asarray(A, float)
    _require(A.ndim == 2 and A.shape[0] == A.shape[1])
    return _descending(*_jacobi((A + A.T) / 2))


# --- pca ----------------------------------------------------------------------------------------


def _table(X, k):
    X = np.asarray(X, float)
    _require(X.ndim == 2 and 1 <= k <= min(len(X) - 1, X.shape[1]))
    return X, X - X.mean(axis=0)


def _parts(centred, k):
    """Components, variances and scores of a table that is centred already."""
    U, s, Vt = np.linalg.svd(centred, full_matrices=False)
    return Vt[:k], s[:k] ** 2 / (len(centred) - 1), centred @ Vt[:k].T


def pca__no_centring(X, k):
    """Your first "component" points from the origin to the cloud: subtract the mean of each column first."""
    return _parts(_table(X, k)[0], k)


def pca__one_mean_for_all(X, k):
    """You subtract one mean from the whole table: each column has a mean of its own."""
    X, _ = _table(X, k)
    return _parts(X - X.mean(), k)


def pca__centres_the_rows(X, k):
    """You subtract from each row its mean: observations stand in rows, the cloud's centre is the mean per COLUMN."""
    X, _ = _table(X, k)
    return _parts(X - X.mean(axis=1, keepdims=True), k)


def pca__divides_by_n(X, k):
    """explained_variance is a sample variance: you divide by n, it takes n - 1."""
    X, centred = _table(X, k)
    components, variances, scores = _parts(centred, k)
    return components, variances * (len(X) - 1) / len(X), scores


def pca__rows_of_V(X, k):
    """eigh puts eigenvectors into COLUMNS: the first k rows of its matrix mean nothing."""
    X, centred = _table(X, k)
    w, V = np.linalg.eigh(np.atleast_2d(np.cov(centred.T)))
    w, V = w[::-1], V[:, ::-1]
    return V[:k], w[:k], centred @ V[:k].T


def pca__components_in_columns(X, k):
    """Your components stand in columns: one component per ROW is asked for, (k, d)."""
    components, variances, scores = _parts(_table(X, k)[1], k)
    return components.T, variances, scores


def pca__least_variance_first(X, k):
    """eigh sorts ascending: you keep the directions of LEAST variance."""
    X, centred = _table(X, k)
    w, V = np.linalg.eigh(np.atleast_2d(np.cov(centred.T)))
    return V.T[:k], w[:k], centred @ V[:, :k]


def pca__standardises(X, k):
    """You also divide each column by its standard deviation: that is the PCA of another table, only centre it."""
    X, centred = _table(X, k)
    std = X.std(axis=0, ddof=1)
    return _parts(centred / np.where(std == 0, 1, std), k)


def pca__standardises_with_n(X, k):
    """You also divide each column by np.std: that is the PCA of another table, only subtract the mean."""
    X, centred = _table(X, k)
    std = X.std(axis=0)
    return _parts(centred / np.where(std == 0, 1, std), k)


def pca__takes_Vt_for_V(X, k):
    """np.linalg.svd returns V TRANSPOSED: the components are its first k ROWS, not its columns."""
    X, centred = _table(X, k)
    _, s, V = np.linalg.svd(centred, full_matrices=False)
    return V[:, :k].T, s[:k] ** 2 / (len(X) - 1), centred @ V[:, :k]


def pca__columns_of_Vt(X, k):
    """np.linalg.svd returns V TRANSPOSED: [:, :k] takes its columns, the components are its first k rows."""
    X, centred = _table(X, k)
    _, s, V = np.linalg.svd(centred, full_matrices=False)
    return V[:, :k], s[:k] ** 2 / (len(X) - 1), centred @ V[:, :k]


def pca__scores_off_centre(X, k):
    """Your components are right, but your scores are not centred: project X minus its mean."""
    X, centred = _table(X, k)
    components, variances, _ = _parts(centred, k)
    return components, variances, X @ components.T


def pca__singular_values(X, k):
    """You return singular values: a variance is their square, divided by n - 1."""
    X, centred = _table(X, k)
    components, variances, scores = _parts(centred, k)
    return components, np.sqrt(variances * (len(X) - 1)), scores


def pca__forgets_to_square(X, k):
    """You divide singular values by n - 1: a variance has squared units, so square them first."""
    X, centred = _table(X, k)
    components, variances, scores = _parts(centred, k)
    return components, np.sqrt(variances * (len(X) - 1)) / (len(X) - 1), scores


def pca__shares(X, k):
    """You return shares of the total variance: the variances themselves are asked for, in squared units of X."""
    X, centred = _table(X, k)
    components, variances, scores = _parts(centred, k)
    return components, variances / centred.var(axis=0, ddof=1).sum(), scores


def pca__ignores_k(X, k):
    """You return all components: keep the first k of each of the three results."""
    X, centred = _table(X, k)
    return _parts(centred, X.shape[1])


def pca__accepts_any_k(X, k):
    """n centred rows span n - 1 directions at most: a k that is too large, or below 1, must be refused."""
    X = np.asarray(X, float)
    _require(X.ndim == 2)
    return _parts(X - X.mean(axis=0), k)


def pca__flips_components_only(X, k):
    """You turn the sign of a component but not of its scores: they must turn together."""
    components, variances, scores = _parts(_table(X, k)[1], k)
    largest = components[range(k), np.argmax(np.abs(components), axis=1)]
    signs = np.sign(largest)
    return signs[:, None] * components, variances, _table(X, k)[1] @ np.linalg.svd(_table(X, k)[1], full_matrices=False)[2][:k].T


def pca__scores_of_length_one(X, k):
    """You return U as scores, each scaled to length 1: the scores are U times the singular values."""
    X, centred = _table(X, k)
    U, s, Vt = np.linalg.svd(centred, full_matrices=False)
    return Vt[:k], s[:k] ** 2 / (len(X) - 1), U[:, :k]


# --- low_rank_approximation ---------------------------------------------------------------------


def _image(A, k):
    A = np.asarray(A, float)
    _require(A.ndim == 2 and k >= 0)
    return A


def _nearest(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]


def low_rank_approximation__takes_Vt_for_V(A, k):
    """np.linalg.svd returns V TRANSPOSED: take its first k ROWS."""
    U, s, Vt = np.linalg.svd(_image(A, k), full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:, :k].T


def low_rank_approximation__keeps_the_smallest(A, k):
    """You threw the picture away and kept the noise: singular values come sorted, the largest first."""
    A = _image(A, k)
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    k = min(k, len(s))
    return (U[:, len(s) - k:] * s[len(s) - k:]) @ Vt[len(s) - k:]


def low_rank_approximation__keeps_rows(A, k):
    """Low rank does not mean few rows: combine patterns u vᵀ that reach into all rows."""
    A = _image(A, k)
    return np.where(np.arange(len(A))[:, None] < k, A, 0)


def low_rank_approximation__largest_eigenvalues(A, k):
    """For a symmetric A you sort eigenvalues by sign: size counts, -9 matters more than 4. Use singular values."""
    A = _image(A, k)
    if A.shape[0] == A.shape[1] and np.allclose(A, A.T):
        w, V = np.linalg.eigh(A)
        w, V = w[::-1][:k], V[:, ::-1][:, :k]
        return V * w @ V.T
    return _nearest(A, k)


def low_rank_approximation__forgets_sigma(A, k):
    """You add up u vᵀ with equal weights: each pattern counts with its singular value."""
    U, s, Vt = np.linalg.svd(_image(A, k), full_matrices=False)
    return U[:, :k] @ Vt[:k]


def low_rank_approximation__squares_sigma(A, k):
    """You weigh the patterns with σ²: those are the eigenvalues of AᵀA, the weight is σ."""
    U, s, Vt = np.linalg.svd(_image(A, k), full_matrices=False)
    return (U[:, :k] * s[:k] ** 2) @ Vt[:k]


def low_rank_approximation__one_pattern_more(A, k):
    """You keep one pattern too many: k of them are 0, ..., k - 1."""
    return _nearest(_image(A, k), k + 1)


def low_rank_approximation__kth_pattern_only(A, k):
    """You return the k-th pattern alone: add up the first k of them."""
    A = _image(A, k)
    k = min(k, *A.shape)
    return _nearest(A, k) - _nearest(A, max(k - 1, 0))


def low_rank_approximation__largest_entries(A, k):
    """You keep the k largest entries: a matrix with few entries need not have low rank, nor be near A."""
    A = _image(A, k)
    kept = np.zeros(A.size)
    order = np.argsort(-np.abs(A), axis=None, kind="stable")[:k]
    kept[order] = A.ravel()[order]
    return kept.reshape(A.shape)


def low_rank_approximation__factors(A, k):
    """You return the factors: multiply them, the approximation has the shape of A."""
    U, s, Vt = np.linalg.svd(_image(A, k), full_matrices=False)
    return U[:, :k] * s[:k], Vt[:k]


def low_rank_approximation__coordinates(A, k):
    """You return k coordinates per row, as PCA's scores: go back from the patterns to the shape of A."""
    U, s, _ = np.linalg.svd(_image(A, k), full_matrices=False)
    return U[:, :k] * s[:k]


def low_rank_approximation__refuses_large_k(A, k):
    """You refuse k > min(m, n): rank at most k is then no limit, and the nearest matrix is A itself."""
    A = _image(A, k)
    _require(k <= min(A.shape))
    return _nearest(A, k)


def low_rank_approximation__full_matrices(A, k):
    """svd's U and Vᵀ come with more patterns than σ has numbers: say full_matrices=False, and slices fit for every k."""
    U, s, Vt = np.linalg.svd(_image(A, k))
    return (U[:, :k] * s[:k]) @ Vt[:k]


def low_rank_approximation__negative_k(A, k):
    """A slice [:-1] means all but the last, so that a negative k passes: refuse it."""
    A = np.asarray(A, float)
    _require(A.ndim == 2)
    return _nearest(A, k)


def low_rank_approximation__centres_first(A, k):
    """You centre the columns as in PCA and add the mean back: that is a pattern more. Nothing is centred here."""
    A = _image(A, k)
    mean = A.mean(axis=0)
    return _nearest(A - mean, k) + mean
