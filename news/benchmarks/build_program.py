"""A whole build in a process of its own, start included: writes what it cost as JSON."""

import json
import os
import resource
import sys
import time

BEGAN = time.perf_counter()


def main(what: str) -> None:
    """Build the only office: "html" without twins and compressed forms, or "all"."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
    import django

    django.setup()
    from wagtail.models import Site

    from cms.publishing import building, companions

    if what == "html":
        companions.forget()
    building.build(Site.objects.get(), compress=what == "all")
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in spent)
    sys.stdout.write(json.dumps({"cpu": cpu, "wall": time.perf_counter() - BEGAN}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
