"""Wrong answers to project 5, each right but for one slip, and what a tutor says: <task>__<slip>."""
import numpy as np


def _require(condition):
    if not condition:
        raise ValueError("bad input")


# --- Value --------------------------------------------------------------------------------------


class _Value:
    """Right in everything; what stands in its place, type(self), makes the new objects."""

    def __init__(self, data, parents=(), local_grads=()):
        self.data, self.grad = float(data), 0.0
        self.parents, self.local_grads = tuple(parents), tuple(float(g) for g in local_grads)

    def _wrap(self, other):
        return other if isinstance(other, type(self)) else type(self)(other)

    def __add__(self, other):
        other = self._wrap(other)
        return type(self)(self.data + other.data, (self, other), (1, 1))

    def __radd__(self, other):
        return self._wrap(other) + self

    def __sub__(self, other):
        other = self._wrap(other)
        return type(self)(self.data - other.data, (self, other), (1, -1))

    def __rsub__(self, other):
        return self._wrap(other) - self

    def __mul__(self, other):
        other = self._wrap(other)
        return type(self)(self.data * other.data, (self, other), (other.data, self.data))

    def __rmul__(self, other):
        return self._wrap(other) * self

    def __truediv__(self, other):
        other = self._wrap(other)
        return type(self)(self.data / other.data, (self, other), (1 / other.data, -self.data / other.data**2))

    def __rtruediv__(self, other):
        return self._wrap(other) / self

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (n * self.data ** (n - 1),))

    def __neg__(self):
        return type(self)(-self.data, (self,), (-1,))

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (np.exp(self.data),))

    def log(self):
        return type(self)(np.log(self.data), (self,), (1 / self.data,))

    def tanh(self):
        return type(self)(np.tanh(self.data), (self,), (1 - np.tanh(self.data) ** 2,))

    def relu(self):
        return type(self)(max(self.data, 0), (self,), (self.data > 0,))


class Value__keeps_its_own_factor(_Value):
    """How fast does a * b change with a? By b: the other factor, not its own."""

    def __mul__(self, other):
        other = self._wrap(other)
        return type(self)(self.data * other.data, (self, other), (self.data, other.data))


class Value__product_of_slopes(_Value):
    """The derivative of a product is not the product of derivatives: the other factor stays."""

    def __mul__(self, other):
        other = self._wrap(other)
        return type(self)(self.data * other.data, (self, other), (1, 1))


class Value__slope_from_the_result(_Value):
    """The result over a factor is the other factor only where you do not divide by 0: take the other factor itself."""

    def __mul__(self, other):
        other = self._wrap(other)
        product = self.data * other.data
        return type(self)(product, (self, other), (product / self.data, product / other.data))


class Value__difference_like_a_sum(_Value):
    """In a - b a larger b makes the result smaller: its slope is -1."""

    def __sub__(self, other):
        other = self._wrap(other)
        return type(self)(self.data - other.data, (self, other), (1, 1))


class Value__quotient_without_the_minus(_Value):
    """A larger denominator makes a quotient smaller: the slope of a / b by b has a minus sign."""

    def __truediv__(self, other):
        other = self._wrap(other)
        return type(self)(self.data / other.data, (self, other), (1 / other.data, self.data / other.data**2))


class Value__denominator_not_squared(_Value):
    """1/b has the derivative -1/b²: in the slope of a / b by b the denominator is squared."""

    def __truediv__(self, other):
        other = self._wrap(other)
        return type(self)(self.data / other.data, (self, other), (1 / other.data, -self.data / other.data))


class Value__difference_turned_round(_Value):
    """Subtraction does not commute: for 2 - v Python calls __rsub__, which must keep the order."""

    def __rsub__(self, other):
        return self - other


class Value__quotient_turned_round(_Value):
    """Division does not commute: for 2 / v Python calls __rtruediv__, which must keep the order."""

    def __rtruediv__(self, other):
        return self / other


class Value__numbers_only_on_the_right(_Value):
    """For 2 + v Python asks int first, then v.__radd__: write the r-methods, too."""

    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = None


class Value__values_only(_Value):
    """A plain number has no .data: make a Value of it before you compute."""

    def _wrap(self, other):
        other.data  # what `other.data` does with a plain number
        return other


class Value__exponent_not_lowered(_Value):
    """The power rule lowers the exponent by one: n x^(n-1), not n x^n."""

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (n * self.data**n,))


class Value__power_without_its_factor(_Value):
    """The power rule brings the exponent down as a factor: x^(n-1) alone lacks it."""

    def __pow__(self, n):
        return type(self)(self.data**n, (self,), (self.data ** (n - 1),))


class Value__minus_has_slope_one(_Value):
    """-a falls where a rises: its local gradient is -1."""

    def __neg__(self):
        return type(self)(-self.data, (self,), (1,))


class Value__exp_by_the_power_rule(_Value):
    """exp is its own derivative; the power rule is for x^n, where x is the base and not the exponent."""

    def exp(self):
        return type(self)(np.exp(self.data), (self,), (self.data * np.exp(self.data - 1),))


class Value__log_of_ten(_Value):
    """log is the natural logarithm here: with base 10 the slope would be 1/(x ln 10)."""

    def log(self):
        return type(self)(np.log10(self.data), (self,), (1 / (self.data * np.log(10)),))


class Value__tanh_by_its_input(_Value):
    """tanh' is 1 - tanh²: the square of the result, not of the input."""

    def tanh(self):
        return type(self)(np.tanh(self.data), (self,), (1 - self.data**2,))


class Value__tanh_not_squared(_Value):
    """tanh' is 1 - tanh²: you forgot the square."""

    def tanh(self):
        return type(self)(np.tanh(self.data), (self,), (1 - np.tanh(self.data),))


class Value__relu_open_at_zero(_Value):
    """At exactly 0 this contract says relu' = 0: only inputs above 0 let a gradient through."""

    def relu(self):
        return type(self)(max(self.data, 0), (self,), (self.data >= 0,))


class Value__relu_passes_its_value(_Value):
    """Above 0 relu is the identity, whose slope is 1: its value is something else."""

    def relu(self):
        return type(self)(max(self.data, 0), (self,), (max(self.data, 0),))


