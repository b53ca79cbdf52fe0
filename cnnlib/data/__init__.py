"""The data room: images, signals and data sets, ready to be used and never downloaded.

Everything lies in the folder assets/. Before a file is used, its bytes are compared with the checksum in
assets/checksums.sha256; a file that is missing, cut short or altered raises `DataFileError`, which says how to get it
back. Where each file comes from and under which licence is written in assets/PROVENANCE.md.

Images are float32 from 0 (black) to 1 (white), channels first, as everywhere in the series: (N, C, H, W). Labels are
int64. Every call returns fresh arrays, so whatever you do to them, the next call starts from the originals.
"""

from .centring import centred
from .drawn import PixelSet, garments_on_texture
from .files import ASSETS, DataFileError
from .image_sets import ImageSet, fashion_mnist, from_idx, mnist
from .photos import PHOTOS, Coins, coins, photo
from .signals import Signal, ecg, pulse

__all__ = ["ASSETS", "PHOTOS", "Coins", "DataFileError", "ImageSet", "PixelSet", "Signal"]
__all__ += ["centred", "coins", "ecg", "fashion_mnist", "from_idx", "garments_on_texture", "mnist", "photo", "pulse"]
