"""Changes the data of its caller.

replaces: centre
fails: centre-habits
"""
def centre(X):
    X -= X.mean(axis=0)
    return np.array(X)
