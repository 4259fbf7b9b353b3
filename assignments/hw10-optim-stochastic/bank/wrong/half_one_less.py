"""One step too early.

replaces: half_memory
fails: half_memory-value
"""
half_memory = 692
