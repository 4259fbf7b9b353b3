# %% after softmax
import scipy
# %% after low_rank
import pandas as pd
pd.DataFrame()
# %% after descend
from sklearn.datasets import load_digits
# %% after ridge
import torchvision
# %% after Net
import tensorflow as tf
