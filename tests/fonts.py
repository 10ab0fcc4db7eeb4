"""A font configuration that lists the two installed font packages: a bare machine draws boxes."""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path


def font_configuration(folder: Path) -> Path:
    """Write fonts.conf into the folder; Chromium reads it through FONTCONFIG_FILE."""
    folders = {
        str(Path(str(file.locate())).parent)
        for package in ("noto-cjk-sans-jp-regular", "noto-cjk-sans-jp-bold")
        for file in files(package) or []
        if str(file).endswith((".otf", ".ttf", ".ttc"))
    }
    listed = "".join(f"<dir>{each}</dir>" for each in sorted(folders))
    conf = folder / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{listed}<dir>/usr/share/fonts</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    return conf
