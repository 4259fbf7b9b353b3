# %% after setup
import matplotlib.pyplot as plt
plt.ion()
fig, ax = plt.subplots()
ax.plot([1, 2])
# %% descend
def descend(grad, x, rate, steps, watch):
    plt.figure()
    for i in range(steps):
        x = x - rate * grad(x)
        plt.plot(i, x[0], "o")
        watch(i, x)
    plt.show()
    plt.pause(0.001)
    return x