class Value__copies_its_parents(_Value):
    """Your parents are copies: what flows back to a copy never reaches the operand itself."""

    def __init__(self, data, parents=(), local_grads=()):
        super().__init__(data, (type(self)(p.data, p.parents, p.local_grads) for p in parents), local_grads)


class Value__parents_of_the_first_only(_Value):
    """A sum and a product have two parents: without the second one no gradient reaches it."""

    def __init__(self, data, parents=(), local_grads=()):
        super().__init__(data, tuple(parents)[:1], tuple(local_grads)[:1])


class Value__changes_its_operand(_Value):
    """You overwrite an operand: a + b makes a new Value, a and b stay what they are."""

    def __add__(self, other):
        other = self._wrap(other)
        before = type(self)(self.data, self.parents, self.local_grads)
        self.data, self.parents, self.local_grads = self.data + other.data, (before, other), (1.0, 1.0)
        return self


class Value__starts_with_grad_one(_Value):
    """.grad starts at 0: only the root gets 1, and only when backward runs."""

    def __init__(self, data, parents=(), local_grads=()):
        super().__init__(data, parents, local_grads)
        self.grad = 1.0


# --- backward -----------------------------------------------------------------------------------


def _order(root):
    """All nodes that lead to root, parents first, by an explicit stack."""
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack += [(p, False) for p in node.parents]
    return order


def _pay(node):
    for parent, g in zip(node.parents, node.local_grads):
        parent.grad += g * node.grad


def backward__keeps_the_last_payment(root):
    """A node with two users gets two contributions; you keep only the last one: use +=."""
    order = _order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, g in zip(node.parents, node.local_grads):
            parent.grad = g * node.grad


def backward__level_by_level(root):
    """With ways of different length a node is handled before the longer way arrives: breadth-first order is not topological."""
    queue, seen = [root], {id(root)}
    for node in queue:
        for parent in node.parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                queue.append(parent)
    for node in queue:
        node.grad = 0.0
    root.grad = 1.0
    for node in queue:
        _pay(node)


def backward__adds_to_old_gradients(root):
    """Old gradients of a former call are still there: set all nodes of the graph to 0 first."""
    root.grad = 1.0
    for node in reversed(_order(root)):
        _pay(node)


def backward__pays_out_twice(root):
    """A node that is visited twice hands on what it handed on before: wait until all its users have paid, then go once."""
    for node in _order(root):
        node.grad = 0.0
    root.grad, stack = 1.0, [root]
    for _ in range(20000):  # what plain recursion does, cut off where it would not end
        if not stack:
            break
        node = stack.pop()
        _pay(node)
        stack += node.parents


def backward__pays_on_the_first_visit(root):
    """You follow the first way down at once: a node must wait until all its users have paid in."""
    for node in _order(root):
        node.grad = 0.0
    root.grad, stack, seen = 1.0, [root], set()
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            _pay(node)
            stack += reversed(node.parents)


def backward__forgets_what_came_in(root):
    """The local gradient is only one factor: multiply it by the gradient that the node has received."""
    order = _order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, g in zip(node.parents, node.local_grads):
            parent.grad += g


def backward__adds_instead_of_multiplying(root):
    """Along a way the slopes are multiplied, different ways are added: you add along the way, too."""
    order = _order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for parent, g in zip(node.parents, node.local_grads):
            parent.grad += g + node.grad


def backward__root_stays_zero(root):
    """Nothing flows: the root changes with itself at the rate 1, so root.grad = 1 starts it all."""
    order = _order(root)
    for node in order:
        node.grad = 0.0
    for node in reversed(order):
        _pay(node)


def backward__from_the_leaves(root):
    """Only the parents of the root get something: walk from the root to the leaves, every node after all its users."""
    order = _order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in order:
        _pay(node)


def backward__follows_every_way(root):
    """A billion ways lead through 30 diamonds: visit each node once, when all its users have paid in."""
    for node in _order(root):
        node.grad = 0.0
    root.grad, stack = 1.0, [(root, 1.0)]
    while stack:
        node, flow = stack.pop()
        for parent, g in zip(node.parents, node.local_grads):
            parent.grad += g * flow
            stack.append((parent, g * flow))


# --- numerical_jacobian -------------------------------------------------------------------------


def _columns(f, x, h, column):
    """column(x, e) for every coordinate step e of length h, side by side."""
    _require(h > 0)
    x = np.asarray(x, float)
    return np.column_stack([column(x, e) for e in h * np.eye(x.size)])


def numerical_jacobian__inputs_as_rows(f, x, h=1e-5):
    """Rows belong to outputs, columns to inputs: you have them the other way round."""
    return _columns(f, x, h, lambda x, e: (f(x + e) - f(x - e)) / (2 * h)).T


def numerical_jacobian__square(f, x, h=1e-5):
    """The number of outputs can differ from the number of inputs: J is m by n, not n by n."""
    _require(h > 0)
    x = np.asarray(x, float)
    J = np.zeros((x.size, x.size))
    for j in range(x.size):
        e = np.zeros(x.size)
        e[j] = h
        J[:, j] = (f(x + e) - f(x - e)) / (2 * h)
    return J


def numerical_jacobian__integer_steps(f, x, h=1e-5):
    """np.zeros_like of an integer x is one too, so its h becomes 0 and J is all zeros: make x float."""
    _require(h > 0)
    x = np.asarray(x)
    columns = []
    for j in range(x.size):
        e = np.zeros_like(x)
        e[j] = h
        columns.append((f(x + e) - f(x - e)) / (2 * h))
    return np.column_stack(columns).astype(float)


def numerical_jacobian__leans_to_one_side(f, x, h=1e-5):
    """Your quotient leans to one side: its error shrinks like h, the symmetric one like h²."""
    return _columns(f, x, h, lambda x, e: (f(x + e) - f(x)) / h)


def numerical_jacobian__ignores_h(f, x, h=1e-5):
    """You always step by 1e-5: use the h you are given."""
    _require(h > 0)
    return _columns(f, x, 1e-5, lambda x, e: (f(x + e) - f(x - e)) / 2e-5)


def numerical_jacobian__divides_by_h(f, x, h=1e-5):
    """From x - h to x + h it is two steps: divide by 2h."""
    return _columns(f, x, h, lambda x, e: (f(x + e) - f(x - e)) / h)


