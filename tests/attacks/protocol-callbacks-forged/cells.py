# %% after setup
import gc

from autograder.execution import student


def served():
    return next(thing for thing in gc.get_objects() if type(thing) is student.Served)


def call(number, args, kwargs):
    served().channel.send(["callback", number, args, kwargs])
    return served().channel.receive()


LIST, DICT = {"k": "list", "v": []}, {"k": "dict", "v": []}

# %% softmax
def softmax(Z):
    for number in range(1, 50):
        call(number, LIST, DICT)

# %% low_rank
def low_rank(A, k):
    for number in (-1, 0, True, None, "1", [], {}, 1e400, 10**30):
        call(number, LIST, DICT)

# %% descend
def descend(grad, x, rate, steps, watch):
    for number in range(1, 5):
        for args in (LIST, 3, None, DICT, {"k": "list", "v": [{"k": "callback", "i": number}] * 4}):
            for kwargs in (DICT, LIST, {"k": "dict", "v": [["self", 1]]}, {"k": "dict", "v": [[1, 1]]}):
                call(number, args, kwargs)
    for number in range(1, 5):
        call(number, {"k": "list", "v": [{"k": "handle", "i": 1, "c": True, "n": "x", "t": []}] * 2}, DICT)

# %% ridge
def ridge(X, y, lam):
    served().channel.send(["callback"])

# %% Net
def Net(d, h, k):
    served().channel.send(["callback", 1])

# %% train
def train(X, y, steps):
    served().channel.send(["raise", {"classes": [["builtins", "StopIteration"]], "text": "", "frames": [[1, "train", "x"]] * 3}, {"changed": {"0": 5}}])
