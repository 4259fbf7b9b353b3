"""Binary units for decimal ones.

replaces: adam_memory
fails: adam_memory-value
"""
adam_memory = "200 MiB"
