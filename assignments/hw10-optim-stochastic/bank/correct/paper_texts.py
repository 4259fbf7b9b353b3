"""Numbers as texts, with commas and units.

replaces: adam_first half_memory svrg_gradients adam_memory
"""
adam_first = "3,1623"
half_memory = "693 steps"
svrg_gradients = "50 000"
adam_memory = "0.2 GB"
