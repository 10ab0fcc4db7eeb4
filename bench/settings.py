"""The product's settings plus one bare page to compare with."""

from dodai.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
SILENCED_SYSTEM_CHECKS = ["dodai.E001"]  # the bare page is not part of the product
