# %% descend
import time


def descend(grad, x, rate, steps, watch):
    for i in range(steps):
        x = x - rate * grad(x)
        time.sleep(30)
    return x
