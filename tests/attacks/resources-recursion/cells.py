# %% softmax
def softmax(Z):
    return softmax(Z)

# %% low_rank
import sys


def low_rank(A, k):
    sys.setrecursionlimit(10**9)
    return low_rank(A, k)

# %% Net
class Deep(list):
    def __repr__(self):
        return repr([self])


def Net(d, h, k):
    sys.setrecursionlimit(10**9)
    return Net(repr(Deep()), h, k)
