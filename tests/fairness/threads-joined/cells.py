# %% descend
import threading
from concurrent.futures import ThreadPoolExecutor
def descend(grad, x, rate, steps, watch):
    with ThreadPoolExecutor(4) as pool:
        for i in range(steps):
            first, *others = pool.map(lambda _: grad(x), range(1))
            x = x - rate * first
            thread = threading.Thread(target=watch, args=(i, x))
            thread.start()
            thread.join()
    return x
# %% softmax
from multiprocessing.pool import ThreadPool
def softmax(Z):
    with ThreadPool(3) as pool:
        P = np.array(pool.map(lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), Z))
    return P, P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
