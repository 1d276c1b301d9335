#!/usr/bin/env python3
"""Uses the pages of a running server as a person does, in headless Chromium with a fake camera, and says what they saw.

    browser-tour.py walk-up --url URL --key KEY --photos PHOTO… --expect TEXT [--never NAME]…
    browser-tour.py card --claim NAME-OR-BADGE …as above
    browser-tour.py challenge [--claim …] [--left PHOTO… --right PHOTO…] …as above
    browser-tour.py add-person --name NAME [--badge NUMBER] --url URL --key KEY --photos PHOTO…
    browser-tour.py remove-person --name NAME --url URL --key KEY

The camera shows the photos one after the other, for a second each, in a loop. With --left and --right it shows the
photos of a head that is turned to the person's own left or right (the nose then points to the photo's other side) while
the page asks for that, and the others while it asks to look. `--expect` is the whole sentence over the picture, and no
name of `--never` may be in anything that the page shows or the server answers. With `--screenshots DIR` every scenario
leaves pictures in light and dark and in both sizes.

Exit status 0: it was as expected. 1: it wasn't; one line on standard error says what was seen instead.
"""
import argparse
import base64
import os
import pathlib
import shutil
import sys
import tempfile
import urllib.parse

import playwright.sync_api as browser_api

import camera_video

SIZES = [(1280, 800), (390, 844)]
SCHEMES = ["light", "dark"]

# A camera that a script turns: it draws the photos of what the page's arrow asks for, three a second.
TURNING_CAMERA = """
(photos) => {
  const load = (address) => Object.assign(new Image(), { src: address });
  const poses = Object.fromEntries(Object.entries(photos).map(([pose, list]) => [pose, list.map(load)]));
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const context = canvas.getContext("2d");
  const asked = () => {
    const arrow = document.getElementById("arrow");
    if (!arrow || arrow.hidden) return "look";
    return arrow.classList.contains("left") ? "left" : "right";
  };
  let pose = "look", since = performance.now();
  setInterval(() => {
    if (asked() !== pose) [pose, since] = [asked(), performance.now()];
    const list = poses[pose];
    const image = list[Math.min(list.length - 1, Math.floor((performance.now() - since) / 300))];
    if (image.complete) context.drawImage(image, 0, 0);
  }, 40);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(25);
}
"""


class Unexpected(Exception):
    """What was seen is not what was expected."""


class Visit:
    """One visitor's browser. Whatever a page does that it never may is kept in `offences`."""

    def __init__(self, playwright, options, video):
        self.options = options
        self.offences = []
        self.answers = []
        arguments = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        if video is not None:
            arguments.append(f"--use-file-for-fake-video-capture={video}")
        # Chromium's sandbox doesn't start as root, which a container's user often is.
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        self.browser = playwright.chromium.launch(executable_path=options.chromium, args=arguments)
        self.context = self.browser.new_context(
            viewport=dict(zip(("width", "height"), SIZES[0])), color_scheme="light", locale="en-GB",
            ignore_https_errors=True)
        self.context.grant_permissions(["camera"], origin=options.url)
        self.page = self.context.new_page()
        self.page.set_default_timeout(1000 * options.seconds)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.offences.append(f"a script failed: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _console(self, message):
        # An answer that isn't 200 is an error to the console, and part of a refusal to us.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.offences.append(f"the console says: {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.options.url + "/", "blob:", "data:")):
            self.offences.append(f"the page asks another site: {request.url}")

    def _response(self, response):
        if "/api/v1/door/" in response.url:
            self.answers.append(response)

    def sign_in(self, path):
        self.page.goto(f"{self.options.url}/login?next={urllib.parse.quote(path, safe='')}")
        self.page.get_by_label("Key", exact=True).fill(self.options.key)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda address: "/login" not in address)

    def picture(self, what):
        """Leaves a picture of the page in each look. The page's clock stands still meanwhile."""
        if self.options.screenshots is None:
            return
        folder = pathlib.Path(self.options.screenshots)
        folder.mkdir(parents=True, exist_ok=True)
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme)
                self.page.wait_for_timeout(250)
                self.page.screenshot(path=folder / f"{self.options.label}-{what}-{scheme}-{width}x{height}.png")
        self.page.set_viewport_size(dict(zip(("width", "height"), SIZES[0])))
        self.page.emulate_media(color_scheme="light")

    def close(self):
        self.browser.close()
        if self.offences:
            raise Unexpected("; ".join(self.offences))


def at_the_door(visit, options, path, begin):
    """Waits for the sentence over the picture and compares it with what is expected."""
    page = visit.page
    # So that the sentence can be made to stay while pictures are taken of it.
    page.clock.install()
    if options.left:
        photos = {"look": options.photos, "left": options.left, "right": options.right}
        addresses = {pose: [data_address(photo) for photo in list] for pose, list in photos.items()}
        page.add_init_script(f"({TURNING_CAMERA})({addresses!r})")
    visit.sign_in(path)
    begin(page)
    verdict = page.locator("#verdict p")
    try:
        verdict.wait_for(state="visible")
    except browser_api.TimeoutError:
        raise Unexpected(f"no decision in {options.seconds} s; the page says {shown(page)!r}") from None
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 0.02)
    seen = verdict.inner_text().strip()
    text = page.locator("body").inner_text()
    visit.picture("verdict")
    if seen != options.expect:
        raise Unexpected(f"expected {options.expect!r}, the page says {seen!r}")
    answers = [answer.text() for answer in visit.answers]
    for name in options.never:
        for where in [text, *answers]:
            if name.casefold() in where.casefold():
                raise Unexpected(f"{name!r} is named: {where!r}")


