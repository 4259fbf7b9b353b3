"""One of the two averages.

replaces: adam_memory
fails: adam_memory-value
"""
adam_memory = "100 MB"
