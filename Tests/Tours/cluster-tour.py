#!/usr/bin/env python3
"""Uses a page of clusters as a person does, in headless Chromium: names people, merges and splits, and saves.

    cluster-tour.py PAGE.html SAVED.json [--screenshots DIR]

The page has at least three groups of two faces and more. The first becomes Ann, and takes the second by its name too; of
the third, its first face becomes a person of its own called “Bob & <i>Co</i>”, and its last face is left out and comes back.
Exit status 0: it was as expected. 1: it wasn't; one line on standard error says what was seen instead.
"""
import argparse
import os
import pathlib
import shutil
import sys

import playwright.sync_api as browser_api


class Unexpected(Exception):
    """What was seen is not what was expected."""


def expect(seen, expected, what):
    if seen != expected:
        raise Unexpected(f"{what}: {seen!r}, expected {expected!r}")


def tour(page, options):
    cards = page.locator("#several .card")
    faces = lambda i: cards.nth(i).locator(".face").count()
    name = lambda i: cards.nth(i).locator("input")
    count, sizes = cards.count(), [faces(i) for i in range(3)]
    expect(page.locator("#save").is_disabled(), True, "whether nothing can be saved without a name")

    name(0).fill("Ann")
    name(0).press("Enter")
    expect(name(1).evaluate("field => field === document.activeElement"), True, "whether Enter leads to the next name")
    name(1).fill("ann")
    name(1).press("Enter")
    cards.nth(1).get_by_role("button", name="Merge with the other “Ann”").click()
    expect(cards.count(), count - 1, "groups after merging")
    page.locator("#undo").click()
    expect(cards.count(), count, "groups after undoing")
    cards.nth(0).get_by_role("button", name="Merge with the other “ann”").click()
    expect((faces(0), name(0).input_value()), (sizes[0] + sizes[1], "Ann"), "the merged group")

    cards.nth(1).get_by_role("button", name="Looks like…").click()
    expect(cards.nth(1).locator(".choice").count() > 0, True, "whether somebody alike is shown")

    # The third group is the second now.
    cards.nth(1).locator(".face").first.click()
    expect(page.locator("#selected").text_content(), "1 face selected", "the selection")
    for scheme in ("light", "dark"):
        for width, height in ((1280, 800), (390, 844)):
            if not options.screenshots:
                continue
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=pathlib.Path(options.screenshots) / f"cluster-{scheme}-{width}.png")
    page.get_by_role("button", name="Make a new person").click()
    page.locator("#alone-section summary").click()
    alone = page.locator("#alone .card input")
    alone.first.fill("Bob & <i>Co</i>")
    alone.first.press("Tab")
    page.locator("#several .card").nth(1).locator(".face").last.click()
    page.get_by_role("button", name="Leave out").click()
    page.locator("#undo").click()

    page.locator("#search").fill("bob &")
    expect(page.locator(".card").count(), 1, "cards that a search finds")
    page.locator("#search").fill("")
    with page.expect_download() as download:
        page.locator("#save").click()
    expect(download.value.suggested_filename, "faces.json", "the file's name")
    download.value.save_as(options.saved)
    expect(page.locator("#saved").is_visible(), True, "whether it is said what to do next")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page")
    parser.add_argument("saved")
    parser.add_argument("--screenshots")
    options = parser.parse_args()
    offences = []
    with browser_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on("console", lambda message: offences.append(message.text))
        page.on("pageerror", lambda error: offences.append(str(error)))
        address = pathlib.Path(options.page).resolve().as_uri()
        page.on("request", lambda request: request.url == address or request.url.startswith(("data:", "blob:"))
                or offences.append(f"a request of {request.url}"))
        page.goto(address)
        tour(page, options)
        browser.close()
    if offences:
        raise Unexpected("; ".join(offences))


if __name__ == "__main__":
    try:
        main()
    except (Unexpected, browser_api.Error) as error:
        sys.exit(f"cluster-tour: {error}")
