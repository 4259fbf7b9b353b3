"""Another library does it.

replaces: roc_auc
fails: roc_auc-pairs roc_auc-ties roc_auc-laws roc_auc-by_hand roc_auc-habits
"""
def roc_auc(y, score):
    from sklearn.metrics import roc_auc_score
    return roc_auc_score(y, score)
