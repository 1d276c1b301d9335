#!/usr/bin/env bash
# Takes the whole HTTP API of a Faceprint that runs with an empty gallery through curl, and ends at the first answer
# that isn't what it should be.
#
#     curl-tour.sh ADDRESS KEY PHOTOS
#
# ADDRESS is such as http://127.0.0.1:8000, KEY one of all scopes, PHOTOS the folder of the assignment's photos.
set -euo pipefail

address=$1 key=$2 photos=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    printf '%s\n' "$@" "answer: $(head -c 2000 "$work/body" | tr '\n' ' ')" >&2
    exit 1
}

# ask STATUS METHOD PATH [CURL’S ARGUMENTS…]: sends a request with the key.
ask() { ask_without_key "$@" --header "x-api-key: $key"; }

ask_without_key() {
    local expected=$1 method=$2 path=$3 found
    found=$(curl --silent --show-error --path-as-is --max-time 60 --request "$method" --output "$work/body" \
        --dump-header "$work/headers" --write-out '%{http_code}' "${@:4}" "$address$path")
    [[ $found == "$expected" ]] || fail "$method $path: status $found, expected $expected"
}

# json STATUS METHOD PATH BODY: the same with a body of JSON.
json() { ask "$1" "$2" "$3" --header 'Content-Type: application/json' --data-binary "$4" "${@:5}"; }

# is EXPRESSION: whether Python finds it true of the answer's JSON, a.
is() {
    python3 -c '
import json, sys
a = json.load(open(sys.argv[1], encoding="utf-8"))
sys.exit(0 if eval(sys.argv[2]) else 1)' "$work/body" "$1" || fail "not so: $1"
}

# member EXPRESSION: what Python finds in the answer's JSON.
member() {
    python3 -c '
import json, sys
a = json.load(open(sys.argv[1], encoding="utf-8"))
print(eval(sys.argv[2]))' "$work/body" "$1"
}

has_header() { grep --quiet --ignore-case "^$1" "$work/headers" || fail "no header “$1”"; }

says() { grep --quiet "$1" "$work/body" || fail "it doesn't say “$1”"; }

base64_of() { printf '{"file":"%s"}' "$(base64 --wrap=0 "$photos/$1")"; }

recognition=/api/v1/recognition
younes=(--form "file=@$photos/younes.jpg")
camera=(--form "file=@$photos/camera_0.jpg")
kian=(--form "file=@$photos/kian.jpg")
head -c 3000 /dev/zero >"$work/zeros"

# The server itself.
ask_without_key 200 GET /healthz
is 'a == {"status": "ok"}'
has_header 'X-Content-Type-Options: nosniff'
has_header 'Cache-Control: no-store'
ask_without_key 200 GET /readyz
ask_without_key 200 HEAD /healthz --head
ask_without_key 200 GET /openapi.json
is 'a["openapi"].startswith("3.1") and "/api/v1/recognition/recognize" in a["paths"]'
for page in / /door /admin '/login?next=/door' /docs; do
    ask_without_key 200 GET "$page"
    has_header 'Content-Type: text/html'
    has_header "Content-Security-Policy: default-src 'none'"
done
ask 200 GET /api/v1/status
is 'a["people"] == 0 and a["templates"] == 0 and a["liveness"] == "off"'

# Who may.
ask_without_key 401 GET $recognition/subjects
is 'a["code"] == 20 and a["message"]'
ask_without_key 401 GET $recognition/subjects --header 'x-api-key: fp_unknown'
is 'a["code"] == 10'
json 201 POST /api/v1/admin/keys '{"name": "camera", "scopes": ["recognise"]}'
camera_key=$(member 'a["key"]')
json 409 POST /api/v1/admin/keys '{"name": "camera", "scopes": ["recognise"]}'
ask_without_key 403 GET $recognition/subjects --header "x-api-key: $camera_key"
ask 200 GET /api/v1/admin/keys
is 'any(k["name"] == "camera" and k["scopes"] == ["recognise"] and "key" not in k for k in a["keys"])'
ask 204 DELETE /api/v1/admin/keys/camera
ask_without_key 401 GET $recognition/subjects --header "x-api-key: $camera_key"
ask 404 DELETE /api/v1/admin/keys/camera

# Subjects.
json 201 POST $recognition/subjects '{"subject": "Zoë"}'
json 409 POST $recognition/subjects '{"subject": "ZOË"}'
json 400 POST $recognition/subjects '{"subject": ""}'
json 400 POST $recognition/subjects '{"subject": 7}'
json 400 POST $recognition/subjects '{"subject": '
ask 415 POST $recognition/subjects --data 'subject=Zoë'
json 200 PUT $recognition/subjects/Zo%C3%AB '{"subject": "a/b?c"}'
ask 200 GET $recognition/subjects
is 'a == {"subjects": ["a/b?c"]}'
ask 200 DELETE $recognition/subjects/a%2Fb%3Fc
is 'a == {"subject": "a/b?c"}'
ask 404 DELETE $recognition/subjects/nobody
ask 400 GET "$recognition/faces?subject=%FF"
ask 405 PATCH $recognition/subjects
has_header 'Allow: '

