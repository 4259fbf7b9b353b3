"""Forgets the derivative.

replaces: softmax
fails: softmax-visible softmax-hidden
"""
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
