# %% after setup
import seaborn as sns
sns.set_theme()
# %% after ridge
import plotly.express as px
px.scatter(x=[1], y=[2]).show()
# %% after train
import matplotlib.pyplot as plt
plt.style.use("seaborn")