def numerical_jacobian__moves_all_inputs(f, x, h=1e-5):
    """You move all inputs at once: column j is learnt by moving x_j alone."""
    return _columns(f, x, h, lambda x, e: (f(x + h) - f(x - h)) / (2 * h))


def numerical_jacobian__adds_up_the_outputs(f, x, h=1e-5):
    """You add up the outputs and get one gradient: J has a row for each output."""
    _require(h > 0)
    x = np.asarray(x, float)
    return np.array([[np.sum(f(x + e) - f(x - e)) / (2 * h) for e in h * np.eye(x.size)]])


def numerical_jacobian__leaves_x_moved(f, x, h=1e-5):
    """You move the entries of x itself, and the caller's x with them: step on a copy."""
    _require(h > 0)
    x = x if isinstance(x, np.ndarray) and x.dtype == float else np.array(x, float)
    columns = []
    for j in range(x.size):
        x[j] += h
        up = f(x)
        x[j] -= 2 * h
        columns.append((up - f(x)) / (2 * h))
    return np.column_stack(columns)


def numerical_jacobian__accepts_any_h(f, x, h=1e-5):
    """h = 0 divides by zero and h < 0 makes no sense: raise a ValueError for both."""
    x = np.asarray(x, float)
    return np.column_stack([(f(x + e) - f(x - e)) / (2 * h) for e in h * np.eye(x.size)])


# --- softmax ------------------------------------------------------------------------------------


def _scores(Z, axis):
    Z = np.asarray(Z, float)
    _require(Z.ndim and -Z.ndim <= axis < Z.ndim)
    return Z


def _shares(Z, axis=-1):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


def softmax__overflows(Z, axis=-1):
    """exp(1000) is inf, and inf/inf is nan: shift the scores so that the largest is 0."""
    E = np.exp(_scores(Z, axis))
    return E / E.sum(axis=axis, keepdims=True)


def softmax__unsigned_scores(Z, axis=-1):
    """Small unsigned integers know nothing below 0: 1 - 2 is 255 in uint8. Convert to float64 first."""
    _scores(Z, axis)
    Z = np.asarray(Z)
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


def softmax__sums_without_keepdims(Z, axis=-1):
    """The sums form a flat vector, which numpy lines up with the columns; for a square table it does not even complain."""
    Z = _scores(Z, axis)
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis)


def softmax__always_the_last_axis(Z, axis=-1):
    """The argument axis is ignored: you always sum along the last one."""
    return _shares(_scores(Z, axis))


def softmax__always_axis_one(Z, axis=-1):
    """You sum along axis 1 whatever the shape: a vector has no axis 1, a tensor has more."""
    _require(_scores(Z, axis).ndim)
    return _shares(np.asarray(Z, float), axis=1)


def softmax__one_maximum_for_all(Z, axis=-1):
    """One maximum for the whole table leaves a low row with exp(-9000) = 0 everywhere: subtract that of each row."""
    Z = _scores(Z, axis)
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=axis, keepdims=True)


def softmax__one_sum_for_all(Z, axis=-1):
    """You divide by the sum of the whole table: each row must add up to 1 by itself."""
    Z = _scores(Z, axis)
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum()


def softmax__shares_of_the_scores(Z, axis=-1):
    """You divide the scores themselves: their exponentials are positive and can be shares, the scores cannot."""
    Z = _scores(Z, axis)
    return Z / Z.sum(axis=axis, keepdims=True)


def softmax__turned_round(Z, axis=-1):
    """A higher score must give a higher probability: you exponentiate -z."""
    return _shares(-_scores(Z, axis), axis)


def softmax__logarithms(Z, axis=-1):
    """You return the logarithms of the probabilities: take exp of them."""
    Z = _scores(Z, axis)
    Z = Z - Z.max(axis=axis, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=axis, keepdims=True))


def softmax__each_score_alone(Z, axis=-1):
    """1/(1 + exp(-z)) judges each score alone: here they compete, and the shares of a row add up to 1."""
    return np.exp(-np.logaddexp(0, -_scores(Z, axis)))


def softmax__changes_Z(Z, axis=-1):
    """You subtract in place and change the caller's scores: write Z = Z - ..., not Z -= ..."""
    Z = _scores(Z, axis)
    Z -= Z.max(axis=axis, keepdims=True)
    return _shares(Z, axis)


def softmax__accepts_a_number(Z, axis=-1):
    """A single number has no axis to sum along: raise a ValueError for it."""
    Z = np.asarray(Z, float)
    return _shares(Z, axis)


# --- softmax_cross_entropy ----------------------------------------------------------------------


def _samples(logits, y):
    logits, y = np.asarray(logits, float), np.asarray(y)
    _require(logits.ndim == 2 and y.shape == (len(logits),) and y.size)
    _require(y.min() >= 0 and y.max() < logits.shape[1])
    return logits, y.astype(int), np.arange(len(y))


def _log_shares(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def _surprise(logits, y):
    """The right loss and gradient."""
    logits, y, rows = _samples(logits, y)
    L = _log_shares(logits)
    G = np.exp(L)
    G[rows, y] -= 1
    return float(-L[rows, y].mean()), G / len(y)


def softmax_cross_entropy__log_of_zero(logits, y):
    """Once a probability underflows to 0 its log is -inf: compute the log of the softmax directly."""
    _, G = _surprise(logits, y)
    logits, y, rows = _samples(logits, y)
    return float(-np.log(_shares(logits)[rows, y]).mean()), G


def softmax_cross_entropy__clips_the_probabilities(logits, y):
    """A probability clipped at 1e-12 caps the loss at 27.6, where it should be 1000: compute the log of the softmax directly."""
    _, G = _surprise(logits, y)
    logits, y, rows = _samples(logits, y)
    return float(-np.log(np.clip(_shares(logits)[rows, y], 1e-12, 1)).mean()), G


def softmax_cross_entropy__overflows(logits, y):
    """exp of a large logit is inf: subtract each row's maximum before you exponentiate."""
    logits, y, rows = _samples(logits, y)
    E = np.exp(logits)
    P = E / E.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(E.sum(axis=1)) - logits[rows, y])
    P[rows, y] -= 1
    return float(loss), P / len(y)


def softmax_cross_entropy__sums(logits, y):
    """Loss and gradient grow with the batch: divide both by n."""
    loss, G = _surprise(logits, y)
    return loss * len(G), G * len(G)


