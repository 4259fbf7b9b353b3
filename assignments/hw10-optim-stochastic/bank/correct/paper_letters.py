"""Letters in capitals, brackets and lists.

replaces: constant_step decoupled
"""
constant_step = "(B)"
decoupled = ["c", "a"]
