"""Takes the norms of torch, reached through getattr.

replaces: optimal_probs
fails: optimal_probs-by_hand optimal_probs-law optimal_probs-zeros optimal_probs-habits
"""
import torch as engine

length = getattr(engine.linalg, "vector_norm")


def optimal_probs(A, B):
    weights = (length(engine.as_tensor(A), dim=0) * length(engine.as_tensor(B), dim=1)).numpy()
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))
