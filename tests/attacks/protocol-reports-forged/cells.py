# %% after setup
from autograder.execution import student

FORGED = [
    ["ValueError\x1b[2J", "\ud800" * 10**5, "9" * 10**5],
    [[["x"] * 100] * 100, {"a": None}, 10**300],
    ["E", "text", -5],
    7,
]
deep = "x"
for _ in range(300):
    deep = [deep]
OUTPUTS = [
    None, 3, "text", [], {}, {"output_type": None}, {"output_type": []}, {"output_type": "stream", "text": deep},
    {"output_type": "stream", "name": ["x"], "text": "\ud800\0" * 1000}, {"output_type": "error", "traceback": [deep] * 100, "ename": deep},
    {"output_type": "display_data", "data": {"text/html": "<script>alert(1)</script>", "image/png": "<script>", "text/plain": 5}},
    {"output_type": "execute_result", "data": [1], "metadata": deep, "execution_count": "x"},
    {"output_type": "stream", "name": "stdout", "text": "a" * 2_000_000},
]
run = student._run


def lie(shell, text, outputs):
    run(shell, text, outputs)
    outputs.items[:] = OUTPUTS
    return FORGED[len(text) % 4]


student._run = lie
