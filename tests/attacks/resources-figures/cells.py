# %% after setup
import matplotlib.pyplot as plt

for number in range(60):
    plt.figure(figsize=(1, 1))
plt.figure(figsize=(10_000, 10_000))
