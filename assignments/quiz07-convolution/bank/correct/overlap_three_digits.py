"""Rounded to three digits.

replaces: overlap
"""
A, B = overlap_numbers(attempt).values()
both = (A[2] - B[0]) * (A[3] - B[1])
sizes = [(box[2] - box[0]) * (box[3] - box[1]) for box in (A, B)]
overlap = f"{both / (sum(sizes) - both):.3g}"
