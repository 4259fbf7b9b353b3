# %% softmax
class Fails(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def softmax(Z):
    raise Fails

# %% low_rank
class Huge(Exception):
    def __str__(self):
        return "x" * 10**8


def low_rank(A, k):
    raise Huge

# %% descend
def descend(grad, x, rate, steps, watch):
    first, second = ValueError("1"), ValueError("2")
    first.__cause__, second.__cause__, first.__context__ = second, first, first
    raise first

# %% ridge
class Meta(type):
    def __getattribute__(cls, name):
        raise GeneratorExit


class Strange(Exception, metaclass=Meta):
    pass


def ridge(X, y, lam):
    raise Strange

# %% Net
class NotText(Exception):
    def __str__(self):
        return 3


def Net(d, h, k):
    raise NotText

# %% train
class CheckFailed(AssertionError):
    verdict = True


def train(X, y, steps):
    raise ExceptionGroup("all", [CheckFailed(1.0), StopIteration(), KeyboardInterrupt.__new__(Exception)])
