# %% after setup
import sys

from IPython.display import HTML, Javascript, display

print("x" * 60_000_000)
for number in range(300_000):
    print(number)
for number in range(20_000):
    print(number, file=sys.stderr if number % 2 else sys.stdout)

# %% after softmax
for number in range(3000):
    display(HTML("<script>alert(1)</script>" * 1000), Javascript("alert(1)"))
display({"text/plain": "x" * 10**7, "text/html": "<b>"}, raw=True)
"x" * 10**8
