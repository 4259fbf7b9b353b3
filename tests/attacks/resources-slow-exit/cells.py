# %% after setup
import atexit
import signal
import threading
import time


class Slow:
    def __del__(self):
        time.sleep(1000)


slow = Slow()
slow.itself = slow
atexit.register(time.sleep, 1000)
threading.Thread(target=time.sleep, args=[1000]).start()
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda *_: time.sleep(1000))
