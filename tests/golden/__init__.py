"""What many tests and the benchmarks grade: one notebook, and the form of a case laid over it."""
