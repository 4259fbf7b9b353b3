# %% after setup
NOTES = open("notes.txt", encoding="utf-8").read()
import os
print(os.listdir("."), os.getcwd())
# %% ridge
SCALE = float(NOTES.split()[0])
def ridge(X, y, lam):
    with open("log.txt", "a") as log:
        log.write("asked\n")
    return SCALE * np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
