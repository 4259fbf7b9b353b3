# %% after setup
exit
# %% after softmax
quit()
# %% after low_rank
import sys
sys.exit(1)
# %% after descend
raise SystemExit("done")
# %% after ridge
raise KeyboardInterrupt
# %% after Net
exit(0)
# %% after train
import os
os._exit(1)
