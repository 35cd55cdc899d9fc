"""The commands, one file for each group; `huitang/main.py` lists them."""
