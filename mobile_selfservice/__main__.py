"""`python -m mobile_selfservice COMMAND`: what an operator types."""

import sys

from mobile_selfservice.cli import main

if __name__ == "__main__":
    sys.exit(main())
