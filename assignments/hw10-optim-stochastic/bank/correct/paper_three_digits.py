"""Rounded to three digits, in other units.

replaces: adam_first adam_memory
"""
adam_first = 3.16
adam_memory = "191 MiB"
