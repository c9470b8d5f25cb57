"""Names of accelerators: the driver's, in the catalogue's words, and never a guess."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.client import accelerators
from greenledger.client.accelerators import NoAccelerator, detected, hardware_id
from greenledger.footprint.factors import load_factor_set


@pytest.mark.parametrize(
    ("driver", "expected"),
    [
        ("NVIDIA H100 80GB HBM3", "h100-sxm-80gb"),
        ("NVIDIA H100 PCIe", "h100-pcie-80gb"),
        ("NVIDIA H100 NVL", "h100-nvl-94gb"),
        ("NVIDIA H200", "h200-sxm-141gb"),
        ("NVIDIA A100-SXM4-40GB", "a100-sxm-40gb"),
        ("NVIDIA A100-SXM4-80GB", "a100-sxm-80gb"),
        ("NVIDIA A100-PCIE-40GB", "a100-pcie-40gb"),
        ("NVIDIA A100 80GB PCIe", "a100-pcie-80gb"),
        ("NVIDIA B200", "b200-sxm"),
        ("NVIDIA L4", "l4"),
        ("NVIDIA L40S", "l40s"),
        ("NVIDIA A10G", "a10g"),
        ("Tesla T4", "t4"),
        ("Tesla V100-SXM2-16GB", "v100-sxm2-16gb"),
        ("Tesla P100-PCIE-16GB", "p100"),
        ("NVIDIA GeForce RTX 4090", "rtx-4090"),
        ("NVIDIA RTX A6000", "rtx-a6000"),
        ("NVIDIA RTX 6000 Ada Generation", "rtx-6000-ada"),
        ("Quadro RTX 8000", "quadro-rtx-8000"),
        ("NVIDIA TITAN RTX", "titan-rtx"),
        ("NVIDIA H100 80GB HBM3 MIG 1g.10gb", None),
        ("NVIDIA GH200 480GB", None),
        ("", None),
    ],
)
def test_driver_name__is_the_catalogues__or_none(driver: str, expected: str | None) -> None:
    assert hardware_id(driver, load_factor_set()) == expected


def test_every_catalogue_name_of_the_table__is_in_the_catalogue() -> None:
    factors = load_factor_set()
    assert all(hardware_id(name, factors) for name in accelerators._DRIVER_NAMES)


def test_detected__several_kinds__are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["NVIDIA H100 80GB HBM3", "NVIDIA H100 80GB HBM3", "NVIDIA L4"]
    monkeypatch.setattr(accelerators, "_driver_names", lambda: names)
    assert detected(load_factor_set()) == {"h100-sxm-80gb": 2, "l4": 1}


@pytest.mark.parametrize(
    ("names", "reason"), [([], "no accelerator is visible"), (["NVIDIA GH200 480GB"], "GH200")]
)
def test_detected__none_or_an_unknown_one__says_which(
    monkeypatch: pytest.MonkeyPatch, names: list[str], reason: str
) -> None:
    monkeypatch.setattr(accelerators, "_driver_names", lambda: names)
    with pytest.raises(NoAccelerator, match=reason):
        detected(load_factor_set())


@pytest.mark.parametrize(
    ("stated", "expected"),
    [(None, [0, 1, 2, 3]), ("", []), ("2,0", [2, 0]), ("1,-1,2", [1]), ("GPU-a, 3", ["GPU-a", 3])],
)
def test_visible_devices__are_those_that_the_process_may_use(
    monkeypatch: pytest.MonkeyPatch, stated: str | None, expected: list[Any]
) -> None:
    class Driver:
        """Four devices, whose handles are what they were asked by."""

        nvmlDeviceGetCount = staticmethod(lambda: 4)  # the library's name
        nvmlDeviceGetHandleByIndex = staticmethod(int)
        nvmlDeviceGetHandleByUUID = staticmethod(bytes.decode)

    if stated is None:
        monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    else:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", stated)
    assert accelerators._visible(Driver) == expected


def test_detected__no_driver_here__says_so() -> None:
    with pytest.raises(NoAccelerator, match="driver cannot be asked"):
        detected(load_factor_set())
