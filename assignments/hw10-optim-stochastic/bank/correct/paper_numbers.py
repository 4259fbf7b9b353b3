"""Computed numbers, and the memory in binary units.

replaces: adam_first half_memory svrg_gradients adam_memory
"""
adam_first = (1 - 0.9) / np.sqrt(1 - 0.999)
half_memory = int(np.ceil(np.log(0.5) / np.log(0.999)))
svrg_gradients = 5e4
adam_memory = "190.735 MiB"
