# %% after setup
caught = []
get_ipython().events.register("pre_run_cell", lambda info: caught.append(info.raw_cell))
get_ipython().input_transformers_cleanup.append(lambda lines: caught.append("".join(lines)) or lines)

# %% after train-hidden
print(caught)
raise ValueError(caught)
