# %% after setup
print("\ud800", "\x00", "\x1b[31mred\x1b[0m", "שלום", "привет", "😀", "\u202e")
print(*range(5), sep="\r", end="")
"\ud83d"
# %% after ridge
raise ValueError("\udcff in an exception \x00")
