"""`python -m changebook.cli`: the command where it is not on the path."""

from changebook.cli import main

if __name__ == "__main__":
    main(prog_name="changebook")
