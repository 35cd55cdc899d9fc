"""`python -m huitang` is the command `huitang`."""

from huitang.main import main

if __name__ == "__main__":
    main()
