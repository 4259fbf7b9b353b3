# %% after setup
import time
time.sleep(6)
