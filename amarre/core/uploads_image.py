"""A photo, opened under limits and written again as JPEG: the picture stays, all that it tells beside is gone.

Read by the child process of `uploads_child`. Must not know Django: it runs without it.
"""

from __future__ import annotations

import io
import warnings

from PIL import ExifTags, Image

from amarre.core.uploads_reasons import Bad, Reason

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
SIDE = 2400
QUALITY = 85
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What EXIF's orientation asks for."""


def rewrite(content: bytes) -> bytes:
    """The same picture, upright, in JPEG, on white where it was transparent; the first one when it moves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which are thrown away; the pixels are counted below
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                return _written(_drawn(opened))
        except Image.DecompressionBombError as error:
            raise Bad(Reason.PIXELS) from error


def _drawn(opened: Image.Image) -> Image.Image:
    """A bare RGB picture of a reasonable size."""
    if opened.width * opened.height > MOST_PIXELS:
        raise Bad(Reason.PIXELS)
    opened.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a reduced scale: less memory, less time
    opened.load()
    picture = _eight_bits(opened)
    picture.thumbnail((SIDE, SIDE))
    upright = _upright(opened, picture)
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return bare


def _eight_bits(opened: Image.Image) -> Image.Image:
    """RGB, or RGBA where something shows through. Pillow cuts 16 bits short instead of scaling them."""
    if opened.mode.startswith("I"):
        return opened.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    return opened.convert("RGBA" if opened.has_transparency_data else "RGB")


def _upright(opened: Image.Image, picture: Image.Image) -> Image.Image:
    """Turned as the camera said; a camera that says nothing sensible is not listened to."""
    try:
        turn = _TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        turn = None
    return picture if turn is None else picture.transpose(turn)


def _written(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
