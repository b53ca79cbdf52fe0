"""What leaves the notebooks: a site, slides, single pictures, a class's copy and report. Run `cnnlib --help`."""
