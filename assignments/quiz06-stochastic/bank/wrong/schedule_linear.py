"""Falls in a straight line.

replaces: schedule
fails: schedule-value
"""
eta, T, t = schedule_numbers(attempt).values()
schedule = eta * (1 - t / T)
