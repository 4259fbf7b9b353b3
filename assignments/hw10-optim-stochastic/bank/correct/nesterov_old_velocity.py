"""Written with the old velocity: g + beta (beta v + g).

replaces: nesterov_step
"""
def nesterov_step(p, g, state, *, lr, beta=0.9):
    old = np.zeros_like(g) if state is None else state["v"]
    return p - lr * ((1 + beta) * g + beta**2 * old), {"v": beta * old + g}
