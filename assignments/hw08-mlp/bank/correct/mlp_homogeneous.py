"""Weights and biases as one matrix, a column of ones in every layer, the batch as columns.

replaces: mlp_loss
"""
def mlp_loss(params, X, y, act="tanh", reg=0.0):
    joint = [np.vstack([W, b[None]]).T.astype(float) for W, b in params]
    one_hot = (np.arange(joint[-1].shape[0])[:, None] == np.asarray(y)[None]).astype(float)
    inputs = [np.vstack([np.asarray(X, dtype=float).T, np.ones(len(X))])]
    for M in joint[:-1]:
        Z = M @ inputs[-1]
        inputs.append(np.vstack([np.tanh(Z) if act == "tanh" else np.where(Z > 0, Z, 0.0), np.ones(len(X))]))
    scores = joint[-1] @ inputs[-1]
    top = scores.max(axis=0)
    weights = np.exp(scores - top)
    loss = np.mean(np.log(weights.sum(axis=0)) + top - (scores * one_hot).sum(axis=0))
    loss += reg * sum(np.vdot(M[:, :-1], M[:, :-1]) for M in joint) / 2

    back, grads = (weights / weights.sum(axis=0) - one_hot) / len(X), []
    for M, A in zip(joint[::-1], inputs[::-1]):
        D = back @ A.T
        grads.insert(0, (np.array(D[:, :-1].T + reg * M[:, :-1].T), np.array(D[:, -1])))
        H = A[:-1]
        back = (M[:, :-1].T @ back) * (1 - H * H if act == "tanh" else np.heaviside(H, 0))
    return float(loss), grads
