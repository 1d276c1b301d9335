"""One verification as a process of its own, by other toolkits: two photos, yes or no.

    verify_peers.py opencv|face_recognition|deepface ENROLLED PROBE

Each computes both photos' embeddings, as none of them keeps one. opencv is YuNet and SFace, from the files of
`faceprint model fetch`; deepface has Faceprint's FaceNet and YuNet: see recognition.py.
"""

import sys

from common import data_folder


def opencv(enrolled, probe):
    import cv2

    detector = cv2.FaceDetectorYN.create(str(data_folder() / "detectors/yunet.onnx"), "", (320, 320), 0.6)
    encoder = cv2.FaceRecognizerSF.create(str(data_folder() / "models/sface/model.onnx"), "")

    def embedding(path):
        picture = cv2.imread(path)
        detector.setInputSize(picture.shape[1::-1])
        faces = detector.detect(picture)[1]
        largest = max(faces, key=lambda face: face[2] * face[3])
        return encoder.feature(encoder.alignCrop(picture, largest)).copy()

    cosine = encoder.match(embedding(enrolled), embedding(probe), cv2.FaceRecognizerSF_FR_COSINE)
    # OpenCV's own threshold for this network.
    return cosine >= 0.363


def face_recognition(enrolled, probe):
    import face_recognition

    one, other = (
        face_recognition.face_encodings(face_recognition.load_image_file(path))[0] for path in (enrolled, probe))
    return face_recognition.compare_faces([one], other)[0]


def deepface(enrolled, probe):
    from deepface import DeepFace

    return DeepFace.verify(
        enrolled, probe, model_name="Facenet", detector_backend="yunet", normalization="Facenet")["verified"]


if __name__ == "__main__":
    toolkit, *photos = sys.argv[1:]
    verify = {"opencv": opencv, "face_recognition": face_recognition, "deepface": deepface}[toolkit]
    print("yes" if verify(*photos) else "no")
