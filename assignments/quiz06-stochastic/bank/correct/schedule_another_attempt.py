"""The answer for the numbers of another attempt.

replaces: schedule
"""
attempt = 73
eta, T, t = schedule_numbers(attempt).values()
schedule = eta / 2 * (1 + np.cos(np.pi * t / T))
