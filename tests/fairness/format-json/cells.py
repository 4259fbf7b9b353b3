# %% after setup
print("😀 שלום")
