# %% after setup
import atexit, gc, locale, os, signal, sys, faulthandler
sys.setrecursionlimit(20_000)
gc.disable()
gc.set_threshold(1)
os.makedirs("results", exist_ok=True)
os.chdir("results")
os.environ["OMP_NUM_THREADS"] = "8"
os.environ["HOME"] = "/nowhere"
atexit.register(lambda: print("bye"))
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.path.append("..")
sys.excepthook = lambda *a: None
del os, gc
# %% descend
def descend(grad, x, rate, steps, watch, i=0):
    if i == steps:
        return x
    x = x - rate * grad(x)
    watch(i, x)
    return descend(grad, x, rate, steps, watch, i + 1)
# %% after descend
def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)
assert deep(15_000) == 15_000
# %% after ridge
%reset_selective -f nothing
