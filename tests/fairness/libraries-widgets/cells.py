# %% after setup
import ipywidgets as widgets
from ipywidgets import interact
@interact(x=(0, 10))
def show(x=3):
    return x * x
slider = widgets.IntSlider()
slider
# %% after train
from IPython.display import display
display(widgets.HBox([slider, widgets.Output()]))
with widgets.Output():
    print("inside")