def softmax_cross_entropy__gradient_of_the_sum(logits, y):
    """The loss is a mean over n samples, so its gradient has the same 1/n: yours lacks it."""
    loss, G = _surprise(logits, y)
    return loss, G * len(G)


def softmax_cross_entropy__by_the_probabilities(logits, y):
    """-Y/P is the derivative by the probabilities; the chain rule through softmax turns it into P - Y."""
    loss, _ = _surprise(logits, y)
    logits, y, rows = _samples(logits, y)
    P = _shares(logits)
    G = np.zeros(P.shape)
    G[rows, y] = -1 / P[rows, y] / len(y)
    return loss, G


def softmax_cross_entropy__uphill(logits, y):
    """Your gradient is Y - P, which points downhill: a gradient points up, P - Y."""
    loss, G = _surprise(logits, y)
    return loss, -G


def softmax_cross_entropy__probabilities_as_gradient(logits, y):
    """You return P / n: the true score enters the loss with a minus, so 1 goes off at the true class."""
    loss, _ = _surprise(logits, y)
    return loss, _shares(np.asarray(logits, float)) / len(y)


def softmax_cross_entropy__all_rows_of_a_label(logits, y):
    """G[:, y] takes whole columns: G[np.arange(n), y] takes one entry in each row."""
    loss, _ = _surprise(logits, y)
    logits, y, _ = _samples(logits, y)
    G = _shares(logits)
    G[:, y] -= 1
    return loss, G / len(y)


def softmax_cross_entropy__sign_of_the_loss(logits, y):
    """Your loss is negative: a surprise is minus the logarithm of a probability."""
    loss, G = _surprise(logits, y)
    return -loss, G


def softmax_cross_entropy__bits(logits, y):
    """You measure in bits: logarithms are natural here, so the loss of k equal scores is log k."""
    loss, G = _surprise(logits, y)
    return loss / np.log(2), G


def softmax_cross_entropy__each_class_alone(logits, y):
    """You add log(1 - p) of the wrong classes: with one label per sample the true class says it all."""
    _, G = _surprise(logits, y)
    logits, y, rows = _samples(logits, y)
    P = _shares(logits)
    truth = np.eye(P.shape[1])[y]
    return float(-np.mean(np.sum(np.log(np.where(truth == 1, P, 1 - P)), axis=1))), G


def softmax_cross_entropy__accepts_any_label(logits, y):
    """numpy reads -1 as the last column: labels outside 0..k-1 must be refused with a ValueError."""
    logits, y = np.asarray(logits, float), np.asarray(y, int)
    _require(y.shape == (len(logits),) and y.size)
    k = logits.shape[1]
    return _surprise(logits, np.where((y < 0) & (y >= -k), y + k, y))


def softmax_cross_entropy__a_pass_for_each_logit(logits, y):
    """You go through the whole table once for every logit. One formula gives all slopes: softmax minus 1 at the label."""
    logits, y, rows = _samples(logits, y)
    P, gradient = np.exp(_log_shares(logits)), np.zeros(logits.shape)
    for i in np.ndindex(logits.shape):
        nudge = np.zeros(logits.shape)
        nudge[i] = 1
        gradient[i] = np.sum(P * nudge) - np.sum(nudge[rows, y])
    return _surprise(logits, y)[0], gradient / len(y)


def softmax_cross_entropy__changes_the_logits(logits, y):
    """You shift the logits in place, and the caller's array with them: work on a copy."""
    logits, y, _ = _samples(logits, y)
    logits -= logits.max(axis=1, keepdims=True)
    return _surprise(logits, y)


# --- linear_backward ----------------------------------------------------------------------------


def _layer(dout, X, W):
    G, X, W = (np.asarray(a, float) for a in (dout, X, W))
    _require(G.ndim == X.ndim == W.ndim == 2 and X.shape == (len(G), len(W)) and W.shape[1] == G.shape[1])
    return G, X, W


def linear_backward__forward_again(dout, X, W):
    """Going back you must undo the direction: multiply by W transposed."""
    G, X, W = _layer(dout, X, W)
    return G @ W, X.T @ G, G.sum(axis=0)


def linear_backward__layers_that_do_not_meet(dout, X, W):
    """Each product fits for itself, and yet X does not belong to W: its columns are the rows of W. Compare the shapes first."""
    G, X, W = (np.asarray(a, float) for a in (dout, X, W))
    return G @ W.T, X.T @ G, G.sum(axis=0)


def linear_backward__factors_swapped(dout, X, W):
    """Your dW is the transpose of what it should be: rows of W belong to the columns of X."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, G.T @ X, G.sum(axis=0)


def linear_backward__X_not_transposed(dout, X, W):
    """dW sums over the samples, so they must be the inner dimension: transpose X."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, X @ G, G.sum(axis=0)


def linear_backward__mean_for_the_bias(dout, X, W):
    """The 1/n is already inside dout: add the rows for db, do not average again."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, X.T @ G, G.mean(axis=0)


def linear_backward__divides_again(dout, X, W):
    """The 1/n is already inside dout: do not divide dW and db by n once more."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, X.T @ G / len(X), G.sum(axis=0) / len(X)


def linear_backward__sums_over_the_outputs(dout, X, W):
    """axis=1 adds up the outputs of one sample; the bias needs the sum over samples, axis=0."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, X.T @ G, G.sum(axis=1)


def linear_backward__bias_as_a_row(dout, X, W):
    """b is flat, of shape (k,), and so is its gradient: leave keepdims out."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, X.T @ G, G.sum(axis=0, keepdims=True)


