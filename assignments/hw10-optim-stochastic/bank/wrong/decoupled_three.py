"""One too many.

replaces: decoupled
fails: decoupled-choices
"""
decoupled = "abc"
