"""A whole network as one picture, from pixels to bars, that one can draw into and look into, down to one dot product."""
