"""The compiled contracts of the Ethereum Attestation Service, from its npm package, kept under `build/cache`.

Only the tarball is fetched, and only what is measured is unpacked: the package's own dependencies are many
and not needed. What comes is held to the hash below.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "build" / "cache"
PACKAGE = "@ethereum-attestation-service/eas-contracts"
VERSION = "1.9.0"  # contracts of version 1.4.0
SHA512 = "L60y1fgKlY3a45xxnPlgRbiGQY8RF/lF+AzF1iVoR7/aEzitS0Nuyyjq8+IXs1sSSU0dl2+yGSmELxVeB6FelA=="
WANTED = ("SchemaRegistry", "EAS")


class PackageError(RuntimeError):
    """The package could not be had, or is not the one that was pinned."""


def eas_artifacts() -> Path:
    """Folder that holds `artifacts/contracts/<name>.sol/<name>.json` of the contracts that are measured."""
    target = CACHE / f"eas-contracts-{VERSION}"
    paths = {name: f"artifacts/contracts/{name}.sol/{name}.json" for name in WANTED}
    if not all((target / path).exists() for path in paths.values()):
        content = _tarball()
        for path in paths.values():
            _unpack(content, f"package/{path}", target / path)
    return target


def _tarball() -> Path:
    """The fetched package, checked every time it is read."""
    path = CACHE / f"ethereum-attestation-service-eas-contracts-{VERSION}.tgz"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [str(ROOT / "scripts" / "node.sh"), "npm", "pack", f"{PACKAGE}@{VERSION}", "--silent"]
        run = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise PackageError(f"{PACKAGE} {VERSION} could not be fetched: {run.stderr.strip()}")
    digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if digest != SHA512:
        raise PackageError(f"{path.name} has sha512 {digest}, expected {SHA512}")
    return path


def _unpack(tarball: Path, name: str, target: Path) -> None:
    with tarfile.open(tarball) as archive:
        member = archive.extractfile(name)
        if member is None:
            raise PackageError(f"{tarball.name} holds no {name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(member.read())
