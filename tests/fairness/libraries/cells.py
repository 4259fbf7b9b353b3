# %% after setup
import collections, decimal, fractions, heapq, itertools, math, operator, random, statistics, string, re
import matplotlib.cm, networkx, PIL.Image, sympy, torch.distributions, torch.func, torch.nn.utils.parametrize
try:
    from tqdm import tqdm
except ImportError:
    tqdm = iter
try:
    import scipy.linalg as sla
except ImportError:
    sla = np.linalg
# %% low_rank
def low_rank(A, k):
    U, s, Vt = sla.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]
# %% train
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    optimiser = torch.optim.LBFGS(net.parameters()) if steps < 0 else torch.optim.AdamW(net.parameters(), lr=0.03)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, 2 * steps)
    losses = []
    for _ in tqdm(range(steps)):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 10.0)
        optimiser.step()
        schedule.step()
    return net, losses