def walk_up(visit, options):
    at_the_door(visit, options, "/door#walk-up", lambda page: None)


def card(visit, options):
    def read(page):
        page.get_by_text("Hold your card to the reader").wait_for()
        visit.picture("before")
        # As a card reader does: nobody clicks into the field first.
        page.keyboard.type(options.claim)
        page.keyboard.press("Enter")

    at_the_door(visit, options, "/door#card", read)


def challenge(visit, options):
    def start(page):
        begin = page.get_by_role("button", name="Start")
        begin.wait_for()
        visit.picture("before")
        if options.claim is None:
            begin.click()
        else:
            page.keyboard.type(options.claim)
            page.keyboard.press("Enter")
        if options.left and options.screenshots is not None:
            # One picture only: the server doesn't wait while pictures are taken.
            page.locator("#arrow .icon").wait_for()
            page.screenshot(path=pathlib.Path(options.screenshots) / f"{options.label}-turn.png")

    at_the_door(visit, options, "/door#walk-up", start)


def add_person(visit, options):
    page = visit.page
    visit.sign_in("/admin")
    page.get_by_role("button", name="Add a person").click()
    dialog = page.locator("#add-dialog")
    dialog.get_by_label("Name", exact=True).fill(options.name)
    if options.badge is not None:
        dialog.get_by_label("Badge number").fill(options.badge)
    dialog.get_by_role("button", name="Camera", exact=True).click()
    take = dialog.get_by_role("button", name="Take a picture")
    browser_api.expect(take).to_be_enabled(timeout=1000 * options.seconds)
    visit.picture("camera")
    take.click()
    dialog.locator("#tray li").wait_for()
    dialog.get_by_role("button", name="Add", exact=True).click()
    try:
        dialog.wait_for(state="hidden")
    except browser_api.TimeoutError:
        raise Unexpected(f"{options.name!r} was not added; the page says {dialog.inner_text()!r}") from None
    find(page, options.name).wait_for()
    visit.picture("added")


def remove_person(visit, options):
    page = visit.page
    visit.sign_in("/admin")
    person = find(page, options.name)
    person.click()
    page.locator("#person-dialog").get_by_role("button", name="Remove this person").click()
    visit.picture("question")
    page.locator("dialog.question[open]").get_by_role("button", name="Remove", exact=True).click()
    page.get_by_text("is removed").wait_for()
    person.wait_for(state="detached")
    visit.picture("removed")


def find(page, name):
    """The entry of the person with this very name, after a search for it."""
    page.get_by_label("Search people").fill(name)
    return page.locator("#people-list .person").filter(has=page.get_by_text(name, exact=True))


def shown(page):
    """What the door's page says at present, on one line."""
    lines = page.locator("main").inner_text().split("\n")
    return " / ".join(line for line in lines if line.strip())


def data_address(photo):
    return "data:image/jpeg;base64," + base64.b64encode(camera_video.frame(photo)).decode()


def parsed():
    scenarios = {
        "walk-up": walk_up, "card": card, "challenge": challenge,
        "add-person": add_person, "remove-person": remove_person,
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="scenario", required=True)
    for name, run in scenarios.items():
        command = commands.add_parser(name)
        command.set_defaults(run=run, left=[], right=[], photos=[])
        command.add_argument("--url", required=True, type=lambda url: url.rstrip("/"))
        command.add_argument("--key", required=True)
        command.add_argument("--screenshots", metavar="DIR")
        command.add_argument("--label", default=name, help="what the pictures' names begin with")
        command.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("chromium-browser"))
        command.add_argument("--seconds", type=float, default=30, help="how long a step may take")
        if name != "remove-person":
            command.add_argument("--photos", nargs="+", required=True)
        if name in ("walk-up", "card", "challenge"):
            command.add_argument("--expect", required=True)
            command.add_argument("--never", action="append", default=[], metavar="NAME")
        if name in ("card", "challenge"):
            command.add_argument("--claim", required=name == "card")
        if name == "challenge":
            command.add_argument("--left", nargs="+", default=[])
            command.add_argument("--right", nargs="+", default=[])
        if name in ("add-person", "remove-person"):
            command.add_argument("--name", required=True)
        if name == "add-person":
            command.add_argument("--badge")
    options = parser.parse_args()
    if bool(options.left) != bool(options.right):
        parser.error("--left and --right go together")
    if options.chromium is None:
        parser.error("there is no chromium on the path; name one with --chromium")
    return options


def main():
    options = parsed()
    with tempfile.TemporaryDirectory() as folder, browser_api.sync_playwright() as playwright:
        video = None
        if options.photos:
            video = os.path.join(folder, "camera.mjpeg")
            camera_video.write_video(options.photos, video)
        visit = Visit(playwright, options, video)
        try:
            options.run(visit, options)
            visit.close()
        except (Unexpected, browser_api.Error, AssertionError) as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            print(f"browser-tour {options.label}: {' '.join(lines)}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
