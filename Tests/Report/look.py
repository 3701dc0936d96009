"""Opens reports in Chromium and looks for what must not be: look.py REPORT...

At three widths, light and dark: violations that axe finds, requests that leave the page, messages of the console, a page
wider than the window. Then the picker by keyboard, and the page on paper.
"""

import os
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def look(browser, path):
    address = f"file://{path}"
    faults = []
    for scheme in ["light", "dark"]:
        for width in [1400, 768, 320]:
            view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
            faults += [f"{width} {scheme}: {fault}" for fault in faults_of(browser, address, view)]
    return faults + picker_faults(browser, address) + paper_faults(browser, address)


def faults_of(browser, address, view):
    """What is wrong with a page in one view."""
    faults = []
    page = browser.new_context(**view).new_page()
    page.on("request", lambda request: request.url.startswith(address)
            or faults.append(f"a request for {request.url}"))
    page.on("console", lambda message: faults.append(f"the console says {message.text}"))
    page.on("dialog", lambda dialog: faults.append("a dialog opened"))
    page.goto(address)
    extent = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if extent > 0:
        faults.append(f"the page is {extent} px wider than the window")
    page.context.close()
    # axe is a script of this test, which the page's policy refuses.
    page = browser.new_context(bypass_csp=True, **view).new_page()
    page.goto(address)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    for violation in found.response["violations"]:
        nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
        faults.append(f"{violation['id']}: {nodes}")
    page.context.close()
    return faults


def picker_faults(browser, address):
    """Another area must be reached by the keyboard alone, and by its link."""
    page = browser.new_page()
    page.goto(address)
    shown = lambda: page.evaluate(
        "[...document.querySelectorAll('.area')].filter(a => a.offsetHeight > 0).map(a => a.id)")
    first = shown()
    if len(first) != 1:
        return [f"{len(first)} areas are shown at once"]
    page.focus("#pick-area")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    second = shown()
    faults = [] if len(second) == 1 and second != first else [f"the picker shows {second}"]
    page.goto(f"{address}#{first[0]}")
    if shown() != first:
        faults.append(f"the link to {first[0]} shows {shown()}")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    hidden = [area for area in page.locator(".area").all() if not area.is_visible()]
    if hidden:
        faults.append(f"{len(hidden)} areas are hidden where no script runs")
    return faults


def paper_faults(browser, address):
    page = browser.new_page()
    page.goto(address)
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return [] if pdf.startswith(b"%PDF") and len(pdf) > 20_000 else ["the page does not print"]


def main():
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        faults = [f"{os.path.basename(os.path.dirname(path))}: {fault}"
                  for path in sys.argv[1:] for fault in look(browser, path)]
        browser.close()
    print("\n".join(faults) or f"{len(sys.argv) - 1} reports: nothing found")
    sys.exit(1 if faults else 0)


main()
