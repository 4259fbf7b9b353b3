"""Sixty digits hide what the formula loses.

replaces: angle
fails: angle-by_hand angle-values angle-small angle-parallel angle-scale angle-habits
"""
import mpmath

def angle(u, v):
    with mpmath.workdps(60):
        dot = lambda a, b: mpmath.fsum(mpmath.mpf(float(s)) * float(t) for s, t in zip(a, b))
        if not dot(u, u) or not dot(v, v):
            raise ValueError("zero vector")
        return float(mpmath.acos(dot(u, v) / mpmath.sqrt(dot(u, u) * dot(v, v))))
