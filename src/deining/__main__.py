"""`python -m deining` is what `./deining` hands over to."""

from deining.cli import main

if __name__ == "__main__":
    main()
