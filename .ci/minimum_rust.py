"""No dependency says that it needs a newer Rust than `rust-version` in Cargo.toml; with that toolchain, if it is
installed, the library and the program are compiled. That they use nothing newer of the standard library is seen by
clippy's `incompatible_msrv`."""

import json
import shutil
import subprocess
import sys


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def number(version):
    parts = [int(part) for part in (version or "0").split(".")]
    return parts + [0] * (3 - len(parts))


packages = json.loads(output("cargo", "metadata", "--locked", "--format-version", "1"))["packages"]
minimum = next(package["rust_version"] for package in packages if package["name"] == "iamwhy")
newer = [package for package in packages if number(package["rust_version"]) > number(minimum)]
for package in newer:
    print(f"{package['name']} {package['version']} needs Rust {package['rust_version']}, not {minimum}")
if newer:
    sys.exit(1)
if shutil.which("rustup") and f"{minimum}." in output("rustup", "toolchain", "list"):
    subprocess.run(["cargo", f"+{minimum}", "check", "--locked"], check=True)
