# %% softmax
def softmax(Z):
    return 10 ** 10**8 ** 2, None

# %% low_rank
def low_rank(A, k):
    return sum(range(10**18))

# %% Net
def Net(d, h, k):
    A = torch.ones(3000, 3000)
    while True:
        A = A @ A

# %% train
def train(X, y, steps):
    import time

    time.sleep(10**6)