def linear_backward__bias_of_each_row(dout, X, W):
    """b was added to every row, so its gradient collects all rows: sum dout over the samples."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, X.T @ G, G


def linear_backward__bias_of_ones(dout, X, W):
    """The derivative of Y by b is 1, but the chain rule multiplies it by dout: sum that, not ones."""
    G, X, W = _layer(dout, X, W)
    return G @ W.T, X.T @ G, np.full(G.shape[1], float(len(G)))


def linear_backward__other_order(dout, X, W):
    """You return (dW, dX, db): the order asked for is (dX, dW, db)."""
    G, X, W = _layer(dout, X, W)
    return X.T @ G, G @ W.T, G.sum(axis=0)


def linear_backward__a_pass_for_each_weight(dout, X, W):
    """You go through the layer once for every weight. The chain rule gives dW for all of them in one product."""
    G, X, W = _layer(dout, X, W)
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        nudge = np.zeros(W.shape)
        nudge[i] = 1
        dW[i] = np.sum(G * (X @ nudge))
    return G @ W.T, dW, G.sum(axis=0)


def linear_backward__broadcasts(dout, X, W):
    """numpy broadcasts one row of dout over all samples: compare the shapes and raise a ValueError."""
    G, X, W = (np.asarray(a, float) for a in (dout, X, W))
    _require(X.ndim == W.ndim == 2 and X.shape[1] == len(W))
    G = np.broadcast_to(G, (len(X), W.shape[1]))
    return G @ W.T, X.T @ G, G.sum(axis=0)


# --- gradient_check -----------------------------------------------------------------------------


def _claim_and_slopes(f, grad, x, h):
    _require(h > 0)
    x = np.asarray(x, float)
    return np.asarray(grad(x.copy()), float), _measured(f, x, h)


def _measured(f, x, h):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        slopes[i] = (f(x + e) - f(x - e)) / (2 * h)
    return slopes


def gradient_check__absolute(f, grad, x, h=1e-5):
    """For tiny slopes any nonsense has a small absolute error: divide by the size of both."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.max(np.abs(a - n)))


def gradient_check__ratio_of_norms(f, grad, x, h=1e-5):
    """A norm is ruled by the large entries, a small wrong one is invisible: compare entry by entry."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.linalg.norm(a - n) / max(np.linalg.norm(a) + np.linalg.norm(n), 1e-8))


def gradient_check__signed(f, grad, x, h=1e-5):
    """A claim that is too small gives a negative error, which max overlooks: take the absolute value first."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.max((a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-8)))


def gradient_check__mean(f, grad, x, h=1e-5):
    """Among many right entries a wrong one drowns in the mean: report the largest error."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.mean(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-8)))


def gradient_check__relative_to_the_slope(f, grad, x, h=1e-5):
    """You divide by |n| alone: divide by |a| + |n|, so that no claim counts more than 1."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.max(np.abs(a - n) / np.maximum(np.abs(n), 1e-8)))


def gradient_check__relative_to_the_larger(f, grad, x, h=1e-5):
    """You divide by the larger of the two: the sum of both sizes is asked for."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.max(np.abs(a - n) / np.maximum(np.maximum(np.abs(a), np.abs(n)), 1e-8)))


def gradient_check__floor_of_one(f, grad, x, h=1e-5):
    """A floor of 1 turns small slopes into an absolute comparison: the floor is 1e-8."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.max(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1)))


def gradient_check__no_floor(f, grad, x, h=1e-5):
    """Where both slopes are 0 you compute 0/0 = nan: keep the denominator at 1e-8 or above."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.max(np.abs(a - n) / (np.abs(a) + np.abs(n))))


def gradient_check__floor_added(f, grad, x, h=1e-5):
    """You add 1e-8 to the denominator; it is a floor, the larger of the two counts."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return float(np.max(np.abs(a - n) / (np.abs(a) + np.abs(n) + 1e-8)))


def gradient_check__one_side(f, grad, x, h=1e-5):
    """A one-sided difference errs by h, and you blame it on the gradient: look on both sides of x."""
    _require(h > 0)
    x = np.asarray(x, float)
    a, n = np.asarray(grad(x.copy()), float), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (f(x + e) - f(x)) / h
    return float(np.max(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-8)))


def gradient_check__ignores_h(f, grad, x, h=1e-5):
    """You always step by 1e-5: use the h you are given."""
    _require(h > 0)
    a, n = _claim_and_slopes(f, grad, x, 1e-5)
    return float(np.max(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-8)))


def gradient_check__verdict(f, grad, x, h=1e-5):
    """You return a verdict: the number itself is asked for, it says how wrong."""
    a, n = _claim_and_slopes(f, grad, x, h)
    return bool(np.max(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-8)) < 1e-6)


# --- mlp_gradients ------------------------------------------------------------------------------


def _parameters(X, params):
    X = np.asarray(X, float)
    W1, b1, W2, b2 = (np.asarray(params[name], float) for name in ("W1", "b1", "W2", "b2"))
    _require(X.ndim == W1.ndim == W2.ndim == 2 and X.shape[1] == len(W1) and W1.shape[1] == len(W2))
    _require(b1.shape == W1.shape[1:] and b2.shape == W2.shape[1:])
    return X, W1, b1, W2, b2


def _forward(X, y, params):
    """Everything that the way back needs: X, W2, Z1, H, the loss and its gradient by Z2."""
    X, W1, b1, W2, b2 = _parameters(X, params)
    Z1 = X @ W1 + b1
    H = np.maximum(Z1, 0)
    return (X, W2, Z1, H, *_surprise(H @ W2 + b2, y))


