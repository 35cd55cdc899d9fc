"""The colours of tracks: which of the pages' own is nearest to the one that a track asks for."""


def hue_of(colour: str) -> int:
    """Return the number of the colour of the pages that is nearest to `#rrggbb`; 0 for grey and for anything else."""
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    except ValueError:
        return 0
    most, least = max(red, green, blue), min(red, green, blue)
    if not colour.startswith("#") or most - least < 24:
        return 0
    spread = most - least
    if most == red:
        angle = (green - blue) / spread % 6
    elif most == green:
        angle = (blue - red) / spread + 2
    else:
        angle = (red - green) / spread + 4
    return min(_HUES, key=lambda each: min(abs(angle * 60 - each[0]), 360 - abs(angle * 60 - each[0])))[1]


_HUES = ((214, 1), (175, 2), (23, 3), (261, 4), (339, 5), (94, 6), (45, 7))
"""The angles of the pages' colours `--k1` to `--k7` on the colour wheel."""
