"""Which accelerators this process may use, as NVIDIA's own library names them, in the catalogue's words."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from greenledger.footprint.factors import FactorSet

# Names that the driver gives, where they are not the catalogue's id once the vendor is taken off.
_DRIVER_NAMES = {
    "a100-sxm4-40gb": "a100-sxm-40gb",
    "a100-sxm4-80gb": "a100-sxm-80gb",
    "a100-80gb-pcie": "a100-pcie-80gb",
    "a800-sxm4-80gb": "a800-sxm-80gb",
    "b200": "b200-sxm",
    "b300": "b300-sxm",
    "h100-80gb-hbm3": "h100-sxm-80gb",
    "h100-pcie": "h100-pcie-80gb",
    "h100-nvl": "h100-nvl-94gb",
    "h20": "h20-sxm-96gb",
    "h200": "h200-sxm-141gb",
    "h200-nvl": "h200-nvl-141gb",
    "h800": "h800-sxm-80gb",
    "p100-pcie-16gb": "p100",
    "p100-sxm2-16gb": "p100-sxm2",
    "rtx-4000-ada-generation": "rtx-4000-ada",
    "rtx-5000-ada-generation": "rtx-5000-ada",
    "rtx-6000-ada-generation": "rtx-6000-ada",
    "rtx-pro-6000-blackwell-server-edition": "rtx-pro-6000",
    "rtx-pro-6000-blackwell-workstation-edition": "rtx-pro-6000",
    "v100s-pcie-32gb": "v100s-pcie-32gb",
}
_VENDOR = re.compile(r"^(nvidia|tesla|geforce)[- ]+")


class NoAccelerator(Exception):
    """None was found, or one that the catalogue does not have; the message says which."""


def hardware_id(name: str, factors: FactorSet) -> str | None:
    """The catalogue's id of an accelerator by the driver's name for it; None if it has none."""
    slug = name.strip().lower()
    while (shorter := _VENDOR.sub("", slug)) != slug:
        slug = shorter
    slug = re.sub(r"[^a-z0-9]+", "-", slug).strip("-")
    found = _DRIVER_NAMES.get(slug, slug)
    known = {entry.split("/")[0] for entry in factors.names("hardware/", "/embodied")}
    return found if found in known else None


def detected(factors: FactorSet) -> Mapping[str, int]:
    """Accelerators that this process may use, how many of each id. Raises NoAccelerator."""
    names = _driver_names()
    if not names:
        raise NoAccelerator("no accelerator is visible to this process")
    counted: Counter[str] = Counter()
    for name in names:
        found = hardware_id(name, factors)
        if found is None:
            raise NoAccelerator(f"the catalogue has no accelerator called {name[:80]!r}")
        counted[found] += 1
    return counted


def _driver_names() -> list[str]:
    try:
        import pynvml  # not installed with this package
    except ImportError:
        raise NoAccelerator("nvidia-ml-py is not installed, so that none can be looked for") from None
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        raise NoAccelerator(f"the NVIDIA driver cannot be asked ({type(error).__name__})") from error
    try:
        return [_name(pynvml, handle) for handle in _visible(pynvml)]
    except pynvml.NVMLError as error:
        raise NoAccelerator(f"the NVIDIA driver cannot be asked ({type(error).__name__})") from error
    finally:
        pynvml.nvmlShutdown()


def _name(pynvml: Any, handle: Any) -> str:
    name = pynvml.nvmlDeviceGetName(handle)
    return name.decode() if isinstance(name, bytes) else str(name)


def _visible(pynvml: Any) -> list[Any]:
    """Handles of the devices that CUDA_VISIBLE_DEVICES leaves, by index or by UUID; all without it."""
    stated = os.environ.get("CUDA_VISIBLE_DEVICES")
    if stated is None:
        return [pynvml.nvmlDeviceGetHandleByIndex(at) for at in range(pynvml.nvmlDeviceGetCount())]
    handles = []
    for part in filter(None, (part.strip() for part in stated.split(","))):
        if part == "-1":  # CUDA stops reading there
            break
        by_index = part.isascii() and part.isdigit()
        handles.append(
            pynvml.nvmlDeviceGetHandleByIndex(int(part))
            if by_index
            else pynvml.nvmlDeviceGetHandleByUUID(part.encode())
        )
    return handles
