raise SystemExit("the checks, shadowed")
