"""The rate of the step 1 / L.

replaces: steps_plain
fails: steps_plain-number
"""
steps_plain = 1375
