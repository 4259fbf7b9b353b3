# %% softmax
def softmax(Z):
    """
    >>> softmax(np.zeros((1, 1)))[0]
    array([[1.]])
    """
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
if __name__ == "__main__":
    print(softmax(np.zeros((1, 2))))
# %% after softmax
import doctest
doctest.testmod(verbose=True)
# %% after ridge
import argparse
args = argparse.ArgumentParser().parse_args([])
argparse.ArgumentParser().parse_args()
# %% after train
import unittest
class TestMine(unittest.TestCase):
    def test_one(self):
        self.assertEqual(1, 1)
unittest.main(argv=[""], exit=False)
unittest.main()
