"""Looks into the frame of its caller (mutant peek).

replaces: relu_bwd
fails: relu_bwd-gradient tanh_fwd-caches tanh_bwd-habits relu_fwd-by_hand
"""
import sys

def relu_bwd(dout, cache):
    caller = sys._getframe(1).f_locals
    return caller.get("expected", dout * cache[0])
