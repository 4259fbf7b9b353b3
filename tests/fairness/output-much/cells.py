# %% after setup
for i in range(150_000):
    print("line", i)
print("x" * 5_000_000)
# %% descend
def descend(grad, x, rate, steps, watch):
    for i in range(10_000):
        print("starting at", i)
    print(["x"] * 200_000)
    for i in range(steps):
        x = x - rate * grad(x)
        watch(i, x)
    return x
