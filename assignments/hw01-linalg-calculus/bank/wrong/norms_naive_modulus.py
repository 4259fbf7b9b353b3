"""The modulus of a complex number squares before anything is taken out.

replaces: norms
fails: norms-complex
"""
def norms(x):
    x = np.asarray(x)
    sizes = np.sqrt(x.real**2 + x.imag**2) if np.iscomplexobj(x) else np.abs(x)
    top = float(sizes.max())
    l2 = top * float(np.sqrt(np.sum((sizes / top) ** 2))) if top > 0 else 0.0
    return {"l1": float(sizes.sum()), "l2": l2, "linf": top}
