"""Scaled by a power of two, squares summed without rounding.

replaces: norms
"""
def norms(x):
    sizes = [abs(complex(v)) for v in x]
    top = max(sizes)
    power = math.frexp(top)[1]
    total = math.fsum(math.ldexp(v, -power) ** 2 for v in sizes)
    return {"linf": top, "l1": math.fsum(sizes), "l2": math.ldexp(math.sqrt(total), power)}
