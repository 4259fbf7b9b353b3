"""The statistics module computes mean and standard deviation.

replaces: estimate_rate
"""
import statistics


def estimate_rate(run, seeds):
    values = [float(run(seed)) for seed in seeds]
    if len(values) < 2:
        raise ValueError("two seeds at least")
    mean, error = statistics.fmean(values), statistics.stdev(values) / len(values) ** 0.5
    return mean, mean - 3.2905 * error, mean + 3.2905 * error
