"""A number without its unit.

replaces: adam_memory
fails: adam_memory-value
"""
adam_memory = 200
