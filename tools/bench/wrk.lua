-- Sends the requests of a file in turn: method, path, body, htmx ("1"), with tabs between.
local requests = {}

function init(args)
  for line in io.lines(args[1]) do
    local method, path, body, htmx = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    local headers = { ["Accept-Encoding"] = "br, gzip", ["Host"] = "localhost" }
    if body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
    if htmx == "1" then headers["HX-Request"] = "true" end
    if body == "" then body = nil end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

local turn = 0
function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  io.write(string.format("RESULT %f %d %d %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50), latency:percentile(99),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout,
    summary.bytes / summary.requests))
end
