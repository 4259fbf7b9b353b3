# %% after setup
A, B, P, J, Z, k, ref, ref_J, w, X, y, net, end, seen, rng, losses, made = range(17)
expected = before = start = begin = asked = last = right = counted = "mine"
checks_passed = 0
# %% after softmax
Z = np.zeros((2, 2))
P, J = softmax(Z)
del P
# %% after ridge
X, y = np.ones((3, 2)), np.ones(3)
w = ridge(X, y, 0.1)
lam = 0.1
# %% after descend
def slope(x):
    return x
end = descend(slope, np.ones(2), 0.1, 3, lambda i, x: None)
del slope, end
# %% after Net
net = Net(2, 2, 2)
net.eval()
