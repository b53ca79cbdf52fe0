"""The progress bars of `fit` and `fit_all`: tqdm, as a widget in Jupyter and as a line in a terminal."""

import html
import warnings

ALONE = "application/vnd.cnnlib.view+json"   # empty: where no kernel knows the bar, JupyterLab shows the text beside it


class Bar:
    """A bar of tqdm over `total` things of a `unit`; where pictures are stored, `text` stands for it."""

    def __init__(self, total, unit, text):
        # Imported here: `import cnnlib` stays quick, and without a progress bar tqdm is not needed at all.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")   # tqdm warns where ipywidgets is missing, and then falls back to text
            from tqdm.auto import tqdm
            from tqdm.notebook import tqdm as notebook
        in_notebook = issubclass(tqdm, notebook)
        options = {"display": False} if in_notebook else {}
        self.bar = tqdm(total=total, unit=unit, mininterval=0.2, dynamic_ncols=True, **options)
        if in_notebook:
            self._display(text)

    def _display(self, text):
        """Show the widget with a plain-text side that says the same on every run, so that stored outputs can."""
        from IPython.display import display

        bundle = self.bar.container._repr_mimebundle_()
        display({**bundle, ALONE: {}, "text/html": f"<p>{html.escape(text)}</p>", "text/plain": text}, raw=True)
        self.bar.displayed = True

    def close(self):
        """Leave the bar as it stands."""
        self.bar.close()


class NetworksBar(Bar):
    """Counts networks."""

    def __init__(self, total):
        super().__init__(total, "network", f"training: {total} networks")

    def network_done(self):
        """One network done."""
        self.bar.update()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class ProgressBar(Bar):
    """Shows epoch, running loss and accuracy, the last validation, and the time left."""

    def __init__(self, epochs, steps):
        super().__init__(epochs * steps, "step", f"training: {epochs} epochs of {steps} steps")
        self.epochs, self.validation = epochs, {}

    def step(self, epoch, loss, accuracy):
        """One step done; `loss` and `accuracy` are means over the epoch so far."""
        self.bar.set_description(f"epoch {epoch}/{self.epochs}", refresh=False)
        numbers = {"loss": f"{loss:.3f}", "accuracy": f"{accuracy:.1%}", **self.validation}
        self.bar.set_postfix(numbers, refresh=False)
        self.bar.update()

    def epoch_done(self, record):
        """One epoch done; `record` is its line of the history."""
        if "val_loss" in record:
            self.validation = {"val_loss": f"{record['val_loss']:.3f}", "val_accuracy": f"{record['val_accuracy']:.1%}"}
            self.bar.set_postfix(
                {"loss": f"{record['loss']:.3f}", "accuracy": f"{record['accuracy']:.1%}", **self.validation}
            )
