# %% after setup
import sys

get_ipython().events.register("pre_run_cell", lambda *info: sys.displayhook(1.0))
