"""What a fake camera shows: photos of people on a calm background, as the MJPEG file that Chromium plays in a loop."""
import io

from PIL import Image

SIZE = (640, 480)
# The pages show an upright part of the picture on a phone: 384 pixels of its width, which a face has to fit into.
ROOM = (384, 420)
BACKGROUND = (188, 193, 196)


def frame(path):
    """A camera's picture with the photo in its middle, enlarged or reduced to the room that there is: JPEG bytes."""
    with Image.open(path) as file:
        photo = file.convert("RGB")
    scale = min(ROOM[0] / photo.width, ROOM[1] / photo.height)
    photo = photo.resize((round(photo.width * scale), round(photo.height * scale)), Image.Resampling.BICUBIC)
    picture = Image.new("RGB", SIZE, BACKGROUND)
    picture.paste(photo, ((SIZE[0] - photo.width) // 2, (SIZE[1] - photo.height) // 2))
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=95)
    return output.getvalue()


def write_video(photos, path, hold=30):
    """Shows one photo after the other, each for `hold` frames; Chromium plays about 30 a second."""
    with open(path, "wb") as file:
        for photo in photos:
            file.write(frame(photo) * hold)
