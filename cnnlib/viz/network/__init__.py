"""A whole network as one picture, to be drawn into and looked into, from pixels to bars and down to one dot product."""
