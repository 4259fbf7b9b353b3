# %% after softmax
P, J = softmax(np.arange(6.0).reshape(2, 3))
P[:] = 0
softmax(3)
# %% after low_rank
A = np.ones((3, 3))
low_rank(A, 1)[:] = 7
A -= A.mean()
# %% after descend
trace = []
descend(lambda x: x, np.ones(2), 0.5, 20, lambda i, x: trace.append(x))
assert len(trace) == 3, "no"
# %% after Net
net = Net(3, 4, 2)
for p in net.parameters():
    p.data.zero_()
Net.first = None
del Net.first
# %% after train
net, losses = train(torch.randn(50, 2), torch.randint(3, (50,)), 100)
losses.clear()
