# %% softmax
class Odd:
    pass


Odd.__name__ = Odd.__qualname__ = "\ud800\x1b[2J" + "x" * 10**6
Odd.__module__ = "\udfff"


def softmax(Z):
    return Odd(), Odd()

# %% low_rank
def low_rank(A, k):
    raise ValueError("\ud800\0\x1b]0;title\x07" * 10**5)

# %% descend
descend = type("\udcff", (), {"__call__": lambda self, *args: 1 / 0})()

# %% ridge
def ridge(X, y, lam):
    raise type("\ud83d", (Exception,), {"__module__": "\ud83d"})("\ud83d")

# %% Net
print("\ud800\0\x1b[2J\r\b")
raise type("\ud800", (Exception,), {})("\ud800")

# %% train
def train(X, y, steps):
    return "\ud800" * 100, {"\ud800": "\0"}
