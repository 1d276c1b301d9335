"""Opens a page that an analysis wrote in headless Chromium, uses it as a person does, and prints what was seen as JSON.

    analysis-pages.py map PAGE [--choose NAME]… [--screenshots DIR]
    analysis-pages.py explain PAGE [--screenshots DIR]
"""
import argparse
import json
import os
import pathlib
import shutil

import playwright.sync_api as browser_api

SIZES = [(1280, 1100), (390, 844)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["map", "explain"])
    parser.add_argument("page")
    parser.add_argument("--choose", action="append", default=[])
    parser.add_argument("--screenshots")
    options = parser.parse_args()
    seen = {"requests": [], "complaints": []}
    # Chromium's sandbox doesn't start as root, which a container's user often is.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with browser_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=arguments)
        page = browser.new_context(viewport=dict(zip(("width", "height"), SIZES[0]))).new_page()
        address = pathlib.Path(options.page).resolve().as_uri()
        page.on("request", lambda request: note_request(seen, request.url, address))
        page.on("console", lambda message: seen["complaints"].append(message.text))
        page.on("pageerror", lambda error: seen["complaints"].append(str(error)))
        page.goto(address)
        # Nothing that a name says became an element.
        seen["foreign"] = page.locator("b[id=broken], img[src=x]").count()
        seen["pictures"] = page.evaluate("Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))")
        if options.kind == "map":
            visit_map(page, options, seen)
        else:
            seen["text"] = page.locator("body").inner_text()
        picture(page, options)
        browser.close()
    print(json.dumps(seen))


def note_request(seen, url, address):
    if url != address and not url.startswith("data:"):
        seen["requests"].append(url)


def visit_map(page, options, seen):
    canvas = page.locator("canvas#map")
    page.wait_for_function("sprites.every((sprite) => sprite !== null)")
    seen["people"] = page.locator("#people .name").all_inner_texts()
    seen["views"] = {}
    for name in page.locator("#projections button").all_inner_texts():
        page.get_by_role("button", name=name, exact=True).click()
        seen["views"][name] = faces_found(page, canvas)
    page.locator("#search").fill(options.choose[0][:4] if options.choose else "")
    seen["searched"] = page.locator("#people .name").all_inner_texts()
    page.locator("#search").fill("")
    seen["matrixBefore"] = page.locator("#matrix").is_visible()
    for name in options.choose:
        page.locator("#people button").filter(has=page.get_by_text(name, exact=True)).click()
    if options.choose:
        rows = page.locator("#matrix tbody tr")
        seen["matrix"] = [row.locator("td").all_inner_texts() for row in rows.all()]
        seen["classes"] = [
            [cell.get_attribute("class") for cell in row.locator("td").all()] for row in rows.all()]
    before = page.evaluate("place(0)")
    canvas.hover(position={"x": 200, "y": 200})
    page.mouse.wheel(0, -400)
    page.wait_for_function("view.zoom > 1.5")
    seen["moved"] = page.evaluate("place(0)") != before
    page.get_by_role("button", name="Whole map").click()
    seen["isBack"] = page.evaluate("place(0)") == before


def faces_found(page, canvas):
    """What the card says of each face that the pointer meets on its way over the whole map."""
    box = canvas.bounding_box()
    found = {}
    for y in range(2, int(box["height"]), 9):
        for x in range(2, int(box["width"]), 9):
            # The page is asked first, so that the pointer only goes where there is something.
            face = page.evaluate(f"faceAt({x}, {y})")
            if face is None or face in found:
                continue
            page.mouse.move(box["x"] + x, box["y"] + y)
            page.locator("#card").wait_for()
            found[face] = {
                "photo": page.locator("#card .who small").inner_text(),
                "person": page.locator("#card .who strong").inner_text(),
                "nearest": page.locator("#card li b").all_inner_texts(),
            }
    page.mouse.move(1, 1)
    return [found[face] for face in sorted(found)]


def picture(page, options):
    """Leaves pictures of the page in each look, to be looked at."""
    if options.screenshots is None:
        return
    folder = pathlib.Path(options.screenshots)
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ["light", "dark"]:
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(250)
            page.screenshot(path=folder / f"{options.kind}-{scheme}-{width}.png", full_page=True)


main()
