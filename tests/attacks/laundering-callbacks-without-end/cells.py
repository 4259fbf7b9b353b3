# %% descend
def descend(grad, x, rate, steps, watch):
    while True:
        grad(x)
