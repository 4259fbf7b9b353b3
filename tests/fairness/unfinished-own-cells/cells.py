# %% before first
import nothing_of_that_name
# %% after setup
for i in range(
# %% after softmax
  x = 1
 y = 2
# %% after low_rank
Dear grader, this is text in a code cell.
# %% after descend
1 / 0
# %% after ridge
undefined_name
# %% after Net
print "hello"
# %% after train
def f(:
