"""What leaves the notebooks: pages, slides, files, reports; `cnnlib --help` lists the commands."""
