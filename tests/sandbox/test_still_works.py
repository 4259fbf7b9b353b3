"""What honest notebooks do works in the confined process: as whoever runs the tests, and as an ordinary user."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.sandbox.conftest import ROOT, as_user, environment

CELLS = {
    "forward and backward": """
import torch
model = torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
step = torch.optim.Adam(model.parameters())
for _ in range(3):
    step.zero_grad()
    model(torch.ones(4, 3)).sum().backward()
    step.step()
print("ok")
""",
    "two threads": "torch.set_num_threads(2)\nprint('ok' if torch.ones(300, 300).mm(torch.ones(300, 300))[0, 0] == 300 else '')",
    "data loader with workers": """
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.arange(12.0))
print("ok" if sum(float(x.sum()) for x, in DataLoader(data, batch_size=4, num_workers=2)) == 66 else "")
""",
    "a pool of processes": """
import multiprocessing
with multiprocessing.Pool(2) as pool:
    print("ok" if pool.map(abs, [-1, -2]) == [1, 2] else "")
""",
    "a program": "import subprocess\nprint(subprocess.run(['/bin/echo', 'ok'], capture_output=True, text=True).stdout.strip())",
    "linear algebra": "import numpy as np\nprint('ok' if np.allclose(np.linalg.svd(np.eye(50))[1], 1) else '')",
    "a file": "open('notes.txt', 'w').write('ok')\nprint(open('notes.txt').read())",
    "a saved model": "torch.save(model.state_dict(), 'm.pt')\nmodel.load_state_dict(torch.load('m.pt'))\nprint('ok')",
    "asyncio": "import asyncio\nasync def one():\n    await asyncio.sleep(0)\n    print('ok')\nawait one()",
    "a picture": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('$x^2$')\nplt.savefig('p.png')\nprint('ok')\nplt.close()",
}
PROGRAM = """
import json, sys
from autograder.execution import Engine
from autograder.execution.together import Together
with Engine(slot=38) as engine, Together(engine=engine) as notebook:
    told = {}
    for name, text in json.load(sys.stdin).items():
        ran = notebook.run(text)
        told[name] = "".join(o.get("text", "") for o in ran.outputs).strip() or str(ran)
print(json.dumps(told))
"""


def test_honest_work_is_not_hindered(who: str) -> None:
    command = [*as_user(who), sys.executable, "-c", PROGRAM]
    ran = subprocess.run(command, input=json.dumps(CELLS), capture_output=True, text=True, cwd=ROOT, env=environment(), timeout=300)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == dict.fromkeys(CELLS, "ok")
