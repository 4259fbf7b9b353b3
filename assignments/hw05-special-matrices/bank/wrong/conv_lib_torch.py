"""torch convolves unit images.

replaces: conv2d_matrix
fails: conv2d_matrix-by_hand conv2d_matrix-valid conv2d_matrix-full conv2d_matrix-laws
    conv2d_matrix-habits
"""
import torch


def conv2d_matrix(k, H, W, mode):
    k = torch.tensor(np.array(k, dtype=float))
    if mode not in ("valid", "full") or mode == "valid" and (k.shape[0] > H or k.shape[1] > W):
        raise ValueError(mode)
    pad = (k.shape[0] - 1, k.shape[1] - 1) if mode == "full" else (0, 0)
    images = torch.eye(H * W, dtype=torch.float64).reshape(H * W, 1, H, W)
    return torch.nn.functional.conv2d(images, k[None, None], padding=pad).reshape(H * W, -1).T.numpy().copy()
