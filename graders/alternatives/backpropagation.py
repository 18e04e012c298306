"""Right answers to project 5 that look unusual: <task>__<how>. A fair grader gives them full points."""
import math

import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


# --- Value --------------------------------------------------------------------------------------


class Value__from_few_operations:
    """Builds a - b as a + (-b) and a / b as a * b ** -1: the slopes come out right along the longer ways, too."""

    def __init__(self, data, parents=(), local_grads=()):
        self.data, self.grad, self.parents, self.local_grads = float(data), 0.0, tuple(parents), tuple(local_grads)

    def __add__(self, other):
        other = other if isinstance(other, type(self)) else type(self)(other)
        return type(self)(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, type(self)) else type(self)(other)
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (n * self.data ** (n - 1),))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other**-1

    def __rsub__(self, other):
        return (-self) + other

    def __rtruediv__(self, other):
        return self**-1 * other

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        return type(self)(math.exp(self.data), (self,), (math.exp(self.data),))

    def log(self):
        return type(self)(math.log(self.data), (self,), (1 / self.data,))

    def tanh(self):
        e = (self * 2).exp()
        return (e - 1) / (e + 1)

    def relu(self):
        return self if self.data > 0 else self * 0


class Value__numbers_are_no_parents:
    """A plain number is no parent here, lists stand for tuples, and all is a numpy scalar or an int."""

    def __init__(self, data, parents=(), local_grads=()):
        self.data, self.grad, self.parents, self.local_grads = np.float64(data), 0, list(parents), list(local_grads)

    def _combine(self, other, f, slopes):
        a, b = self.data, getattr(other, "data", other)
        parents = [self, other] if isinstance(other, type(self)) else [self]
        return type(self)(f(a, b), parents, slopes(a, b)[:len(parents)])

    def __add__(self, other):
        return self._combine(other, lambda a, b: a + b, lambda a, b: [1, 1])

    def __sub__(self, other):
        return self._combine(other, lambda a, b: a - b, lambda a, b: [1, -1])

    def __rsub__(self, other):
        return self._combine(other, lambda a, b: b - a, lambda a, b: [-1, 1])

    def __mul__(self, other):
        return self._combine(other, lambda a, b: a * b, lambda a, b: [b, a])

    def __truediv__(self, other):
        return self._combine(other, lambda a, b: a / b, lambda a, b: [1 / b, -a / b**2])

    def __rtruediv__(self, other):
        return self._combine(other, lambda a, b: b / a, lambda a, b: [-b / a**2, 1 / a])

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        return self._combine(n, lambda a, n: a ** float(n), lambda a, n: [n * a ** float(n - 1)])

    def __neg__(self):
        return 0 - self

    def exp(self):
        return self._combine(0, lambda a, b: np.exp(a), lambda a, b: [np.exp(a)])

    def log(self):
        return self._combine(0, lambda a, b: np.log(a), lambda a, b: [1 / a])

    def tanh(self):
        return self._combine(0, lambda a, b: np.tanh(a), lambda a, b: [1 / np.cosh(a) ** 2])

    def relu(self):
        return self._combine(0, lambda a, b: a * (a > 0), lambda a, b: [np.heaviside(a, 0)])


# --- backward -----------------------------------------------------------------------------------


def backward__counts_users(root):
    """Kahn's algorithm: counts how often each node is used, and pays out when the last user has paid in."""
    users, found = {id(root): 0}, [root]
    for node in found:
        for p in node.parents:
            if id(p) not in users:
                users[id(p)] = 0
                found.append(p)
            users[id(p)] += 1
    for node in found:
        node.grad = 0.0
    root.grad, ready = 1.0, [root]
    for node in ready:
        for p, g in zip(node.parents, node.local_grads):
            p.grad += node.grad * g
            users[id(p)] -= 1
            if users[id(p)] == 0:
                ready.append(p)


def backward__by_the_longest_way(root):
    """Sorts the nodes by the length of the longest way from a leaf, and collects in a dict; writes .grad at the very end."""
    height, stack = {}, [root]
    nodes = {id(root): root}
    while stack:
        node = stack[-1]
        todo = [p for p in node.parents if id(p) not in height]
        if todo:
            stack += todo
            nodes.update({id(p): p for p in todo})
        else:
            stack.pop()
            height[id(node)] = 1 + max((height[id(p)] for p in node.parents), default=0)
    total = dict.fromkeys(nodes, 0.0)
    total[id(root)] = 1.0
    for key in sorted(nodes, key=height.get, reverse=True):
        for p, g in zip(nodes[key].parents, nodes[key].local_grads):
            total[id(p)] += g * total[key]
    for key, node in nodes.items():
        node.grad = np.float64(total[key])
    return root


