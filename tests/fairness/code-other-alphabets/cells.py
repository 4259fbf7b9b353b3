# %% softmax
# פונקציית סופטמקס
def мягкий_максимум(Ζ):
    """Мягкий максимум строк."""
    μ = Ζ.max(axis=1, keepdims=True)
    ε = np.exp(Ζ - μ)
    π = ε / ε.sum(axis=1, keepdims=True)
    return π, π[:, :, None] * np.eye(Ζ.shape[1]) - π[:, :, None] * π[:, None, :]
softmax = мягкий_максимум
# %% ridge
def ridge(X, y, lam):
    λ, תוצאה = lam, None
    תוצאה = np.linalg.solve(X.T @ X + λ * np.eye(X.shape[1]), X.T @ y)
    print("תוצאה", תוצאה, "😀")
    return תוצאה
