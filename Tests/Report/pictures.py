"""Takes the pictures of the README and the tutorial: pictures.py REPORT FOLDER."""

import os
import sys

from playwright.sync_api import sync_playwright


def main():
    report, folder = sys.argv[1:]
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 1180})
        page.goto(f"file://{report}")
        page.screenshot(path=f"{folder}/report.png")
        page.locator("#heat-map figure.broad").screenshot(path=f"{folder}/heat-map.png")
        page.locator("#map figure.broad").screenshot(path=f"{folder}/maps.png")
        browser.close()


main()
