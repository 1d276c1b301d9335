"""Recognises photos with another toolkit, as a child of recognition.py: a line names a file that lists photos, the
answer is the seconds from files to decisions and the numbers of each photo's embedding, all nan without a face.

    recognition_peers.py deepface|deepface-plain|face_recognition

Each core has a process of its own, which serves these toolkits better than threads do; but for deepface-plain, which is
deepface as its users call it: one process, a photo at a time, and the package's own settings.
"""

import multiprocessing
import os
import sys
from pathlib import Path

import numpy as np

from common import timed

CORES = sorted(os.sched_getaffinity(0))
BATCH = 8


def central(faces, width, height):
    """The place of the largest face in the middle: by area less twice the squared distance from the photo's middle."""

    def weight(i):
        x, y, w, h = faces[i]
        return w * h - 2 * ((x + w / 2 - width / 2) ** 2 + (y + h / 2 - height / 2) ** 2)

    return max(range(len(faces)), key=weight)


def deepface():
    import cv2
    from deepface import DeepFace

    cv2.setNumThreads(1)

    def embed(paths):
        pictures = [cv2.imread(path) for path in paths]
        answers = DeepFace.represent(
            pictures, model_name="Facenet", detector_backend="yunet", normalization="Facenet",
            enforce_detection=False)
        answers = [answers] if len(paths) == 1 else answers
        found = []
        for picture, faces in zip(pictures, answers):
            # Without a face it takes the whole photo, at confidence 0.
            faces = [face for face in faces if face["face_confidence"] > 0]
            places = [[face["facial_area"][side] for side in "xywh"] for face in faces]
            if not faces:
                found.append(np.full(128, np.nan))
                continue
            face = faces[central(places, picture.shape[1], picture.shape[0])]
            numbers = np.ravel(face["embedding"])
            found.append(numbers / np.linalg.norm(numbers))
        return found

    return embed


def deepface_plain():
    from deepface import DeepFace

    def embed(paths):
        found = []
        for path in paths:
            try:
                faces = DeepFace.represent(path, model_name="Facenet", detector_backend="yunet")
            except ValueError:  # There is no face.
                found.append(np.full(128, np.nan))
                continue
            numbers = np.array(max(faces, key=lambda face: face["facial_area"]["w"])["embedding"])
            found.append(numbers / np.linalg.norm(numbers))
        return found

    return embed


def face_recognition():
    import face_recognition

    def embed(paths):
        found = []
        for path in paths:
            picture = face_recognition.load_image_file(path)
            places = face_recognition.face_locations(picture)
            if not places:
                found.append(np.full(128, np.nan))
                continue
            boxes = [(left, top, right - left, bottom - top) for top, right, bottom, left in places]
            face = places[central(boxes, picture.shape[1], picture.shape[0])]
            found.append(face_recognition.face_encodings(picture, [face])[0])
        return found

    return embed


TOOLKITS = {"deepface": deepface, "deepface-plain": deepface_plain, "face_recognition": face_recognition}
# The packages' own; deepface's is 0.40 in cosine, which is √0.8 between unit vectors.
THRESHOLDS = {"deepface": 0.8**0.5, "deepface-plain": 0.8**0.5, "face_recognition": 0.6}


def start(name, cores):
    """Prepares a process of the pool: on a core of its own, if there is a queue of them."""
    if cores:
        os.sched_setaffinity(0, {cores.get()})
        os.environ["OMP_NUM_THREADS"] = "1"
    global embed
    embed = TOOLKITS[name]()


def embed_batch(paths):
    return embed(paths)


def main():
    name = sys.argv[1]
    context = multiprocessing.get_context("spawn")
    if name == "deepface-plain":
        pool = context.Pool(1, start, (name, None))
    else:
        cores = context.Queue()
        for core in CORES:
            cores.put(core)
        pool = context.Pool(len(CORES), start, (name, cores))

    def recognise(paths):
        batches = [paths[i : i + BATCH] for i in range(0, len(paths), BATCH)]
        embeddings = np.concatenate(pool.map(embed_batch, batches, chunksize=1))
        found = embeddings[~np.isnan(embeddings[:, 0])]
        return embeddings, np.linalg.norm(found - found[:1], axis=1) <= THRESHOLDS[name]

    # The libraries may print; only answers go to standard output.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        seconds, (embeddings, _) = timed(recognise, Path(line.strip()).read_text().splitlines())
        print(seconds, *embeddings.ravel().astype(np.float32), file=answers, flush=True)
    pool.terminate()


if __name__ == "__main__":
    main()
