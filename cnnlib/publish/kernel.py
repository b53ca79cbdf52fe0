"""A notebook, run in a fresh kernel of this very Python. (A module of its own: Jupyter takes a while to import.)"""

import os
import sys
import tempfile

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient import NotebookClient


class ThisPython(KernelSpecManager):
    """Whatever kernels are installed, "python3" is the Python that runs this."""

    def get_kernel_spec(self, kernel_name):
        """The kernel of this Python."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3 (ipykernel)", language="python")


def run(notebook, folder, timeout, stderr=None, **options):
    """Run a notebook in place and in `folder`, its cells for at most `timeout` seconds each; returns it.

    `options` are others of `nbclient.NotebookClient`; `stderr` is where the kernel complains, as for `subprocess`.
    Raises what nbclient raises: CellExecutionError where a cell fails, CellTimeoutError, DeadKernelError.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook, timeout=timeout, kernel_name="python3", resources={"metadata": {"path": str(folder)}},
        record_timing=False, coalesce_streams=True, **options,
    )
    client.create_kernel_manager()
    client.km.kernel_spec_manager = ThisPython()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as settings:
        # As for someone who has not done anything yet, and whose IPython has no settings of its own.
        client.execute(env=os.environ | {"CNNLIB_PROGRESS": "", "IPYTHONDIR": settings}, stderr=stderr)
    return notebook
