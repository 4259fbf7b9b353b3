# %% after setup
import time

from autograder.execution import wire

send = wire.Channel.send
COUNT = [0]


def silent(self, head, buffers=()):
    if head[0] == "served":
        COUNT[0] += 1
        if COUNT[0] == 3:
            time.sleep(10**6)
    send(self, head, buffers)


wire.Channel.send = silent
