"""Takes CompreFace's own client through all it can do, against a Faceprint that runs with an empty gallery.

    compreface-tour.py ADDRESS KEY PHOTOS

ADDRESS is such as http://127.0.0.1:8000, KEY one of the scopes recognise and enrol, PHOTOS the folder of the
assignment's photos. An answer that isn't as CompreFace documents it ends the tour with what was expected and found.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from compreface import CompreFace

address, key, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
place = urlsplit(address)
compreface = CompreFace(f"{place.scheme}://{place.hostname}", str(place.port))
recognition = compreface.init_face_recognition(key)
verification = compreface.init_face_verification(key)
detection = compreface.init_face_detection(key)
subjects = recognition.get_subjects()
faces = recognition.get_face_collection()


def photo(name):
    return str(folder / f"{name}.jpg")


def expect(found, expected):
    assert found == expected, f"expected {expected!r}, and found {found!r}"


def expect_box(face):
    box = face["box"]
    assert 0.5 < box["probability"] <= 1 and box["x_min"] < box["x_max"] and box["y_min"] < box["y_max"], box


def tour_subjects():
    expect(subjects.list(), {"subjects": []})
    expect(subjects.add("Younes"), {"subject": "Younes"})
    expect(subjects.add("Jean-Luc Élan"), {"subject": "Jean-Luc Élan"})
    expect(subjects.list(), {"subjects": ["Jean-Luc Élan", "Younes"]})
    # Who is there already is no second time.
    assert "Younes" in subjects.add("Younes")["message"]
    expect(subjects.update("Jean-Luc Élan", "Jean Luc/2"), {"updated": True})
    assert "code" in subjects.update("nobody", "somebody")
    expect(subjects.delete("Jean Luc%2F2"), {"subject": "Jean Luc/2"})
    expect(subjects.delete("nobody")["code"], 59)
    expect(subjects.delete_all(), {"deleted": 1})
    expect(subjects.list(), {"subjects": []})


def tour_faces():
    first = faces.add(photo("younes"), "younes", {"det_prob_threshold": 0.5})
    expect(first["subject"], "younes")
    second = faces.add(Path(photo("camera_0")).read_bytes(), "younes")
    assert first["image_id"] != second["image_id"]
    others = {name: faces.add(photo(name), name)["image_id"] for name in ("bertrand", "kevin", "kian")}
    listed = faces.list()
    expect([face["subject"] for face in listed["faces"]], ["younes", "younes", "bertrand", "kevin", "kian"])
    expect([listed["page_number"], listed["total_pages"], listed["total_elements"]], [0, 1, 5])
    expect(subjects.list()["subjects"], ["bertrand", "kevin", "kian", "younes"])

    expect(faces.delete(second["image_id"]), {"image_id": second["image_id"], "subject": "younes"})
    assert "code" in faces.delete(second["image_id"])
    faces.add(photo("camera_0"), "passer-by")
    expect(faces.delete_all("passer-by"), {"deleted": 1})
    expect(subjects.delete("passer-by"), {"subject": "passer-by"})
    assert "No face" in faces.add(no_face(), "nothing")["message"]
    expect(faces.list()["total_elements"], 4)
    return {"younes": first["image_id"]} | others


def no_face():
    """A grey photo, as bytes: PNG, 64×64."""
    import struct
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * 64) * 64
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def tour_recognition():
    found = recognition.recognize(photo("camera_0"))["result"]
    expect(len(found), 1)
    expect_box(found[0])
    expect([match["subject"] for match in found[0]["subjects"]], ["younes"])
    nearest = found[0]["subjects"][0]
    assert nearest["similarity"] > 0.5 and nearest["is_match"] and found[0]["known"], nearest

    everything = {
        "limit": 0, "prediction_count": 3, "det_prob_threshold": 0.3, "status": True,
        "face_plugins": "landmarks,calculator,age,gender,mask",
    }
    answer = recognition.recognize(photo("camera_0"), everything)
    face = answer["result"][0]
    similarities = [match["similarity"] for match in face["subjects"]]
    expect(face["subjects"][0]["subject"], "younes")
    assert len(similarities) == 3 and similarities == sorted(similarities, reverse=True), similarities
    expect([len(point) for point in face["landmarks"]], [2] * 5)
    assert len(face["embedding"]) >= 128
    assert face["execution_time"]["detector"] > 0 and face["execution_time"]["calculator"] > 0, face
    assert answer["plugins_versions"]["detector"] and answer["plugins_versions"]["calculator"], answer
    expect(recognition.recognize(photo("camera_0"), {"det_prob_threshold": 1.0})["code"], 28)

    # A stranger is said to be unknown; the nearest person is no match.
    stranger = recognition.recognize(photo("felix"), {"prediction_count": 1})["result"][0]
    assert not stranger["known"] and not stranger["subjects"][0]["is_match"], stranger


def tour_verification(ids):
    same = faces.verify(photo("camera_0"), ids["younes"], {"face_plugins": "landmarks"})["result"][0]
    other = faces.verify(photo("camera_0"), ids["kian"])["result"][0]
    assert same["is_match"] and same["similarity"] > 0.5 and same["distance"] <= same["threshold"], same
    assert not other["is_match"] and other["similarity"] < 0.5 and other["distance"] > other["threshold"], other
    expect(len(same["landmarks"]), 5)

    answer = verification.verify(photo("bertrand"), photo("camera_3"), {"status": True, "limit": 1})["result"][0]
    expect_box(answer["source_image_face"])
    expect_box(answer["face_matches"][0])
    assert answer["face_matches"][0]["similarity"] > 0.5, answer
    answer = verification.verify(photo("bertrand"), photo("camera_0"))["result"][0]
    assert answer["face_matches"][0]["similarity"] < 0.5, answer


def tour_detection():
    answer = detection.detect(photo("kian"), {"face_plugins": "landmarks", "status": True, "limit": 2})
    expect(len(answer["result"]), 1)
    expect_box(answer["result"][0])
    expect(len(answer["result"][0]["landmarks"]), 5)
    assert answer["plugins_versions"]["detector"], answer
    expect(detection.detect(no_face())["code"], 28)


def tour_refusals():
    stranger = compreface.init_face_recognition("fp_0000_nothing")
    expect(stranger.get_subjects().list()["code"], 10)
    assert "message" in stranger.recognize(photo("camera_0"))


tour_subjects()
ids = tour_faces()
tour_recognition()
tour_verification(ids)
tour_detection()
tour_refusals()
expect(subjects.delete_all(), {"deleted": 4})
expect(faces.list()["total_elements"], 0)
print("subjects, faces, recognition, verification, detection: as CompreFace documents them")
