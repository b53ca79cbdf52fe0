"""Networks: layers that hold parameters, and what trains them."""
