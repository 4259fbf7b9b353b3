# %% after setup
import numpy
import numpy as np
import torch as th
import torch
from torch import nn, optim
rng = np.random.default_rng(1)
checks = None
# %% after train-hidden
np = nn = torch = None
