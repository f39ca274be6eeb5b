"""Makes the golden files of this folder with Pillow: how it resizes and decodes.

    python3 make.py

noise.png is the picture that all start from. NAME-BxW.png is it, resized to H
rows and W columns by the filter of that name.
"""

import os

from PIL import Image, ImageOps

os.chdir(os.path.dirname(os.path.abspath(__file__)))

H, W = 37, 53
MASK = (1 << 64) - 1


def noise(n):
    """Bytes of SplitMix64, the upper eight bits of each number."""
    state = 7
    for _ in range(n):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        yield (z ^ z >> 31) >> 56


picture = Image.frombytes("RGB", (W, H), bytes(noise(H * W * 3)))
picture.save("noise.png", optimize=True)
for name, kind in ("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC):
    for h, w in (16, 16), (37, 20), (11, 53), (36, 52), (60, 80), (1, 1):
        picture.resize((w, h), kind).save(f"{name}-{h}x{w}.png", optimize=True)

# Six squares of their own colours, held in eight ways: held-N.jpg has the tag N
# of EXIF, turned-N.png is what a person should see. Other formats carry the tag
# too.
squares = Image.new("RGB", (3, 2))
squares.putdata([(200, 30, 30), (30, 200, 30), (30, 30, 200), (200, 200, 30), (30, 200, 200), (240, 240, 240)])
squares = squares.resize((24, 16), Image.NEAREST)
for n in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = n
    squares.save(f"held-{n}.jpg", exif=exif, quality=95, subsampling=0)
    if n == 6:
        squares.save("held-6.png", exif=exif, optimize=True)
        squares.save("held-6.webp", exif=exif, lossless=True)
    ImageOps.exif_transpose(Image.open(f"held-{n}.jpg")).save(f"turned-{n}.png", optimize=True)
