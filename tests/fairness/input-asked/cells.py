# %% after setup
name = input("Your name? ")
# %% after softmax
import getpass
word = getpass.getpass()
# %% after low_rank
import sys
sys.stdin.readline()
sys.stdin.read()
# %% after train
!read line
