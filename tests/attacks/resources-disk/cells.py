# %% after setup
import os

for folder in ("/tmp", "/dev/shm", "/var/tmp", os.getcwd()):
    try:
        with open(folder + "/huge", "wb") as file:
            while True:
                file.write(bytes(2**20))
    except OSError:
        pass
    try:
        for number in range(10**6):
            with open(f"{folder}/{number}", "w") as file:
                file.write("x")
    except OSError:
        pass
