"""One module per verb of `catseye-models`: thin, it reads arguments, calls the package and prints."""
