"""torch convolves unit images, under another name.

replaces: conv2d_matrix
fails: conv2d_matrix-by_hand conv2d_matrix-valid conv2d_matrix-full conv2d_matrix-laws
    conv2d_matrix-habits
"""
from torch import eye, float64, tensor
from torch.nn.functional import conv2d as layer


def conv2d_matrix(k, H, W, mode):
    k = tensor(np.array(k, dtype=float))
    if mode not in ("valid", "full") or mode == "valid" and (k.shape[0] > H or k.shape[1] > W):
        raise ValueError(mode)
    pad = (k.shape[0] - 1, k.shape[1] - 1) if mode == "full" else (0, 0)
    images = eye(H * W, dtype=float64).reshape(H * W, 1, H, W)
    return layer(images, k[None, None], padding=pad).reshape(H * W, -1).T.numpy().copy()
