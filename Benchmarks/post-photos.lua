-- For wrk: posts the photos that PHOTOS lists, one a line, to one address, in turns. PART is the name that the form
-- gives the photo, KEY the API key or nothing, FIELDS other fields of the form (name=value, separated by commas).
-- Ends with a line of numbers: requests, seconds, errors of sockets, answers that are errors, p50 and p99 in ms.

local boundary = "------------------------photo"
local bodies = {}
local place = 0

local function part(head, content)
  return "--" .. boundary .. "\r\nContent-Disposition: form-data; " .. head .. "\r\n\r\n" .. content .. "\r\n"
end

function init(arguments)
  local fields = ""
  for name, value in (os.getenv("FIELDS") or ""):gmatch("([^=,]+)=([^,]*)") do
    fields = fields .. part('name="' .. name .. '"', value)
  end
  for path in io.lines(os.getenv("PHOTOS")) do
    local file = assert(io.open(path, "rb"))
    local head = 'name="' .. os.getenv("PART") .. '"; filename="photo.jpg"\r\nContent-Type: image/jpeg'
    local photo = part(head, file:read("*a"))
    file:close()
    bodies[#bodies + 1] = fields .. photo .. "--" .. boundary .. "--\r\n"
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "multipart/form-data; boundary=" .. boundary
  wrk.headers["x-api-key"] = os.getenv("KEY")
end

function request()
  place = place % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[place])
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %f %d %d %f %f\n", summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.timeout, errors.status,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
