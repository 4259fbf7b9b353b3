"""Another unit.

replaces: operations
"""
H, W, c_in, c_out, k = operations_numbers(attempt).values()
operations = f"{2 * H * W * c_in * c_out * k * k / 1e9:.8f} GFLOPs"
