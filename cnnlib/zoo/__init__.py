"""Networks of the literature and of the lessons, one file each."""
