"""Takes int(T / lr) steps, which rounds down.

replaces: gradient_flow_drift
fails: gradient_flow_drift-value
"""
def gradient_flow_drift(params, X, Y, lr, T):
    """Largest change of C_l after round(T / lr) gradient steps of a linear network on (X, Y)."""
    start, params = balancedness(params), list(params)
    for _ in range(int(T / lr)):
        inputs = [X]
        for W, b in params:
            inputs.append(inputs[-1] @ W + b)
        G = (inputs.pop() - Y) / len(X)
        for layer in reversed(range(len(params))):
            W, b = params[layer]
            params[layer] = W - lr * inputs[layer].T @ G, b - lr * G.sum(axis=0)
            G = G @ W.T
    return float(max(np.linalg.norm(end - begin) for end, begin in zip(balancedness(params), start)))
