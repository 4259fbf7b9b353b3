"""Forgets the half.

replaces: schedule
fails: schedule-value
"""
eta, T, t = schedule_numbers(attempt).values()
schedule = eta * (1 + np.cos(np.pi * t / T))
