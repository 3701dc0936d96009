"""The wheel holds a program: it is of one platform, and of any Python 3."""
import os

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel


class PlatformDistribution(Distribution):
    def has_ext_modules(self) -> bool:
        return True


class PlatformWheel(bdist_wheel):
    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]


setup(
    version=os.environ["MISMATCH_VERSION"], distclass=PlatformDistribution, cmdclass={"bdist_wheel": PlatformWheel})
