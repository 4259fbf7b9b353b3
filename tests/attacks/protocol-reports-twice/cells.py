# %% before first
from autograder.execution import wire

send = wire.Channel.send


def twice(self, head, buffers=()):
    send(self, head, buffers)
    if head[0] == "done":
        send(self, head, buffers)


wire.Channel.send = twice
