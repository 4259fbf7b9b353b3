"""In double precision.

replaces: adam_memory
fails: adam_memory-value
"""
adam_memory = "400 MB"
