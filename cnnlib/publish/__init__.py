"""The series for others: pages, slides, single scenes, a class: what the command line `cnnlib` does."""
