"""Notebooks, run in fresh kernels of this very Python. (A module of its own: Jupyter takes a while to import.)"""

import asyncio
import concurrent.futures
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
    """Run a notebook in place and in `folder`; as `running`, which a program that does nothing else can wait for."""
    return together([lambda: running(notebook, folder, timeout, stderr, **options)], 1)[0]


async def running(notebook, folder, timeout, stderr=None, env=(), **options):
    """Run a notebook in place and in `folder`, its cells for at most `timeout` seconds each; returns it.

    `options` are others of `nbclient.NotebookClient`; `stderr` is where the kernel complains, as for `subprocess`;
    `env` holds variables for it, where the environment has none of that name. Raises what nbclient raises:
    CellExecutionError where a cell fails, CellTimeoutError, and DeadKernelError, also where this is cancelled.
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
        await client.async_execute(
            env=dict(env) | os.environ | {"CNNLIB_PROGRESS": "", "IPYTHONDIR": settings}, stderr=stderr)
    return notebook


def together(jobs, most):
    """[await job() for job in jobs], with at most `most` of them at work at the same time.

    The first failure stops the others and is raised; so does Ctrl+C. They work in a thread of their own: in the first
    one, nbclient takes Ctrl+C for itself, and there may be a loop already.

    >>> together([lambda: asyncio.sleep(0.01, "a"), lambda: asyncio.sleep(0, "b")], 2)
    ['a', 'b']
    """
    whole = []

    async def work():
        free = asyncio.Semaphore(most)

        async def one(job):
            async with free:
                return await job()

        whole.append((asyncio.get_running_loop(), asyncio.current_task()))
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(job)) for job in jobs]
        except BaseExceptionGroup as faults:
            raise faults.exceptions[0] from None
        return [task.result() for task in tasks]

    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        result = thread.submit(asyncio.run, work())
        try:
            while not result.done():   # now and then awake: Windows would not hear Ctrl+C otherwise
                concurrent.futures.wait([result], timeout=0.2)
        except KeyboardInterrupt:
            for loop, task in whole:
                loop.call_soon_threadsafe(task.cancel)
            raise
        return result.result()
