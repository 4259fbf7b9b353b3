# %% after setup
import time
time.sleep(6)
# %% after ridge-visible
time.sleep(6)
