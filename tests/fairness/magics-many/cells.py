# %% after setup
%load_ext autoreload
%autoreload 2
%precision 3
%xmode Verbose
%lsmagic
%who
%whos
%env
%history
%pdb on
# %% after softmax
np.linalg.svd?
# %% after low_rank
?np.dot
help(np.dot)
np.array??
# %% after descend
%cd /tmp
%pwd
%ls
%mkdir -p own
%cd own
# %% after ridge
%debug
%tb
%load nothing.py
# %% after Net
%nosuchmagic
# %% after train
%%nosuchcellmagic
x = 1
