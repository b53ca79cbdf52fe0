"""KernelLab: what a kernel does to a real picture."""
