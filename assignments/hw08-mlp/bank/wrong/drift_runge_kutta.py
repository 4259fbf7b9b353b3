"""Follows the flow so well (Runge and Kutta, order four) that nothing drifts; plain gradient steps were asked.

replaces: gradient_flow_drift
fails: gradient_flow_drift-value gradient_flow_drift-rate gradient_flow_drift-halving
"""
def gradient_flow_drift(params, X, Y, lr, T):
    def slopes(params):
        inputs = [X]
        for W, b in params:
            inputs.append(inputs[-1] @ W + b)
        G, grads = (inputs.pop() - Y) / len(X), []
        for (W, b), H in zip(reversed(params), reversed(inputs)):
            grads.insert(0, (H.T @ G, G.sum(axis=0)))
            G = G @ W.T
        return grads

    def moved(params, grads, step):
        return [(W - step * dW, b - step * db) for (W, b), (dW, db) in zip(params, grads)]

    start = balancedness(params)
    for _ in range(round(T / lr)):
        k1 = slopes(params)
        k2 = slopes(moved(params, k1, lr / 2))
        k3 = slopes(moved(params, k2, lr / 2))
        k4 = slopes(moved(params, k3, lr))
        for k, weight in [(k1, 1), (k2, 2), (k3, 2), (k4, 1)]:
            params = moved(params, k, weight * lr / 6)
    return float(max(np.linalg.norm(end - begin) for end, begin in zip(balancedness(params), start)))
