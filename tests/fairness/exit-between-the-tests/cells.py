# %% after softmax-visible
import os
os._exit(0)
