# %% after setup
manager = get_ipython().input_transformer_manager
for transformers in (manager.cleanup_transforms, manager.line_transforms):
    transformers.append(lambda lines: ["pass\n"])
get_ipython().input_transformers_post.append(lambda lines: ["pass\n"])
