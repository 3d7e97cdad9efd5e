"""`python -m feedbuilder`, and the console script of the same name."""

from feedbuilder.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
