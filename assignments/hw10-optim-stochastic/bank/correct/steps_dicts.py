"""States are dictionaries, averages are written as increments.

replaces: sgd_step momentum_step nesterov_step adagrad_step rmsprop_step adam_step adamw_step
"""
def kept(state, g):
    return dict(state) if state else {"a": np.zeros_like(g, dtype=float), "b": np.zeros_like(g, dtype=float), "t": 0}


def sgd_step(p, g, state, *, lr):
    return p + (-lr) * g, kept(state, g)


def momentum_step(p, g, state, *, lr, beta=0.9):
    state = kept(state, g)
    state["a"] = beta * state["a"] + g
    return p - lr * state["a"], state


def nesterov_step(p, g, state, *, lr, beta=0.9):
    state = kept(state, g)
    state["a"] = beta * state["a"] + g
    return p - lr * g - lr * beta * state["a"], state


def adagrad_step(p, g, state, *, lr, eps=1e-8):
    state = kept(state, g)
    state["b"] = state["b"] + np.square(g)
    return p - lr * (g / (np.sqrt(state["b"]) + eps)), state


def rmsprop_step(p, g, state, *, lr, rho=0.9, eps=1e-8):
    state = kept(state, g)
    state["b"] = state["b"] + (1 - rho) * (np.square(g) - state["b"])
    return p - lr * (g / (np.sqrt(state["b"]) + eps)), state


def adam_direction(g, state, beta1, beta2, eps):
    state = kept(state, g)
    state["t"] += 1
    state["a"] = state["a"] + (1 - beta1) * (g - state["a"])
    state["b"] = state["b"] + (1 - beta2) * (g * g - state["b"])
    root = np.sqrt(1 - beta2 ** state["t"])
    return root / (1 - beta1 ** state["t"]) * state["a"] / (np.sqrt(state["b"]) + eps * root), state


def adam_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    direction, state = adam_direction(g, state, beta1, beta2, eps)
    return p - lr * direction, state


def adamw_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, wd=0.01):
    direction, state = adam_direction(g, state, beta1, beta2, eps)
    return (1 - lr * wd) * p - lr * direction, state
