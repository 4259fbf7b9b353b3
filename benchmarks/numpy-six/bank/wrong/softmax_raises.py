"""Broadcasts a vector that does not fit.

replaces: softmax
fails: softmax-rows softmax-large
"""
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1))
    return E / E.sum(axis=1).reshape(1, -1, 1)
