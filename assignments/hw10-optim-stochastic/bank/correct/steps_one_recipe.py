"""One recipe with two memories and a counter serves all seven; states are lists.

replaces: sgd_step momentum_step nesterov_step adagrad_step rmsprop_step adam_step adamw_step
"""
def recipe(g, state, fade, grow, fade2, grow2):
    """Both averages and the number of calls."""
    first, second, t = state if state is not None else [0.0 * g, 0.0 * g, 0]
    return [fade * first + grow * g, fade2 * second + grow2 * g**2, t + 1]


def scaled(first, second, eps):
    return first / (second**0.5 + eps)


def sgd_step(p, g, state, *, lr):
    return p - g * lr, []


def momentum_step(p, g, state, *, lr, beta=0.9):
    state = recipe(g, state, beta, 1, 0, 0)
    return p - lr * state[0], state


def nesterov_step(p, g, state, *, lr, beta=0.9):
    state = recipe(g, state, beta, 1, 0, 0)
    return p - lr * (g + beta * state[0]), state


def adagrad_step(p, g, state, *, lr, eps=1e-8):
    state = recipe(g, state, 0, 0, 1, 1)
    return p - lr * scaled(g, state[1], eps), state


def rmsprop_step(p, g, state, *, lr, rho=0.9, eps=1e-8):
    state = recipe(g, state, 0, 0, rho, 1 - rho)
    return p - lr * scaled(g, state[1], eps), state


def adam_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return adamw_step(p, g, state, lr=lr, beta1=beta1, beta2=beta2, eps=eps, wd=0.0)


def adamw_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, wd=0.01):
    state = recipe(g, state, beta1, 1 - beta1, beta2, 1 - beta2)
    first, second, t = state
    return p - lr * (scaled(first / (1 - beta1**t), second / (1 - beta2**t), eps) + wd * p), state
