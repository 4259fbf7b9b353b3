# %% after softmax
files = !ls -a
print(files)
!echo {len(files)} $HOME
# %% after low_rank
%%bash
ls
exit 3
# %% after descend
%%sh
echo hello
# %% after ridge
!sleep 100 &
# %% after train
%system date
!nosuchprogram
