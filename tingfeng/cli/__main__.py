"""`python -m tingfeng.cli`, where the command is not on the path."""

from tingfeng.cli import main

main()
