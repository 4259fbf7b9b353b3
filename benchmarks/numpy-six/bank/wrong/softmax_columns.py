"""Sums the columns.

replaces: softmax
fails: softmax-rows softmax-large
"""
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)
