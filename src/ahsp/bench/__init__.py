"""Measurements of speed, as ratios within one run. Each module has `measure()`; `./ahsp bench` prints them."""
