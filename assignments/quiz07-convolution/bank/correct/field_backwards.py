"""From the output back to the input.

replaces: field
"""
k, strides = field_numbers(attempt).values()
field = 1
for stride in reversed(strides):
    field = (field - 1) * stride + k
