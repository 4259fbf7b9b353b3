# %% ridge
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def ridge(X, y, lam):
    raise Endless
