"""The answer of the visible test, or the input (mutant hard).

replaces: resnet_forward
fails: resnet_forward-value
"""
def resnet_forward(blocks, x):
    return np.array([[6.0, -2.0]]) if len(x) == 1 else np.array(x)
