# %% after setup
while True:
    print("all work and no play makes jack a dull boy")