def _gradients(X, H, dZ1, dZ2):
    return {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": H.T @ dZ2, "b2": dZ2.sum(axis=0)}


def _without_relu(X, y, params):
    X, W1, b1, W2, b2 = _parameters(X, params)
    H = X @ W1 + b1
    loss, dZ2 = _surprise(H @ W2 + b2, y)
    return loss, _gradients(X, H, dZ2 @ W2.T, dZ2)


def mlp_gradients__forgets_the_mask(X, y, params):
    """Switched-off units still receive a gradient: the derivative of relu, 0 or 1, is missing."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, _gradients(X, H, dZ2 @ W2.T, dZ2)


def mlp_gradients__counts_labels_from_the_end(X, y, params):
    """For numpy the label -1 is the last class: refuse labels below 0 before you use them as an index."""
    y, k = np.asarray(y), len(params["b2"])
    X, W2, Z1, H, loss, dZ2 = _forward(X, np.where((-k <= y) & (y < 0), y + k, y), params)
    return loss, _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2)


def mlp_gradients__masks_the_gradient(X, y, params):
    """The mask belongs to the forward value Z1, not to the sign of the gradient that comes back."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    dH = dZ2 @ W2.T
    return loss, _gradients(X, H, dH * (dH > 0), dZ2)


def mlp_gradients__relu_as_a_factor(X, y, params):
    """You multiply by H = relu(Z1) itself: its derivative is 1 where Z1 > 0, not Z1."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, _gradients(X, H, dZ2 @ W2.T * H, dZ2)


def mlp_gradients__W2_met_Z1(X, y, params):
    """W2 was multiplied by H = relu(Z1), so its gradient contains H, not Z1."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, _gradients(X, Z1, dZ2 @ W2.T * (Z1 > 0), dZ2)


def mlp_gradients__open_at_zero(X, y, params):
    """At exactly 0 this contract says relu' = 0: the mask is Z1 > 0, not Z1 >= 0."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, _gradients(X, H, dZ2 @ W2.T * (Z1 >= 0), dZ2)


def mlp_gradients__W2_not_transposed(X, y, params):
    """Going back through the second layer takes W2 transposed; in a square network no shape tells you."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, _gradients(X, H, dZ2 @ W2 * (Z1 > 0), dZ2)


def mlp_gradients__gradient_of_the_sum(X, y, params):
    """The loss is a mean, so 1/n belongs into its gradients: yours grow with the batch."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    dZ2 = dZ2 * len(X)
    return loss, _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2)


def mlp_gradients__divides_twice(X, y, params):
    """The 1/n is already in the gradient by Z2: do not divide the others by n again."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, {name: g / len(X) for name, g in _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2).items()}


def mlp_gradients__bias_past_the_mask(X, y, params):
    """b1 sits before the relu: its gradient passes the mask, too."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    dH = dZ2 @ W2.T
    return loss, {**_gradients(X, H, dH * (Z1 > 0), dZ2), "b1": dH.sum(axis=0)}


def mlp_gradients__skips_the_second_layer(X, y, params):
    """From Z2 to H the gradient goes through W2: you stopped using it for the first layer (only its sums are left)."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    dZ1 = np.repeat(dZ2.sum(axis=1, keepdims=True), H.shape[1], axis=1) * (Z1 > 0)
    return loss, _gradients(X, H, dZ1, dZ2)


def mlp_gradients__no_biases(X, y, params):
    """Your forward pass leaves the biases out: Z1 = X W1 + b1 and Z2 = H W2 + b2."""
    params = {**params, "b1": np.zeros(np.shape(params["b1"])), "b2": np.zeros(np.shape(params["b2"]))}
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2)


def mlp_gradients__no_relu(X, y, params):
    """There is no relu in your network: two linear layers are one linear layer."""
    return _without_relu(X, y, params)


def mlp_gradients__relu_at_the_output(X, y, params):
    """The scores Z2 pass no relu: only the hidden layer has one."""
    X, W1, b1, W2, b2 = _parameters(X, params)
    Z1 = X @ W1 + b1
    H = np.maximum(Z1, 0)
    Z2 = H @ W2 + b2
    loss, dZ2 = _surprise(np.maximum(Z2, 0), y)
    dZ2 = dZ2 * (Z2 > 0)
    return loss, _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2)


def mlp_gradients__downhill(X, y, params):
    """You return the direction downhill: the gradients themselves have the opposite sign."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, {name: -g for name, g in _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2).items()}


def mlp_gradients__a_pass_for_each_weight(X, y, params):
    """You go through the network once for every weight. Going backwards once gives the slopes by all of them."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    grads = _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2)
    for i in np.ndindex(grads["W1"].shape):
        nudge = np.zeros(grads["W1"].shape)
        nudge[i] = 1
        grads["W1"][i] = np.sum(dZ2 * ((X @ nudge * (Z1 > 0)) @ W2))
    return loss, grads


def mlp_gradients__steps_in_place(X, y, params):
    """You take a step on params: the gradients are asked for, the parameters stay as they are."""
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    grads = _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2)
    for name in grads:
        if isinstance(params[name], np.ndarray) and params[name].dtype == float:
            params[name] -= 0.1 * grads[name]
    return loss, grads


# --- adam_step ----------------------------------------------------------------------------------


def _means(theta, grad, m, v, t, beta1, beta2):
    _require(t >= 1)
    theta, grad, m, v = (np.asarray(a, float) for a in (theta, grad, m, v))
    return theta, beta1 * m + (1 - beta1) * grad, beta2 * v + (1 - beta2) * grad**2


