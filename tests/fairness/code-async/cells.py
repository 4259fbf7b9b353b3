# %% after setup
import asyncio
await asyncio.sleep(0.001)
async def work(i):
    await asyncio.sleep(0)
    return i
print(await asyncio.gather(*(work(i) for i in range(3))))
task = asyncio.create_task(work(1))
# %% after softmax
async with asyncio.Lock():
    pass
async for x in (i async for i in work(1)):
    pass
