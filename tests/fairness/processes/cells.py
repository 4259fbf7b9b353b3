# %% after setup
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
def row(z):
    e = np.exp(z - z.max())
    return e / e.sum()
with multiprocessing.Pool(2) as pool:
    print(pool.map(row, np.eye(3)))
queue = multiprocessing.Queue()
process = multiprocessing.Process(target=queue.put, args=(1,))
process.start()
queue.get()
process.join()
# %% softmax
def softmax(Z):
    with ProcessPoolExecutor(2) as pool:
        P = np.array(list(pool.map(row, Z)))
    return P, P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
# %% after train
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.randn(32, 2), torch.randint(3, (32,)))
for X_batch, y_batch in DataLoader(data, batch_size=8, shuffle=True, num_workers=2):
    net, losses = train(X_batch, y_batch, 2)
