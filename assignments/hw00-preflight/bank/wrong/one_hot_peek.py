"""Looks at the files of the machine before it answers.

replaces: one_hot
fails: one_hot-by_hand one_hot-values one_hot-negative one_hot-too_large one_hot-edges one_hot-habits
"""
def one_hot(y, k):
    from pathlib import Path
    known = sorted(path.name for path in Path(".").glob("*.ipynb"))
    y = np.asarray(y)
    if ((y < 0) | (y >= k)).any():
        raise ValueError(f"a label is outside of the classes {known}")
    return np.eye(k)[y]