# --- numerical_jacobian -------------------------------------------------------------------------


def numerical_jacobian__row_by_row(f, x, h=1e-5):
    """Fills the table entry by entry, the outputs outside, and returns nested lists."""
    _require(h > 0)
    x = [float(v) for v in x]
    up = [f(np.array([v + h * (i == j) for i, v in enumerate(x)])) for j in range(len(x))]
    down = [f(np.array([v - h * (i == j) for i, v in enumerate(x)])) for j in range(len(x))]
    return [[float((up[j][i] - down[j][i]) / (2 * h)) for j in range(len(x))] for i in range(len(up[0]))]


def numerical_jacobian__two_steps(f, x, h=1e-5):
    """Richardson: central differences with h and h/2, combined so that the h² error cancels as well."""
    _require(h > 0)
    x = np.array(x, float)
    central = lambda e: (f(x + e) - f(x - e)) / (2 * e.sum())
    return np.stack([(4 * central(e / 2) - central(e)) / 3 for e in h * np.eye(x.size)], axis=1)


# --- softmax ------------------------------------------------------------------------------------


def softmax__through_logarithms(Z, axis=-1):
    """exp of the log-softmax, with numpy's logaddexp for the logarithm of the sum."""
    Z = np.array(Z, float)
    _require(Z.ndim)
    return np.exp(Z - np.logaddexp.reduce(Z, axis=axis, keepdims=True))


def softmax__axis_to_the_front(Z, axis=-1):
    """Moves the axis to the front, loops over the rest, subtracts the mean of the largest and 1, and returns lists."""
    Z = np.array(Z, float)
    _require(Z.ndim)
    front = np.moveaxis(Z, axis, 0)
    P = np.empty(front.shape)
    for i in np.ndindex(front.shape[1:]):
        z = front[(slice(None), *i)]
        e = [math.exp(v - max(z) + 1) for v in z]
        P[(slice(None), *i)] = [v / math.fsum(e) for v in e]
    return np.moveaxis(P, 0, axis).tolist()


# --- softmax_cross_entropy ----------------------------------------------------------------------


def softmax_cross_entropy__sample_by_sample(logits, y):
    """One sample at a time in Python's floats; returns a list of a numpy scalar and nested lists."""
    logits, y = np.asarray(logits, float), np.asarray(y)
    _require(logits.ndim == 2 and y.shape == (len(logits),) and len(y))
    n, k = logits.shape
    total, G = 0.0, []
    for row, label in zip(logits.tolist(), y.tolist()):
        _require(label in range(k))
        top = max(row)
        total += math.log(math.fsum(math.exp(v - top) for v in row)) + top - row[label]
        parts = [math.exp(v - top) for v in row]
        G.append([(v / sum(parts) - (j == label)) / n for j, v in enumerate(parts)])
    return [np.float64(total / n), G]


def softmax_cross_entropy__one_hot(logits, y):
    """With a one-hot table, and the loss as the mean of log(1 + Σ exp(z_j - z_y)) over the other classes."""
    logits, y = np.asarray(logits, float), np.asarray(y)
    _require(logits.ndim == 2 and y.shape == logits.shape[:1] and y.size and np.isin(y, np.arange(logits.shape[1])).all())
    Y = np.eye(logits.shape[1])[y.astype(int)]
    ahead = logits - (logits * Y).sum(axis=1, keepdims=True)
    surprise = np.logaddexp.reduce(ahead, axis=1, keepdims=True)
    return np.mean(surprise), (np.exp(ahead - surprise) - Y) / len(Y)


# --- linear_backward ----------------------------------------------------------------------------


def linear_backward__einsum(dout, X, W):
    """The sums as they stand on paper, by einsum; returns a list."""
    G, X, W = (np.asarray(a, float) for a in (dout, X, W))
    _require(G.ndim == X.ndim == W.ndim == 2 and X.shape == (G.shape[0], W.shape[0]) and W.shape[1] == G.shape[1])
    return [np.einsum("nk,dk->nd", G, W), np.einsum("nd,nk->dk", X, G), np.einsum("nk->k", G)]


