#!/usr/bin/env python3
"""Makes www/assets/fonts/*.woff2 from the packages named in README.md there.

    python3 -m venv VENV && VENV/bin/pip install fonttools brotli
    npm pack @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/source-sans-3@5.3.1   # and unpack both
    VENV/bin/python www/tools/fonts.py SERIF/package/files SANS/package/files

A reader on a phone pays for every glyph and every axis. Of the serif, which is set in three sizes, three fixed styles are
kept; the sans, whose weights say what is operated and what is read, stays variable in weight between the lightest and the
heaviest that the style sheets use. www/tools/fonts.test.mjs holds that every character of the site is in them.
"""
import sys
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parent.parent / 'assets' / 'fonts'

# All of English and French, and a margin: what is typed into titles and labels by whoever embeds a figure.
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x178, 0x2002, 0x2009, 0x200B, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A,
         0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x202F, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2191, 0x2193, 0x2212]
# Letters that stand for quantities.
GREEK = [ord(letter) for letter in 'αβγδεηθκλμπρστφχψωΔΣΩ']
# The narrow no-break space of French, which the packages leave out: as wide as a thin space.
SAME_AS = {0x202F: 0x2009}
FEATURES = ['kern', 'liga', 'tnum']

SERIF, SANS = 0, 1
FACES = {  # file: (package, its file, axes, characters)
    'serif': (SERIF, 'source-serif-4-latin-opsz-normal', {'opsz': 20, 'wght': 400}, LATIN),
    'serif-claim': (SERIF, 'source-serif-4-latin-opsz-normal', {'opsz': 32, 'wght': 380}, LATIN),
    'serif-title': (SERIF, 'source-serif-4-latin-opsz-normal', {'opsz': 60, 'wght': 330}, LATIN),
    'serif-italic': (SERIF, 'source-serif-4-latin-opsz-italic', {'opsz': 20, 'wght': 400}, LATIN),
    'serif-greek': (SERIF, 'source-serif-4-greek-opsz-normal', {'opsz': 20, 'wght': 400}, GREEK),
    'sans': (SANS, 'source-sans-3-latin-wght-normal', {'wght': (350, 700)}, LATIN),
    'sans-greek': (SANS, 'source-sans-3-greek-wght-normal', {'wght': (350, 700)}, GREEK),
}
# "Source" is a reserved name: a version that was changed may not go by it (SIL Open Font License, 3).
NAMES = ['Uncrumple Serif', 'Uncrumple Sans']


def make(source: Path, axes: dict, characters: list[int], name: str) -> TTFont:
    font = TTFont(source)
    for table in font['cmap'].tables:
        for new, old in SAME_AS.items():
            if old in table.cmap:
                table.cmap[new] = table.cmap[old]
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    memory = BytesIO()  # instancing wants the tables as a file has them
    font.flavor = None
    font.save(memory)
    memory.seek(0)
    font = instancer.instantiateVariableFont(TTFont(memory), axes)
    for record in font['name'].names:
        if record.nameID in (1, 4):
            record.string = name
        if record.nameID in (3, 6):
            record.string = name.replace(' ', '')
    font.flavor = 'woff2'
    # Alike whenever it is made.
    font.recalcTimestamp = False
    return font


def main(folders: list[str]) -> None:
    for face, (package, file, axes, characters) in FACES.items():
        font = make(Path(folders[package]) / f'{file}.woff2', axes, characters, NAMES[package])
        path = OUT / f'{face}.woff2'
        font.save(path)
        print(f'{path.stat().st_size:7} {path.name}')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1:])
