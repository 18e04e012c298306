"""Project 5: calculus in deep learning.

A class and ten functions that lead from the chain rule on four numbers to a network that you
train. Each docstring says exactly what its function must do; the handout
projects/5-backpropagation/README.md derives it. Grade your work with `make project-5`.

Everywhere: rows of X are samples, array arguments may be lists or integers, computing is done in
float64, logarithms are natural, losses are means over the rows, and no argument is ever changed.
"""
import numpy as np


def network_scores(X, params):
    """Return the scores of a two-layer network, max(X W1 + b1, 0) W2 + b2. (Solved: read it.)

    X: (n, d), a sample per row; params: dict with W1 (d, h), b1 (h,), W2 (h, k) and b2 (k,).
    Returns an array of shape (n, k): row i holds the scores of sample i for the k classes.
    Raises ValueError if the shapes do not fit together.

    Example: X = [[1, 2]], W1 = [[1, 1], [1, -1]], b1 = [0, 0] give X W1 + b1 = [[3, -1]];
    W2 = [[2, 1], [1, 5]], b2 = [0, 3] then give [[3, 0]] W2 + b2 = [[6, 6]].
    """
    X = np.asarray(X, float)
    W1, b1, W2, b2 = (np.asarray(params[name], float) for name in ("W1", "b1", "W2", "b2"))
    if not X.ndim == W1.ndim == W2.ndim == 2 or b1.shape != W1.shape[1:] or b2.shape != W2.shape[1:]:
        raise ValueError("X, W1 and W2 must be tables, and each column of W1 and W2 needs one bias")
    return np.maximum(X @ W1 + b1, 0) @ W2 + b2


class Value:
    """A number that remembers how it was computed: a node of a computation graph.

    .data: float, the number. .grad: float, 0.0 until `backward` sets it.
    .parents: tuple of the Values it was computed from, the very objects; () for a given number.
    .local_grads: tuple of floats, the derivative of this number by each parent, in that order.

    Supported: a + b, a - b, a * b, a / b for Values a and b, of which one may be a plain number,
    a ** n for a number n, -a, and a.exp(), a.log(), a.tanh(), a.relu() with relu'(0) = 0.
    Each gives a new Value and leaves its operands as they are; no gradient flows yet. An operation
    may be made of others, as a - b of a + (-b); a plain number may become a parent or not: what
    counts is .data and, along all the ways back to an operand, the product of the local gradients.

    Example: for a = Value(3), b = Value(5) the product a * b has data 15.0, parents (a, b) and
    local_grads (5.0, 3.0).
    """

    def __init__(self, data, parents=(), local_grads=()):
        self.data, self.grad = float(data), 0.0
        self.parents, self.local_grads = tuple(parents), tuple(map(float, local_grads))

    def __add__(self, other):
        other = _as_value(other)
        return Value(self.data + other.data, (self, other), (1, 1))

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        other = _as_value(other)
        return Value(self.data - other.data, (self, other), (1, -1))

    def __rsub__(self, other):
        return _as_value(other) - self

    def __mul__(self, other):
        other = _as_value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        other = _as_value(other)
        return Value(self.data / other.data, (self, other), (1 / other.data, -self.data / other.data**2))

    def __rtruediv__(self, other):
        return _as_value(other) / self

    def __pow__(self, n):
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),))

    def __neg__(self):
        return Value(-self.data, (self,), (-1,))

    def exp(self):
        y = np.exp(self.data)
        return Value(y, (self,), (y,))

    def log(self):
        return Value(np.log(self.data), (self,), (1 / self.data,))

    def tanh(self):
        y = np.tanh(self.data)
        return Value(y, (self,), (1 - y**2,))

    def relu(self):
        return Value(max(self.data, 0), (self,), (self.data > 0,))


def _as_value(x):
    return x if isinstance(x, Value) else Value(x)


def backward(root):
    """Set .grad of every node from which root was computed to d root / d node.

    root: a Value, or any object with .parents, .local_grads and .grad. root.grad becomes 1.0.
    What .grad held before does not count, so a second call changes nothing. A node may be used
    many times, along ways of different length; no way is longer than 500 steps. Every node hands
    its gradient on once: the time grows with the number of nodes, not with the number of ways.
    Returns None.

    Example: a = Value(2), b = Value(3), root = (a + b) * (a * b) gives a.grad = 21, b.grad = 16.
    """
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):  # here all users of the node have paid in
        for parent, slope in zip(node.parents, node.local_grads):
            parent.grad += slope * node.grad


def numerical_jacobian(f, x, h=1e-5):
    """Return the Jacobian J_ij = ∂f_i/∂x_j of f at x by central differences.

    Column j is (f(x + h e_j) - f(x - h e_j)) / (2h), where e_j is 1 at place j and 0 elsewhere.
    f: function from arrays of shape (n,) to arrays of shape (m,); x: (n,), integers allowed;
    h: step > 0. Returns a float64 array of shape (m, n): rows are outputs, columns are inputs.
    Raises ValueError if h <= 0.

    Example: f(r, t) = (r cos t, r sin t) at (2, 0) gives [[1, 0], [0, 2]] up to about h².
    """
    if not h > 0:
        raise ValueError(f"the step h must be positive, got {h}")
    x = np.asarray(x, float)
    return np.column_stack([(np.asarray(f(x + e)) - f(x - e)) / (2 * h) for e in h * np.eye(x.size)])


