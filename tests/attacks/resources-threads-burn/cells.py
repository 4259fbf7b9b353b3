# %% after setup
import os
import threading


def burn():
    while True:
        pass


for _ in range(2):
    threading.Thread(target=burn, daemon=True).start()
for _ in range(2):
    if os.fork() == 0:
        burn()