# Faces.
ask 201 POST "$recognition/faces?subject=younes" "${younes[@]}"
is 'a["subject"] == "younes" and 50 <= a["quality"] <= 100'
id=$(member 'a["image_id"]')
json 201 POST "$recognition/faces?subject=kian" "$(base64_of kian.jpg)"
kian_id=$(member 'a["image_id"]')
ask 201 POST "$recognition/faces?subject=bertrand" --form "file=@$photos/bertrand.jpg"
ask 400 POST "$recognition/faces?subject=kian" "${younes[@]}"
is 'a["code"] == 36 and "younes" in a["message"]'
ask 400 POST "$recognition/faces?subject=blurred" --form "file=@$photos/camera_2.jpg"
is 'a["code"] == 35'
ask 201 POST "$recognition/faces?subject=blurred&force=true" --form "file=@$photos/camera_2.jpg"
ask 200 DELETE $recognition/subjects/blurred
ask 400 POST "$recognition/faces?subject=zeros" --form "file=@$work/zeros"
is 'a["code"] == 21'
ask 400 POST $recognition/faces "${younes[@]}"
ask 400 POST "$recognition/faces?subject=none" --form 'other=1'
ask 200 GET "$recognition/faces?page=1&size=2"
is '[f["subject"] for f in a["faces"]] == ["bertrand"] and a["total_pages"] == 2 and a["total_elements"] == 3'
ask 200 GET "$recognition/faces?subject=kian"
is '[f["image_id"] for f in a["faces"]] == ["'"$kian_id"'"]'
ask 400 GET "$recognition/faces?page=-1"
ask 200 GET "$recognition/faces/$id/img"
has_header 'Content-Type: image/jpeg'
head -c 2 "$work/body" | cmp --silent - <(printf '\xff\xd8') || fail 'the thumbnail is no JPEG'
ask_without_key 200 GET "/api/v1/static/$key/images/$id"
ask_without_key 401 GET "/api/v1/static/wrong/images/$id"
ask 400 GET "$recognition/faces/7/img"
ask 404 GET "$recognition/faces/00000000-0000-4000-8000-000000000000/img"

# Recognition, verification, detection.
ask 200 POST "$recognition/recognize?prediction_count=2&face_plugins=landmarks,calculator,pose,quality&status=true" \
    "${camera[@]}"
is '[s["subject"] for s in a["result"][0]["subjects"]][0] == "younes" and len(a["result"][0]["subjects"]) == 2'
is 'a["result"][0]["known"] and a["result"][0]["subjects"][0]["is_match"]'
is '{"landmarks", "embedding", "pose", "quality", "execution_time"} <= set(a["result"][0])'
embedding=$(member 'json.dumps(a["result"][0]["embedding"])')
json 200 POST $recognition/recognize "$(base64_of camera_0.jpg)"
is 'a["result"][0]["subjects"][0]["subject"] == "younes"'
ask 200 POST $recognition/recognize --form "file=@$photos/felix.jpg"
is 'not a["result"][0]["known"] and not a["result"][0]["subjects"][0]["is_match"]'
ask 200 POST "$recognition/faces/$id/verify" "${camera[@]}"
is 'a["result"][0]["is_match"] and a["result"][0]["distance"] < a["result"][0]["threshold"]'
ask 200 POST "$recognition/faces/$id/verify" "${kian[@]}"
is 'not a["result"][0]["is_match"]'
ask 404 POST "$recognition/faces/00000000-0000-4000-8000-000000000000/verify" "${camera[@]}"
ask 200 POST /api/v1/verification/verify --form "source_image=@$photos/younes.jpg" \
    --form "target_image=@$photos/camera_0.jpg"
is 'a["result"][0]["face_matches"][0]["is_match"] and a["result"][0]["source_image_face"]["box"]["x_max"] > 0'
ask 200 POST '/api/v1/detection/detect?face_plugins=landmarks' "${kian[@]}"
is 'len(a["result"]) == 1 and len(a["result"][0]["landmarks"]) == 5'
ask 400 POST '/api/v1/detection/detect?limit=many' "${kian[@]}"
ask 400 POST '/api/v1/detection/detect?face_plugins=hats' "${kian[@]}"

# Embeddings.
json 200 POST $recognition/embeddings/recognize "{\"embeddings\": [$embedding]}"
is 'a["result"][0]["similarities"][0]["subject"] == "younes" and a["result"][0]["known"]'
json 200 POST "$recognition/embeddings/faces/$id/verify" "{\"embeddings\": [$embedding]}"
is 'a["result"][0]["is_match"]'
json 200 POST /api/v1/verification/embeddings/verify "{\"source\": $embedding, \"targets\": [$embedding]}"
is 'a["result"][0]["distance"] < 0.001 and a["result"][0]["similarity"] > 0.99'
json 400 POST $recognition/embeddings/recognize '{"embeddings": [[1, 2]]}'