def softmax(Z, axis=-1):
    """Return exp(Z) divided by its sums along an axis: positive numbers that add up to 1.

    Z: array-like of 1 or more dimensions, scores without unit; axis: the dimension that is summed.
    Returns a float64 array of the shape of Z. Never nan or inf for scores from -10000 to 10000,
    also where one row lies far above another.
    Raises ValueError if Z is a single number or has no such axis.

    Example: [log 1, log 2, log 4] gives [1/7, 2/7, 4/7], and so does the same with 1000 added.
    """
    Z = np.asarray(Z, float)
    if Z.ndim == 0:
        raise ValueError("softmax needs at least a vector")
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


def softmax_cross_entropy(logits, y):
    """Return the mean cross-entropy of the softmax of the logits, and its gradient by the logits.

    The loss is -(1/n) Σ_i log p_i,y_i with p_i the softmax of row i: the mean surprise in nats.
    logits: (n, k) scores; y: (n,) integer labels from 0 to k-1.
    Returns (loss, gradient): a float and an array of shape (n, k) with the derivative of the loss
    by each logit. Both exact to 1e-9, and finite for logits from -10000 to 10000.
    Raises ValueError if a label is not in 0..k-1 (-1 is not), the shapes do not fit or n = 0.

    Example: logits = [[log 1, log 2, log 4]], y = [2] gives log(7/4) = 0.5596 and
    [[1/7, 2/7, -3/7]].
    """
    logits, y = np.asarray(logits, float), np.asarray(y)
    if logits.ndim != 2 or y.shape != logits.shape[:1] or y.size == 0:
        raise ValueError(f"each row of logits needs one label: {logits.shape} and {y.shape}")
    if y.min() < 0 or y.max() >= logits.shape[1]:
        raise ValueError(f"labels must lie in 0..{logits.shape[1] - 1}")
    n, y = len(y), y.astype(int)
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p)
    gradient[np.arange(n), y] -= 1
    return float(-log_p[np.arange(n), y].mean()), gradient / n


def linear_backward(dout, X, W):
    """Return the gradients of a loss by X, W and b, where Y = XW + b and dout is that by Y.

    b is a vector that is added to each row of XW. For any loss L that depends on Y:
    dout: (n, k), ∂L/∂Y; X: (n, d), samples; W: (d, k), weights.
    Returns (dX, dW, db) of shapes (n, d), (d, k) and (k,). A mean over the samples is already in
    dout: do not divide by n again.
    Raises ValueError if the shapes do not fit together.

    Example: dout = [[1, 2]], X = [[3, 4]], W = [[5, 6], [7, 8]] gives dX = [[17, 23]],
    dW = [[3, 6], [4, 8]], db = [1, 2].
    """
    dout, X, W = (np.asarray(a, float) for a in (dout, X, W))
    if not dout.ndim == X.ndim == W.ndim == 2 or X.shape != (len(dout), len(W)) or W.shape[1] != dout.shape[1]:
        raise ValueError(f"Y = XW has no gradient of shape {dout.shape}: X is {X.shape}, W is {W.shape}")
    return dout @ W.T, X.T @ dout, dout.sum(axis=0)


def gradient_check(f, grad, x, h=1e-5):
    """Return the largest relative error of a claimed gradient against central differences.

    It is the maximum of |a - n| / max(|a| + |n|, 1e-8) over all entries, where a is an entry of
    grad(x) and n is (f(x + h e) - f(x - h e)) / (2h), with e equal to 1 at that entry, else 0.
    f: function from arrays of the shape of x to a number; grad: function from the same to arrays
    of that shape; x: array-like of any shape, integers allowed; h: step > 0.
    Returns a float: about 0 for a right gradient, 1 for a wrong sign, never nan.
    Raises ValueError if h <= 0.

    Example: f(x) = x0² + x1² at [1, 2] gives 0 for the claim 2x (but for rounding), 1/3 for 4x.
    """
    if not h > 0:
        raise ValueError(f"the step h must be positive, got {h}")
    x = np.asarray(x, float)
    claimed, slopes = np.asarray(grad(x.copy()), float), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return float(np.max(np.abs(claimed - slopes) / np.maximum(np.abs(claimed) + np.abs(slopes), 1e-8)))


