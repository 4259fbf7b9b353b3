"""The global random generators of a process.

What a cell draws without a seed of its own is the same whenever the same work is graded: S and T start from seeds that derive from the
submission's key. Students' code may seed them anew, as in any notebook.
"""

from __future__ import annotations

import hashlib
import random

import numpy as np
import torch


def reseed(key: bytes) -> None:
    """Set every global generator from this key."""
    seed = int.from_bytes(hashlib.sha256(key).digest()[:8], "big")
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed % 2**63)
