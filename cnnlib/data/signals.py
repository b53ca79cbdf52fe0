"""Recordings: numbers that follow each other in time."""

from typing import NamedTuple

import numpy as np

from .files import npz


class Signal(NamedTuple):
    """A recording: `values`, float64 (samples,), taken `rate` times a second."""

    values: np.ndarray
    rate: int

    @property
    def time(self):
        """The moment of each sample in seconds, float64 (samples,), from 0."""
        return np.arange(len(self.values)) / self.rate


def ecg():
    """Load one minute of an electrocardiogram, with the flaws of a real one.

    Returns a `Signal`: values float64 (21600,) in millivolts, from -1.855 to 3.65, at 360 samples a second. The
    baseline wanders, some beats from 16 s on are ectopic, and from 42 to 45 s there is a large artefact. It is for
    learning about filters, not for diagnosis. Raises `DataFileError` if the file is damaged.

    Source: MIT-BIH Arrhythmia Database, record 208, lead MLII (Moody and Mark 2001, doi:10.1109/51.932724), PhysioNet
    (Goldberger et al. 2000, doi:10.1161/01.CIR.101.23.e215). Open Data Commons Attribution Licence 1.0.

    >>> import cnnlib as cnn
    >>> heart = cnn.data.ecg()
    >>> heart.values.shape, heart.rate, heart.time[:3].round(4).tolist()
    ((21600,), 360, [0.0, 0.0028, 0.0056])
    """
    z = npz("ecg_mitbih208_60s.npz")
    # The converter stored 1024 for no voltage, and 200 steps to the millivolt.
    millivolts = (z["adc"].astype(np.float64) - z["adc_zero"]) / z["adc_gain"]
    return Signal(millivolts, z["fs"].item())


def pulse():
    """Load 25 seconds of a pulse, measured by shining light through a finger.

    Returns a `Signal`: values float64 (2483,) at 100 samples a second, whole numbers from 359 to 854 as the sensor gave
    them, without a unit. A beat takes about one second. Raises `DataFileError` if the file is damaged.

    Source: HeartPy (van Gent et al. 2019, doi:10.1016/j.trf.2019.09.015). Copyright (c) 2021 Paul van Gent, MIT.

    >>> import cnnlib as cnn
    >>> values, rate = cnn.data.pulse()
    >>> len(values) / rate
    24.83
    """
    z = npz("ppg_heartpy_100hz.npz")
    return Signal(z["ppg"].astype(np.float64), z["fs"].item())
