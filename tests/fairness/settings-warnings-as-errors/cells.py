# %% after setup
import warnings
warnings.filterwarnings("error")
# %% after train
warnings.warn("now an error")
