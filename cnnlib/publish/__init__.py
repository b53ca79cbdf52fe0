"""The series for others: pages, slides, single scenes, a class. What the command line `cnnlib` does; nothing imports it."""
