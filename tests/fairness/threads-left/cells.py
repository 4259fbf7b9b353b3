# %% after setup
import subprocess, threading, time
def beat():
    while True:
        time.sleep(0.01)
        print(".", end="")
threading.Thread(target=beat, daemon=True).start()
threading.Thread(target=time.sleep, args=(60,)).start()
timer = threading.Timer(60, print)
timer.start()
program = subprocess.Popen(["sleep", "60"])
