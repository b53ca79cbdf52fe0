"""What a shift of the input does to every stage: data, a figure, and a widget to move it by hand."""