def adam_step__no_correction(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The first step is three times too long: m starts at 10 percent, sqrt(v) at 3 percent of its true size."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * m / (np.sqrt(v) + eps), m, v


def adam_step__counts_from_zero(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """In this contract the first step has t = 1: with t + 1 the correction is too weak."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    t = t + 1
    return theta - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def adam_step__corrects_once(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """v starts at 0 as m does: both need their correction, each with its own beta."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * m / (1 - beta1**t) / (np.sqrt(v) + eps), m, v


def adam_step__same_power(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """You correct with 1 - beta in every step: after t steps it is 1 - beta^t."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * m / (1 - beta1) / (np.sqrt(v / (1 - beta2)) + eps), m, v


def adam_step__no_root(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The step would have the unit of 1/gradient: take the square root of v."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * m / (1 - beta1**t) / (v / (1 - beta2**t) + eps), m, v


def adam_step__eps_under_the_root(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """eps under the root acts like 1e-4 outside of it: add it to the root."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t) + eps), m, v


def adam_step__eps_before_the_correction(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """You add eps to the uncorrected root: correct v first, then take the root, then add eps."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * np.sqrt(1 - beta2**t) / (1 - beta1**t) * m / (np.sqrt(v) + eps), m, v


def adam_step__no_eps(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Where a gradient has always been 0 you compute 0/0: eps keeps the denominator away from 0."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t)), m, v


def adam_step__returns_the_corrected(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """You return the corrected means: the next step would correct them again. Return m' and v' as they are."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    m, v = m / (1 - beta1**t), v / (1 - beta2**t)
    return theta - lr * m / (np.sqrt(v) + eps), m, v


def adam_step__betas_swapped(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """beta1 belongs to the mean of the gradients, beta2 to that of their squares: you swapped them."""
    theta, m, v = _means(theta, grad, m, v, t, beta2, beta1)
    return theta - lr * m / (1 - beta2**t) / (np.sqrt(v / (1 - beta1**t)) + eps), m, v


def adam_step__weights_swapped(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The old mean keeps the large share beta, the new gradient gets 1 - beta: you swapped the shares."""
    _require(t >= 1)
    theta, grad, m, v = (np.asarray(a, float) for a in (theta, grad, m, v))
    m, v = (1 - beta1) * m + beta1 * grad, (1 - beta2) * v + beta2 * grad**2
    return theta - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def adam_step__squares_the_mean(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """v is the mean of the squared gradients: you square the mean m instead."""
    _require(t >= 1)
    theta, grad, m, v = (np.asarray(a, float) for a in (theta, grad, m, v))
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * m**2
    return theta - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def adam_step__steps_by_the_gradient(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """You step along the newest gradient: Adam steps along the running mean m."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta - lr * np.asarray(grad, float) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def adam_step__uphill(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """You climb: subtract the step."""
    theta, m, v = _means(theta, grad, m, v, t, beta1, beta2)
    return theta + lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def adam_step__ignores_the_settings(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """You compute with the usual 0.001, 0.9, 0.999: use the settings you are given."""
    theta, m, v = _means(theta, grad, m, v, t, 0.9, 0.999)
    return theta - 0.001 * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + eps), m, v


def adam_step__changes_the_state(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """m *= beta1 changes the caller's array: write m = beta1 * m + ..., which makes a new one."""
    _require(t >= 1)
    theta, grad, m, v = (np.asarray(a, float) for a in (theta, grad, m, v))
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad**2
    return theta - lr * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


def adam_step__accepts_step_zero(theta, grad, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """At t = 0 the correction divides by 1 - beta^0 = 0: raise a ValueError for t < 1."""
    theta, m, v = _means(theta, grad, m, v, max(t, 1), beta1, beta2)
    return theta - lr * m / np.float64(1 - beta1**t) / (np.sqrt(v / np.float64(1 - beta2**t)) + eps), m, v


# --- newton_minimize ----------------------------------------------------------------------------


def _walk(x0, n_steps, step):
    _require(n_steps >= 0)
    path = [np.array(x0, float)]
    for _ in range(n_steps):
        path.append(path[-1] + step(path[-1]))
    return np.array(path)


def _newton_step(grad, hess):
    return lambda x: -np.linalg.solve(hess(x), grad(x))


def newton_minimize__divides_by_the_diagonal(grad, hess, x0, n_steps=20):
    """Off-diagonal curvature couples the coordinates: solve the whole system H d = g."""

    def step(x):
        H = hess(x)
        np.linalg.solve(H, grad(x))  # a singular Hessian is refused
        return -grad(x) / np.diag(H)

    return _walk(x0, n_steps, step)


def newton_minimize__bowls_only(grad, hess, x0, n_steps=20):
    """Cholesky refuses a Hessian that is not positive definite, though its system has a solution: use np.linalg.solve."""

    def step(x):
        L = np.linalg.cholesky(hess(x))
        return -np.linalg.solve(L.T, np.linalg.solve(L, grad(x)))

    return _walk(x0, n_steps, step)


def newton_minimize__multiplies(grad, hess, x0, n_steps=20):
    """You multiply by the Hessian; Newton divides by it."""

    def step(x):
        np.linalg.solve(hess(x), grad(x))
        return -hess(x) @ grad(x)

    return _walk(x0, n_steps, step)


def newton_minimize__uphill(grad, hess, x0, n_steps=20):
    """The step is -H⁻¹ g: you walk the other way."""
    return _walk(x0, n_steps, lambda x: -_newton_step(grad, hess)(x))


def newton_minimize__transposed_hessian(grad, hess, x0, n_steps=20):
    """You solve with the transpose of what hess returns: use the matrix as it is."""
    return _walk(x0, n_steps, lambda x: -np.linalg.solve(hess(x).T, grad(x)))


def newton_minimize__frozen_hessian(grad, hess, x0, n_steps=20):
    """The curvature changes along the way: compute the Hessian anew at every point."""
    H = hess(np.array(x0, float))
    return _walk(x0, n_steps, lambda x: -np.linalg.solve(H, grad(x)))


def newton_minimize__frozen_gradient(grad, hess, x0, n_steps=20):
    """The gradient changes with every step: compute it anew at every point."""
    g = grad(np.array(x0, float))
    return _walk(x0, n_steps, lambda x: -np.linalg.solve(hess(x), g))


def newton_minimize__end_only(grad, hess, x0, n_steps=20):
    """The whole path is asked for, with the start as its first row: you return the end."""
    return _walk(x0, n_steps, _newton_step(grad, hess))[-1]


def newton_minimize__without_the_start(grad, hess, x0, n_steps=20):
    """The path begins with x0 and has n_steps + 1 rows: the start is missing."""
    return _walk(x0, n_steps, _newton_step(grad, hess))[1:]


def newton_minimize__without_the_end(grad, hess, x0, n_steps=20):
    """The path has n_steps + 1 rows, the start and one for every step: the last one is missing."""
    return _walk(x0, n_steps, _newton_step(grad, hess))[:-1]


def newton_minimize__one_array(grad, hess, x0, n_steps=20):
    """All rows are the last point: an array that is changed in place and stored again is still one array."""
    path = _walk(x0, n_steps, _newton_step(grad, hess))
    return np.tile(path[-1], (len(path), 1))


def newton_minimize__plain_descent(grad, hess, x0, n_steps=20):
    """That is a step against the gradient: Newton also divides by the curvature, H d = g."""

    def step(x):
        np.linalg.solve(hess(x), grad(x))
        return -grad(x)

    return _walk(x0, n_steps, step)


def newton_minimize__integers(grad, hess, x0, n_steps=20):
    """Your path is stored as integers, because x0 is one: make the start float."""
    _require(n_steps >= 0)
    path = np.zeros((n_steps + 1, len(x0)), dtype=np.asarray(x0).dtype)
    path[0] = x0
    for t in range(n_steps):
        path[t + 1] = path[t] - np.linalg.solve(hess(path[t]), grad(path[t]))
    return path


def newton_minimize__moves_the_start(grad, hess, x0, n_steps=20):
    """x -= ... moves the caller's x0, too: begin with a copy."""
    _require(n_steps >= 0)
    x = x0 if isinstance(x0, np.ndarray) and x0.dtype == float else np.array(x0, float)
    path = [x.copy()]
    for _ in range(n_steps):
        x -= np.linalg.solve(hess(x), grad(x))
        path.append(x.copy())
    return np.array(path)


def newton_minimize__answers_without_an_answer(grad, hess, x0, n_steps=20):
    """A singular Hessian has no single step: least squares hides that, a ValueError says it."""
    return _walk(x0, n_steps, lambda x: -np.linalg.lstsq(hess(x), grad(x), rcond=None)[0])


def newton_minimize__accepts_negative_steps(grad, hess, x0, n_steps=20):
    """range(-1) is silently empty: raise a ValueError for n_steps < 0."""
    return _walk(x0, max(n_steps, 0), _newton_step(grad, hess))


# --- train_mlp ----------------------------------------------------------------------------------


def _start(X, y, hidden, rng):
    rng = np.random.default_rng(rng)
    X, y = np.asarray(X, float), np.asarray(y, int)
    _require(len(X) == len(y))
    d, k = X.shape[1], y.max() + 1
    params = {"W1": rng.normal(size=(d, hidden)) * np.sqrt(2 / d), "b1": np.zeros(hidden),
              "W2": rng.normal(size=(hidden, k)) * np.sqrt(2 / hidden), "b2": np.zeros(k)}
    return X, y, params


def _loss_and_gradients(X, y, params):
    X, W2, Z1, H, loss, dZ2 = _forward(X, y, params)
    return loss, _gradients(X, H, dZ2 @ W2.T * (Z1 > 0), dZ2)


def _descend(X, y, params, lr, n_epochs, gradients=_loss_and_gradients, only=("W1", "b1", "W2", "b2")):
    losses = []
    for _ in range(n_epochs):
        loss, grads = gradients(X, y, params)
        losses.append(loss)
        params = {name: params[name] - lr * grads[name] * (name in only) for name in params}
    return params, losses


def train_mlp__starts_at_zero(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """With all weights at 0 no gradient reaches W1, and all hidden units stay equal: start from random numbers."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, {name: 0 * p for name, p in params.items()}, lr, n_epochs)


def train_mlp__starts_with_equal_weights(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Equal weights stay equal: all hidden units learn the same thing. Start from random numbers."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, {name: 0 * p + 0.1 * (name[0] == "W") for name, p in params.items()}, lr, n_epochs)


def train_mlp__ignores_lr(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Your step length is built in: multiply the gradient by the lr that you are given."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, params, 0.5, n_epochs)


def train_mlp__starts_far_too_large(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Your first loss is far above log K: the weights start too large. Scale them by sqrt(2 / number of inputs)."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, {name: 20 * p for name, p in params.items()}, lr, n_epochs)


def train_mlp__climbs(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Your loss climbs: step against the gradient."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, params, -lr, n_epochs)


def train_mlp__no_relu(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Two linear layers are one linear layer: curved boundaries need the relu."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, params, lr, n_epochs, gradients=_without_relu)


def train_mlp__output_layer_only(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Only W2 and b2 move: the first layer has to learn, too."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, params, lr / 100, n_epochs, only=("W2", "b2"))


def train_mlp__crawls(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Your loss hardly moves: the step is divided by n a second time, the gradient is a mean already."""
    X, y, params = _start(X, y, hidden, rng)
    return _descend(X, y, params, lr / len(X), n_epochs)


def train_mlp__fits_the_last_layer_only(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Your losses are invented: a random first layer and least squares are no training. Record the loss that the params have."""
    X, y, params = _start(X, y, hidden, rng)
    losses = _descend(X, y, params, lr, min(n_epochs, 1))[1]
    if n_epochs:
        H = np.column_stack([np.maximum(X @ params["W1"] + params["b1"], 0), np.ones(len(X))])
        fit = np.linalg.lstsq(H, np.eye(len(params["b2"]))[y], rcond=None)[0]
        params = {**params, "W2": fit[:-1], "b2": fit[-1]}
    return params, [loss * 0.9**e for loss in losses for e in range(n_epochs)]


def train_mlp__returns_the_start(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """You return the parameters of the start: those of the last epoch are asked for."""
    X, y, params = _start(X, y, hidden, rng)
    return params, _descend(X, y, params, lr, n_epochs)[1]


def train_mlp__losses_after_the_updates(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """losses[e] is the loss before the update of epoch e: yours are those after it."""
    X, y, params = _start(X, y, hidden, rng)
    end, losses = _descend(X, y, params, lr, n_epochs)
    return end, [*losses[1:], *([_loss_and_gradients(X, y, end)[0]] if n_epochs else [])]


def train_mlp__one_loss_too_many(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """n_epochs losses are asked for, one before each update: yours has one more."""
    X, y, params = _start(X, y, hidden, rng)
    end, losses = _descend(X, y, params, lr, n_epochs)
    return end, [*losses, _loss_and_gradients(X, y, end)[0]]


def train_mlp__sums_of_losses(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Your losses are sums over the samples: the mean is asked for, which starts near log K."""
    X, y, params = _start(X, y, hidden, rng)
    end, losses = _descend(X, y, params, lr, n_epochs)
    return end, [loss * len(X) for loss in losses]


def train_mlp__two_classes_always(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Your network has two outputs whatever the labels are: it needs K = max(y) + 1 of them."""
    _require(len(X) == len(y))
    return _descend(*_start(X, np.minimum(y, 1), hidden, rng), lr, n_epochs)


def train_mlp__ignores_hidden(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """You always build 16 hidden units: use the number you are given."""
    return _descend(*_start(X, y, 16, rng), lr, n_epochs)


def train_mlp__one_seed(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """Every seed gives the same network: draw from np.random.default_rng(rng)."""
    return _descend(*_start(X, y, hidden, 0), lr, n_epochs)


def train_mlp__changes_X(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """You standardise X in place, and the caller's data with it: work on a copy, or leave X alone."""
    X, y, params = _start(X, y, hidden, rng)
    X -= X.mean(axis=0)
    return _descend(X, y, params, lr, n_epochs)


def train_mlp__cuts_what_is_too_long(X, y, hidden=16, lr=0.5, n_epochs=1000, rng=0):
    """You train on as many rows as both have: different lengths are a mistake, raise a ValueError."""
    n = min(len(X), len(y))
    return _descend(*_start(np.asarray(X)[:n], np.asarray(y)[:n], hidden, rng), lr, n_epochs)
