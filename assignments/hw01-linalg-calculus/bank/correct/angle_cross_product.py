"""Sine from all products u_i v_j - u_j v_i, cosine from u^T v.

replaces: angle
"""
def angle(u, v):
    def scaled(w):
        top = max(abs(float(t)) for t in w)
        if top == 0:
            raise ValueError("zero vector")
        return np.array([float(t) / top for t in w])

    u, v = scaled(u), scaled(v)
    cross = u[:, None] * v[None, :] - v[:, None] * u[None, :]
    return np.arctan2(np.sqrt(np.sum(cross**2) / 2), np.sum(u * v))
