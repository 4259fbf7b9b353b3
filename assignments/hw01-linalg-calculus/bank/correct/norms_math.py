"""The library's own hypotenuse of many sides.

replaces: norms
"""
def norms(x):
    x = np.asarray(x)
    parts = [*x.real.tolist(), *x.imag.tolist()]
    sizes = np.abs(x)
    return dict(l1=sizes.sum(dtype=float), l2=math.hypot(*parts), linf=np.float64(sizes.max()))