def linear_backward__outer_products(dout, X, W):
    """Adds an outer product for each sample; the bias is a weight whose input is always 1."""
    G, X, W = (np.asarray(a, float) for a in (dout, X, W))
    _require(G.ndim == X.ndim == W.ndim == 2 and X.shape == (G.shape[0], W.shape[0]) and W.shape[1] == G.shape[1])
    both = sum(np.outer([*x, 1], g) for x, g in zip(X, G))
    return [(W @ g).tolist() for g in G], both[:-1], both[-1]


# --- gradient_check -----------------------------------------------------------------------------


def gradient_check__worst_so_far(f, grad, x, h=1e-5):
    """Walks through the entries and keeps the worst error; returns a 0-d array."""
    _require(h > 0)
    x = np.array(x, float)
    claimed, worst = np.ravel(grad(x)), 0.0
    for i in range(x.size):
        kept = x.flat[i]
        x.flat[i] = kept + h
        up = f(x)
        x.flat[i] = kept - h
        n = (up - f(x)) / (2 * h)
        x.flat[i] = kept
        size = abs(claimed[i]) + abs(n)
        worst = max(worst, abs(claimed[i] - n) / (size if size > 1e-8 else 1e-8))
    return np.array(worst)


# --- mlp_gradients ------------------------------------------------------------------------------


def mlp_gradients__bias_as_a_weight(X, y, params):
    """A column of ones in X and in H takes the biases into the weights, and is cut off at the end."""
    X, y = np.asarray(X, float), np.asarray(y)
    W1, b1, W2, b2 = (np.asarray(params[k], float) for k in ("W1", "b1", "W2", "b2"))
    _require(X.ndim == 2 and y.shape == X.shape[:1] and ((y >= 0) & (y < b2.size)).all())
    n = len(X)
    A = np.column_stack([X, np.ones(n)])
    H = np.column_stack([np.maximum(A @ np.vstack([W1, b1]), 0), np.ones(n)])
    Z = H @ np.vstack([W2, b2])
    Z = Z - Z.max(axis=1, keepdims=True)
    loss = (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(n), y]).mean()
    G = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True) / n
    G[np.arange(n), y] -= 1 / n
    second = H.T @ G
    back = G @ W2.T
    back[H[:, :-1] == 0] = 0
    first = A.T @ back
    return loss, {"b2": second[-1], "W2": second[:-1], "b1": first[-1], "W1": first[:-1]}


def mlp_gradients__jacobians(X, y, params):
    """Multiplies the Jacobian of softmax by -Y/P for each sample, and returns lists in a list."""
    X, y = np.asarray(X, float), np.asarray(y)
    W1, b1, W2, b2 = (np.asarray(params[k], float) for k in ("W1", "b1", "W2", "b2"))
    _require(X.ndim == 2 and y.shape == X.shape[:1] and ((y >= 0) & (y < b2.size)).all())
    Z1 = X @ W1 + b1
    H = np.where(Z1 > 0, Z1, 0)
    E = np.exp(H @ W2 + b2)
    P, Y = E / E.sum(axis=1, keepdims=True), np.eye(b2.size)[y]
    J = P[:, :, None] * np.eye(b2.size) - P[:, :, None] * P[:, None, :]
    G = np.einsum("nj,njk->nk", -Y / P, J) / len(X)
    back = np.sign(H) * np.einsum("nk,hk->nh", G, W2)
    grads = {"W1": X.T @ back, "b1": back.sum(axis=0), "W2": H.T @ G, "b2": G.sum(axis=0)}
    return [-np.log((P * Y).sum(axis=1)).mean(), {k: g.tolist() for k, g in grads.items()}]


# --- adam_step ----------------------------------------------------------------------------------


