# %% before first
# Submitted by me
# %% after setup

# %% after softmax
   
# %% after low_rank
# TODO later
# %% after descend
"""only a text"""
# %% after ridge
pass;
