"""`python -m matrixsite`: the same as the `matrixsite` command."""

from matrixsite.cli import main

if __name__ == "__main__":
    main()