def adam_step__number_by_number(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Python's floats, one entry at a time, with the corrected learning rate of the paper; returns lists."""
    _require(t >= 1)

    def step(p, g, m, v):
        if isinstance(p, list):
            return tuple(map(list, zip(*map(step, p, g, m, v))))
        m, v = m + (1 - beta1) * (g - m), v + (1 - beta2) * (g * g - v)
        root = math.sqrt(1 - beta2**t)
        return p - lr * root / (1 - beta1**t) * m / (math.sqrt(v) + eps * root), m, v

    return step(*(np.asarray(a, float).tolist() for a in (theta, grad, m, v)))


# --- newton_minimize ----------------------------------------------------------------------------


def newton_minimize__elimination(grad, hess, x0, n_steps=20):
    """Its own Gaussian elimination with pivots, and a path of lists."""
    _require(n_steps >= 0)
    path = [[float(v) for v in x0]]
    for _ in range(n_steps):
        x = np.array(path[-1])
        A = np.column_stack([np.asarray(hess(x), float), np.asarray(grad(x), float)])
        d = len(A)
        for j in range(d):
            pivot = j + int(np.argmax(np.abs(A[j:, j])))
            _require(A[pivot, j] != 0)
            A[[j, pivot]] = A[[pivot, j]]
            for i in range(d):
                if i != j:
                    A[i] = A[i] - A[i, j] / A[j, j] * A[j]
        path.append([float(x[j] - A[j, d] / A[j, j]) for j in range(d)])
    return path


def newton_minimize__preallocated(grad, hess, x0, n_steps=20):
    """Fills a table, and divides by the Hessian from the right: the system of the transposes has the same solution."""
    _require(n_steps >= 0)
    path = np.empty((n_steps + 1, len(x0)))
    path[0] = x0
    for t in range(n_steps):
        H, g = np.atleast_2d(hess(path[t])), np.reshape(grad(path[t]), (-1, 1))
        path[t + 1] = path[t] + np.linalg.solve(-H, g)[:, 0]
    return path


# --- train_mlp ----------------------------------------------------------------------------------


def _loss_and_gradients(X, y, p):
    n, Z1 = len(X), X @ p["W1"] + p["b1"]
    H = np.maximum(Z1, 0)
    Z2 = H @ p["W2"] + p["b2"]
    L = Z2 - np.logaddexp.reduce(Z2, axis=1, keepdims=True)
    G = np.exp(L)
    G[np.arange(n), y] -= 1
    G /= n
    back = G @ p["W2"].T * (Z1 > 0)
    return -L[np.arange(n), y].mean(), {"W1": X.T @ back, "b1": back.sum(axis=0), "W2": H.T @ G, "b2": G.sum(axis=0)}


def train_mlp__mini_batches(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Batches of 50 in a new order in every epoch, weights from a uniform distribution; the losses are numpy scalars."""
    rng = np.random.default_rng(rng)
    X, y = np.asarray(X, float), np.asarray(y)
    _require(len(X) == len(y))
    d, k = X.shape[1], len(np.unique(y))
    p = {"W1": rng.uniform(-1, 1, (d, hidden)) * np.sqrt(6 / (d + hidden)), "b1": np.zeros(hidden),
         "W2": rng.uniform(-1, 1, (hidden, k)) * np.sqrt(6 / (hidden + k)), "b2": np.zeros(k)}
    losses = []
    for _ in range(n_epochs):
        losses.append(_loss_and_gradients(X, y, p)[0])
        for rows in np.array_split(rng.permutation(len(X)), max(len(X) // 50, 1)):
            _, g = _loss_and_gradients(X[rows], y[rows], p)
            p = {name: p[name] - 0.2 * lr * g[name] for name in p}
    return p, losses


def train_mlp__adam(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Adam with a fiftieth of lr, which falls from epoch to epoch, in place; returns an array of losses."""
    rng = np.random.default_rng(rng)
    X, y = np.asarray(X, float), np.asarray(y)
    _require(len(X) == len(y))
    d, k = X.shape[1], int(max(y)) + 1
    p = {"W1": rng.normal(0, np.sqrt(2 / d), (d, hidden)), "b1": np.zeros(hidden),
         "W2": rng.normal(0, np.sqrt(1 / hidden), (hidden, k)), "b2": np.zeros(k)}
    m, v = ({name: np.zeros(a.shape) for name, a in p.items()} for _ in "mv")
    losses = np.zeros(n_epochs)
    for e in range(n_epochs):
        losses[e], g = _loss_and_gradients(X, y, p)
        for name in p:
            m[name] += 0.1 * (g[name] - m[name])
            v[name] += 0.001 * (g[name] ** 2 - v[name])
            p[name] -= lr / 50 * 0.998**e * m[name] / (1 - 0.9 ** (e + 1)) / (np.sqrt(v[name] / (1 - 0.999 ** (e + 1))) + 1e-8)
    return p, losses
