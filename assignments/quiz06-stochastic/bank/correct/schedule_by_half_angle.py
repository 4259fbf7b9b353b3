"""By the half angle.

replaces: schedule
"""
eta, T, t = schedule_numbers(attempt).values()
schedule = f"{eta}*cos(pi*{t}/(2*{T}))^2"
