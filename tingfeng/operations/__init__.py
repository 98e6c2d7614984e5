"""What the product can do, one function a command; pages and command line call the same ones."""
