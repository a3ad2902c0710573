"""The door mkdocs-macros opens."""

from changebook.macros import define_env

__all__ = ["define_env"]