def mlp_gradients(X, y, params):
    """Return the loss of a two-layer network and its gradients by all parameters.

    Z1 = X W1 + b1, H = max(Z1, 0), Z2 = H W2 + b2; the loss is the mean cross-entropy of the
    softmax of Z2 (see softmax_cross_entropy). The derivative of max(z, 0) at z = 0 counts as 0.
    X: (n, d), a sample per row; y: (n,) labels from 0 to k-1; params: dict with W1 (d, h),
    b1 (h,), W2 (h, k), b2 (k,).
    Returns (loss, grads): a float and a dict with the keys and shapes of params.
    Raises ValueError if the shapes do not fit together or a label is not in 0..k-1.

    Example: the network of network_scores with y = [0] has the loss log 2, and the gradients
    dW1 = [[-1/2, 0], [-1, 0]], db1 = [-1/2, 0], dW2 = [[-3/2, 3/2], [0, 0]], db2 = [-1/2, 1/2].
    """
    X = np.asarray(X, float)
    loss, dZ2 = softmax_cross_entropy(network_scores(X, params), y)
    Z1 = X @ np.asarray(params["W1"], float) + params["b1"]
    dH, dW2, db2 = linear_backward(dZ2, np.maximum(Z1, 0), params["W2"])
    _, dW1, db1 = linear_backward(dH * (Z1 > 0), X, params["W1"])
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def adam_step(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Return the parameters and the two running means after step number t of Adam.

    m' = β1 m + (1 - β1) grad and v' = β2 v + (1 - β2) grad²; free of the bias of their start at 0
    they are m' / (1 - β1^t) and v' / (1 - β2^t), called m̂ and v̂;
    theta' = theta - lr m̂ / (sqrt(v̂) + eps). All of it entry by entry.
    theta, grad, m, v: array-likes of one shape; t: number of this step, 1 for the first;
    lr: learning rate; beta1, beta2: memory of the means, 0 <= beta < 1; eps: small number > 0.
    Returns (theta', m', v') with m' and v' as they are, not corrected.
    Raises ValueError if t < 1.

    Example: theta = [1], grad = [0.5], m = v = [0], t = 1 gives theta' = [0.999], m' = [0.05],
    v' = [0.00025].
    """
    if t < 1:
        raise ValueError(f"the first step has number 1, got {t}")
    theta, grad, m, v = (np.asarray(a, float) for a in (theta, grad, m, v))
    m, v = beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2
    return theta - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def newton_minimize(grad, hess, x0, n_steps=20):
    """Return the path of Newton's method: path[0] = x0, path[t+1] = path[t] - H⁻¹ g at path[t].

    grad: function from shape (d,) to shape (d,), the gradient g; hess: function from shape (d,) to
    (d, d), the Hessian H; x0: (d,) start, integers allowed; n_steps: number of steps >= 0.
    Returns a float64 array of shape (n_steps + 1, d) that holds every point, the start included.
    Raises ValueError if n_steps < 0 or H is singular (np.linalg.LinAlgError is a ValueError).

    Example: f(x) = x0² + x0 x1 + x1² from [3, 5] with one step gives [[3, 5], [0, 0]].
    """
    if n_steps < 0:
        raise ValueError(f"the number of steps cannot be negative, got {n_steps}")
    path = [np.array(x0, float)]
    for _ in range(n_steps):
        path.append(path[-1] - np.linalg.solve(hess(path[-1]), grad(path[-1])))
    return np.array(path)


def train_mlp(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Train the two-layer network of mlp_gradients from a random start, and return its history.

    X: (n, d) features of size about 1; y: (n,) labels from 0 to K-1; hidden: number of
    hidden units; lr: learning rate; n_epochs: number of passes through the data, >= 0;
    rng: seed, np.random.Generator or None, the only source of chance. Any first-order method.
    Returns (params, losses): the dict W1, b1, W2, b2 after the last epoch, and a list of n_epochs
    floats, where losses[e] is the loss on all of X before the update of epoch e. n_epochs = 0
    gives the random start and []. The same seed gives the same result, another seed another one, and
    a run of fewer epochs is the beginning of a longer one: its params have the loss losses[n_epochs].
    With the default lr and n_epochs, on 100 points in two moons or two circles: losses[0] is
    between 0.2 log K and 5 log K, and for one of the seeds 0 to 4 (a start may be unlucky) at
    least 95 percent are classified right and losses[-1] < losses[0] / 2. On 300 images of digits
    (64 pixels from 0 to 1), with hidden = 16 and n_epochs = 100: at least 90 percent.
    Raises ValueError if X and y have different numbers of rows.

    Example: 100 points in two moons, all defaults: our loss falls from about 0.7 to 0.01.
    """
    rng = np.random.default_rng(rng)
    X, y = np.asarray(X, float), np.asarray(y, int)
    sizes = X.shape[1], hidden, y.max() + 1
    params = {"b1": np.zeros(hidden), "b2": np.zeros(sizes[2])}
    for name, inputs, outputs in (("W1", *sizes[:2]), ("W2", *sizes[1:])):
        params[name] = rng.normal(0, np.sqrt(2 / inputs), size=(inputs, outputs))
    losses = []
    for _ in range(n_epochs):
        loss, grads = mlp_gradients(X, y, params)
        losses.append(loss)
        params = {name: params[name] - lr * np.asarray(grads[name]) for name in params}
    return params, losses
