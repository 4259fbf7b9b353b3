# %% after setup
%matplotlib inline
%config InlineBackend.figure_format = "retina"
import matplotlib.pyplot as plt
plt.style.use("ggplot")
plt.rcParams["figure.figsize"] = (3, 2)
plt.plot([1, 2, 3])
plt.show()
# %% softmax
%matplotlib inline
%config InlineBackend.figure_format = "svg"
import matplotlib.pyplot as plt
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
plt.imshow(softmax(np.eye(3))[0])
