# SPDX-License-Identifier: MIT
"""What pyproject.toml can not say: the wheel fits any Python 3, but one platform alone."""
import pathlib

from setuptools import setup
from setuptools.dist import Distribution
from wheel.bdist_wheel import bdist_wheel

HAS_LIBRARY = (pathlib.Path(__file__).parent / "src" / "focus_session" / "_native").exists()


class PlatformWheel(bdist_wheel):
    """Named for the platform of the library in it."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = not HAS_LIBRARY

    def get_tag(self):
        platform = super().get_tag()[2] if HAS_LIBRARY else "any"
        return "py3", "none", platform


class PlatformDistribution(Distribution):
    """Goes where compiled packages go."""

    def has_ext_modules(self):
        return HAS_LIBRARY


setup(cmdclass={"bdist_wheel": PlatformWheel}, distclass=PlatformDistribution)
