"""Another library does it.

replaces: perceptron
fails: perceptron-replay perceptron-bound perceptron-stops perceptron-scale perceptron-by_hand
    perceptron-habits
"""
def perceptron(X, y, max_epochs):
    from sklearn.linear_model import Perceptron
    model = Perceptron(fit_intercept=False, shuffle=False, max_iter=max_epochs, tol=None).fit(X, y)
    return model.coef_[0], int(model.t_)
