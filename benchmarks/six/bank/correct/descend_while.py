"""With a counter.

replaces: descend
"""
def descend(grad, x, rate, steps, watch):
    done, point = 0, np.array(x)
    while done < steps:
        slope = grad(point)
        point = np.subtract(point, np.multiply(rate, slope))
        watch(done, point)
        done += 1
    return point
