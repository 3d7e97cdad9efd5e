"""`python -m feedbuilder.config > docs/configuration.md` writes the reference anew."""

import sys

from feedbuilder.config import reference

sys.stdout.write(reference())