# The admin page's.
json 200 PUT /api/v1/admin/people/younes '{"badge": "0042"}'
is 'a["badge"] == "0042" and len(a["faces"]) == 1'
json 409 PUT /api/v1/admin/people/kian '{"badge": "0042"}'
json 200 PUT /api/v1/admin/people/kian '{"name": "Kian K."}'
ask 200 GET '/api/v1/admin/people?search=kian&limit=1'
is 'a["total"] == 1 and a["people"][0]["name"] == "Kian K."'
ask 200 GET /api/v1/admin/threshold
is 'a["people"] == 3 and len(a["points"]) > 10'
json 200 PUT /api/v1/admin/threshold '{"threshold": 0.01}'
ask 200 POST $recognition/recognize "${camera[@]}"
is 'not a["result"][0]["known"]'
json 200 PUT /api/v1/admin/threshold '{"threshold": null}'
is 'a["threshold"] == a["default"]'
json 400 PUT /api/v1/admin/threshold '{"threshold": 9}'

# The door.
ask 200 GET /api/v1/door
is 'a["modes"] == ["walk-up", "card"]'
ask 200 POST /api/v1/door/enter "${camera[@]}"
is 'a["state"] == "admitted" and a["name"] == "younes" and a["message"] == "Welcome in, younes"'
ask 200 POST /api/v1/door/enter "${camera[@]}" --form 'claim=0042'
is 'a["state"] == "admitted"'
ask 200 POST /api/v1/door/enter --form "file=@$photos/felix.jpg"
is 'a == {"state": "refused", "message": "Please go away"}'
for _ in 1 2 3 4; do
    ask 200 POST /api/v1/door/enter --form "file=@$photos/benoit.jpg" --form 'claim=Kian K.'
    is 'a["state"] == "refused" and "name" not in a'
done
ask 429 POST /api/v1/door/enter --form "file=@$photos/benoit.jpg" --form 'claim=Kian K.'
has_header 'Retry-After: '
json 201 POST /api/v1/door/challenge '{}'
is '{"left", "right"} >= set(a["steps"]) and a["seconds"] > 0'
challenge=$(member 'a["challenge"]')
ask 200 POST "/api/v1/door/challenge/$challenge" "${camera[@]}"
is 'a["state"] in ("continue", "refused") and a["of"] > 1'
ask 404 POST /api/v1/door/challenge/00000000-0000-4000-8000-000000000000 "${camera[@]}"

# A page's session.
ask_without_key 200 POST /api/v1/session --header 'Content-Type: application/json' --data "{\"key\": \"$key\"}" \
    --cookie-jar "$work/cookies"
has_header 'Set-Cookie: faceprint_session=.*HttpOnly; SameSite=Strict'
csrf=$(member 'a["csrf"]')
page=(--cookie "$work/cookies")
ask_without_key 200 GET /api/v1/session "${page[@]}"
ask_without_key 200 GET $recognition/subjects "${page[@]}"
ask_without_key 403 DELETE $recognition/subjects/bertrand "${page[@]}"
ask_without_key 200 DELETE $recognition/subjects/bertrand "${page[@]}" --header "x-csrf-token: $csrf"
ask_without_key 204 DELETE /api/v1/session "${page[@]}" --header "x-csrf-token: $csrf"
ask_without_key 401 GET $recognition/subjects "${page[@]}"
ask_without_key 401 POST /api/v1/session --header 'Content-Type: application/json' --data '{"key": "fp_wrong"}'

# Removal, and what is written down of all this.
json 200 POST $recognition/faces/delete "[\"$kian_id\", \"00000000-0000-4000-8000-000000000000\"]"
is 'len(a) == 1'
ask 200 DELETE "$recognition/faces/$id"
ask 404 DELETE "$recognition/faces/$id"
ask 200 DELETE "$recognition/faces?subject=younes"
is 'a == {"deleted": 0}'
ask 200 DELETE $recognition/subjects
is 'a == {"deleted": 2}'
ask 200 GET '/api/v1/admin/events?limit=500'
is '{"template.added", "decision.identified", "decision.refused", "key.revoked", "person.removed"} <= {
    e["kind"] for e in a["events"]}'
is '[e["sequence"] for e in a["events"]] == sorted((e["sequence"] for e in a["events"]), reverse=True)'
ask 200 GET '/api/v1/admin/events?kind=badge.changed&person=younes'
is 'len(a["events"]) == 1'
ask 200 GET '/api/v1/admin/events/export?format=csv'
has_header 'Content-Disposition: attachment'
says '^sequence,time,kind'
ask 200 GET '/api/v1/admin/events/export?format=json'
is 'len(a) > 20'
ask 200 GET /api/v1/admin/log/verify
is 'a["intact"] and a["events"] > 20'
ask_without_key 200 GET /metrics
says '^faceprint_requests_total{route="/api/v1/recognition/recognize",status="200"} '
says '^faceprint_templates 0$'
if grep --quiet -e younes -e kian "$work/body"; then fail 'the metrics have names'; fi

# What is nowhere.
ask 404 GET /nothing
ask 404 GET /../../etc/passwd
ask 404 GET /assets/..%2f..%2fetc%2fpasswd
ask 404 GET /assets/%2e%2e/%2e%2e/etc/passwd
echo 'every part of the API answers as documented'
