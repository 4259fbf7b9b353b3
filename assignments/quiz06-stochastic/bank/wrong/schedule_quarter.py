"""Takes a quarter of a wave.

replaces: schedule
fails: schedule-value
"""
eta, T, t = schedule_numbers(attempt).values()
schedule = eta * np.cos(np.pi / 2 * t / T)
