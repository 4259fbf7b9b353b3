"""In percent.

replaces: overlap
"""
A, B = overlap_numbers(attempt).values()
both = (min(A[2], B[2]) - max(A[0], B[0])) * (min(A[3], B[3]) - max(A[1], B[1]))
union = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (A, B)) - both
overlap = f"{100 * both / union:.6f} %"
