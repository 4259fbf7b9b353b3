"""Without the shift, large scores overflow.

replaces: softmax
fails: softmax-large
"""
def softmax(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)
