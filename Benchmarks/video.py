"""`faceprint watch` on a video of 640×480 at 25 frames a second with four faces in each: how much faster than the video
plays, beside OpenCV's YuNet and SFace on each face of each frame, where Python has OpenCV.

    Benchmarks/video.py [--seconds 40] [--annotate]

Photos are LFW's. Every second of their people is enrolled, by all their other photos, which are two at least. Each
contender has all cores, and they take turns.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile

from common import BENCHMARK, FACEPRINT, SHARED, data_folder, rest, timed

ROUNDS = 3


def people():
    """Photos of people with at least three."""
    folders = sorted((SHARED / "lfw-dev/images").iterdir())
    return [photos for folder in folders if len(photos := sorted(folder.glob("*.jpg"))) >= 3]


def watch(video, gallery, *words):
    command = [str(word) for word in (FACEPRINT, "watch", video, "--gallery", gallery, "--json", *words)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def opencv(video):
    """Finds the faces of each frame and encodes each of them."""
    import cv2

    detector = cv2.FaceDetectorYN.create(str(data_folder() / "detectors/yunet.onnx"), "", (640, 480), 0.6)
    encoder = cv2.FaceRecognizerSF.create(str(next((data_folder() / "models/sface").glob("*.onnx"))), "")
    reader = cv2.VideoCapture(str(video))
    faces = 0
    while True:
        there, frame = reader.read()
        if not there:
            return faces
        found = detector.detect(frame)[1]
        for face in [] if found is None else found:
            encoder.feature(encoder.alignCrop(frame, face))
            faces += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=40, help="of video")
    parser.add_argument("--annotate", action="store_true", help="write the annotated video as well")
    arguments = parser.parse_args()
    try:
        import cv2  # noqa: F401
        has_opencv = True
    except ImportError:
        has_opencv = False
    shown = people()[: arguments.seconds]
    with tempfile.TemporaryDirectory() as folder:
        video, gallery = f"{folder}/video.mp4", f"{folder}/gallery.sqlite"
        photos = [photos[0] for photos in shown]
        subprocess.run([BENCHMARK, "video", video, str(arguments.seconds), *photos], check=True)
        for photos in shown[::2]:
            enroll = [FACEPRINT, "enroll", photos[0].parent.name, *photos[1:], "--force", "--gallery", gallery]
            subprocess.run(enroll, check=True, capture_output=True)
        words = ["--annotate", f"{folder}/annotated.mp4"] if arguments.annotate else []
        watch(video, gallery, *words)
        ours, theirs, decisions = [], [], []
        for _ in range(ROUNDS):
            rest()
            seconds, decisions = timed(watch, video, gallery, *words)
            ours.append(arguments.seconds / seconds)
            if has_opencv:
                rest()
                seconds, faces = timed(opencv, video)
                theirs.append(arguments.seconds / seconds)
    known = {photos[0].parent.name for photos in shown[::2]}
    named = [decision["person"] for decision in decisions if decision["person"]]
    print(f"{arguments.seconds} s of 640×480 at 25 frames a second, four faces in each; {ROUNDS} rounds in turns")
    print(f"faceprint watch: {statistics.median(ours):.2f} seconds of video a second "
          f"({min(ours):.2f} to {max(ours):.2f}), start and loading included")
    if has_opencv:
        print(f"OpenCV, YuNet and SFace on {faces} faces: {statistics.median(theirs):.2f} "
              f"({min(theirs):.2f} to {max(theirs):.2f})")
    print(f"{len(set(named) & known)} of {len(known)} people who are enrolled were named, "
          f"{len(named) - len(set(named))} of them twice, {len(set(named) - known)} wrongly; "
          f"{sum(not decision['person'] for decision in decisions)} tracks of others")
    if statistics.median(ours) < 1:
        sys.exit("that is slower than the video plays")


if __name__ == "__main__":
    main()
