raise SystemExit("random, shadowed")
