"""Rounds a thousand logarithms.

replaces: half_memory
fails: half_memory-value
"""
half_memory = "0.6931 * 1000"
