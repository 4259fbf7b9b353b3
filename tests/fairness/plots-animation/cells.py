# %% after setup
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
from IPython.display import HTML, Image
fig, ax = plt.subplots()
line, = ax.plot([0, 1])
moving = FuncAnimation(fig, lambda i: line.set_ydata([0, i]), frames=3)
HTML(moving.to_jshtml())
# %% after softmax
plt.savefig("plot.png")
Image("plot.png")
