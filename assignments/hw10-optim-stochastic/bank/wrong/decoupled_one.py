"""One of the two.

replaces: decoupled
fails: decoupled-choices
"""
decoupled = "a"
