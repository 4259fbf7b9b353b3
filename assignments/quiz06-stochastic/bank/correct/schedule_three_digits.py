"""Rounded to three digits.

replaces: schedule
"""
eta, T, t = schedule_numbers(attempt).values()
schedule = f"{eta / 2 * (1 + np.cos(np.pi * t / T)):.3g}"
