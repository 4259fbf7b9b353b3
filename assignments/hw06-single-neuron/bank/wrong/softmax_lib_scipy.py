"""Another library does it.

replaces: softmax
fails: softmax-values softmax-large softmax-masked softmax-by_hand softmax-habits
"""
def softmax(Z):
    from scipy.special import softmax as theirs
    return theirs(np.asarray(Z, dtype=float), axis=-1)
