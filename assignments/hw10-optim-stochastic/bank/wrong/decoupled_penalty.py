"""What holds for the penalty.

replaces: decoupled
fails: decoupled-choices
"""
decoupled = "b"
