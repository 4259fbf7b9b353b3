"""V is drawn before U, all of them before x, and the scale is put into V.

replaces: variance_profile
"""
def variance_profile(depth, branch_scale, rng):
    blocks = []
    for _ in range(depth):
        V = branch_scale * rng.normal(scale=200**-0.5, size=(200, 100))
        blocks.append((rng.standard_normal((200, 100)).T / 50**0.5, V))
    h = rng.standard_normal((100, 50)).T
    q = np.empty(depth + 1)
    q[0] = np.square(h).mean()
    for l, (U, V) in enumerate(blocks):
        z = h @ U
        h = h + (z * (z > 0)) @ V
        q[l + 1] = np.square(h).mean()
    return q
