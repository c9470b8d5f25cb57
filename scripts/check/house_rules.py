"""The project's own rules, read from the source by its syntax tree and checked like a linter.

Each rule is a function from the tracked files to findings; `make check` fails on any finding.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from scripts.check.layers import HOMES, LAYERS
from scripts.check.product_claims import product_claims

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("backend/greenledger")

MAX_LINES = {".py": 300, ".vy": 300, ".vyi": 450, ".tsx": 200, ".ts": 300, ".css": 600}
MAX_MODULE_LINES = 250

FIXED_TOP_LEVEL = {
    *("contracts", "scripts", "backend", "frontend", "tests", "docs", "deployments"),
    *("ape-config.yaml", "pyproject.toml", "README.md", "Makefile", "requirements.lock"),
    *("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"),
}

# Assembled from halves so that this file does not find itself.
REGISTRY_HOSTS = re.compile(
    "|".join(["registry.npm" + "js", "python" + "hosted", r"pypi\." + "org", "deb.deb" + "ian"])
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:ho" + r"me|ro" + r"ot|wo" + r"rk|Us" + r"ers)/\w")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

LOCKS = {"requirements.lock", "integrations.lock", "package-lock.json", "node.lock"}

Finding = tuple[Path, int, str]
Rule = Callable[[list[Path]], Iterator[Finding]]


def source(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def is_generated(path: Path) -> bool:
    return "generated" in path.parts or path.name in LOCKS


def top_level_is_fixed(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        first = path.parts[0]
        if first not in FIXED_TOP_LEVEL and not first.startswith("."):
            yield path, 1, "is not part of the fixed top level"


def files_are_short(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        limit = MAX_MODULE_LINES if path.parts[:2] == ("contracts", "modules") else MAX_LINES.get(path.suffix)
        if limit is None or is_generated(path):
            continue
        lines = source(path).count("\n")
        if lines > limit:
            yield path, lines, f"has {lines} lines, at most {limit} are readable"


def no_file_is_called_utils(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        if path.stem in {"utils", "util", "helpers", "misc"}:
            yield path, 1, "says nothing by its name: call it after what it does"


def text_is_clean(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        if path.suffix in {".png", ".ico", ".ttf", ".woff2"}:
            continue
        for number, line in enumerate(source(path).splitlines(), start=1):
            if REGISTRY_HOSTS.search(line):
                yield path, number, "names a package registry's host"
            if MACHINE_PATHS.search(line):
                yield path, number, "holds a path of one machine"
            if UNFINISHED.search(line) and not is_generated(path):
                yield path, number, "marks unfinished work"


def generated_files_say_so(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        if path.suffix == ".ts" and "generated" in path.parts and "Generated" not in source(path)[:200]:
            yield path, 1, "is generated and does not say so in its first line"


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def package_files(files: list[Path]) -> Iterator[tuple[Path, str]]:
    for path in files:
        if path.suffix == ".py" and path.is_relative_to(PACKAGE) and len(path.parts) > 3:
            yield path, path.parts[2]


def layers_hold(files: list[Path]) -> Iterator[Finding]:
    for path, layer in package_files(files):
        if layer not in LAYERS:
            yield path, 1, f"package {layer} has no place in the layers"
            continue
        for line, module in imports_of(path):
            parts = module.split(".")
            if parts[0] == "greenledger" and len(parts) > 1 and parts[1] not in LAYERS[layer] | {layer}:
                yield path, line, f"{layer} may not import {parts[1]}"


def libraries_have_homes(files: list[Path]) -> Iterator[Finding]:
    for path, layer in package_files(files):
        for line, module in imports_of(path):
            name = module.split(".")[0]
            if layer == "footprint" and name != "greenledger" and name not in sys.stdlib_module_names:
                yield path, line, f"the model uses the standard library only, not {name}"
            elif name in HOMES and layer not in HOMES[name]:
                yield path, line, f"{name} is used in {', '.join(sorted(HOMES[name]))} only"


def the_sandbox_stands_alone(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        if path.suffix == ".py" and path.is_relative_to("backend/marketplace_sandbox"):
            for line, module in imports_of(path):
                if module.split(".")[0] == "greenledger":
                    yield (
                        path,
                        line,
                        "the sandbox marketplace is somebody else's server: it imports nothing of ours",
                    )


def routers_only_translate(files: list[Path]) -> Iterator[Finding]:
    branching = (ast.If, ast.For, ast.While, ast.Try, ast.Match, ast.AsyncFor)
    for path in files:
        if path.suffix != ".py" or not path.is_relative_to(PACKAGE / "api"):
            continue
        for function in ast.walk(ast.parse(source(path))):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or not is_route(function):
                continue
            for node in ast.walk(function):
                if isinstance(node, branching):
                    yield path, node.lineno, f"route {function.name} decides: move the branch to its package"


def is_route(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = [item.func for item in function.decorator_list if isinstance(item, ast.Call)]
    return any(
        isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == "router"
        for call in calls
    )


def dependencies_have_reasons(files: list[Path]) -> Iterator[Finding]:
    path = Path("pyproject.toml")
    text = source(path)
    project = tomllib.loads(text)
    stated = [
        *project["project"]["dependencies"],
        *(item for extra in project["project"].get("optional-dependencies", {}).values() for item in extra),
        *(item for group in project["dependency-groups"].values() for item in group),
    ]
    lines = text.splitlines()
    for requirement in stated:
        number = next(index for index, line in enumerate(lines, start=1) if f'"{requirement}"' in line)
        if "#" not in lines[number - 1]:
            yield path, number, f"{requirement} gives no reason"


def lock_files_hold_no_address(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        if path.name in LOCKS:
            for number, line in enumerate(source(path).splitlines(), start=1):
                if '"resolved"' in line or (path.suffix == ".lock" and "://" in line):
                    yield path, number, "holds an address"


def page_lock_is_in_step(files: list[Path]) -> Iterator[Finding]:
    """What `npm ci` would refuse: a manifest that asks for something else than the lock file holds."""
    lock = Path("frontend/package-lock.json")
    if lock not in files:
        return
    manifest = json.loads(source(Path("frontend/package.json")))
    locked = json.loads(source(lock))["packages"]
    for kind in ("dependencies", "devDependencies"):
        for name, version in manifest.get(kind, {}).items():
            found = locked.get(f"node_modules/{name}", {})
            # Another package under this name is asked for as npm:<package>@<version>.
            package = f"npm:{found['name']}@" if "name" in found else ""
            if f"{package}{found.get('version')}" != version or "integrity" not in found:
                yield lock, 1, f"{name} {version} is not locked by its hash: run npm install in frontend"


def contracts_begin_alike(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        if path.suffix in {".vy", ".vyi"} and path.parts[0] == "contracts":
            if not source(path).startswith("# pragma version ~=0.4.3\n"):
                yield path, 1, "must begin with the one version pragma"
            licence = "Apache-2.0" if path.suffix == ".vyi" or "examples" in path.parts else "AGPL-3.0-only"
            if licence not in source(path)[:600]:
                yield path, 1, f"must state its licence, {licence}"


def no_product_is_called_neutral(files: list[Path]) -> Iterator[Finding]:
    for path in files:
        yield from ((path, line, text) for line, text in product_claims(path, source(path)))


RULES: tuple[Rule, ...] = (
    top_level_is_fixed,
    files_are_short,
    no_file_is_called_utils,
    text_is_clean,
    generated_files_say_so,
    layers_hold,
    libraries_have_homes,
    the_sandbox_stands_alone,
    routers_only_translate,
    dependencies_have_reasons,
    lock_files_hold_no_address,
    page_lock_is_in_step,
    contracts_begin_alike,
    no_product_is_called_neutral,
)


def tracked_files() -> list[Path]:
    """Tracked files and new ones that git does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(name) for name in sorted(set(run.stdout.splitlines())) if (ROOT / name).is_file()]


def main() -> int:
    console = Console(soft_wrap=True)
    files = tracked_files()
    findings = [finding for rule in RULES for finding in rule(files)]
    for path, line, text in findings:
        console.print(f"{path}:{line}: {text}", highlight=False, markup=False)
    console.print(
        f"{len(RULES)} house rules over {len(files)} files: {len(findings)} findings", highlight=False
    )
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
