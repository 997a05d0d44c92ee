-- Run by wrk; Bench fills in the names in two braces.
-- With routes, the requests take their turns over hosts and paths: ten rules for each host.
-- Without, wrk sends the one request that it was given, which costs it least.
local routes = {{routes}}

if routes > 0 then
    local requests, turn = {}, 0

    function init(arguments)
        for route = 0, routes - 1 do
            local host = string.format("h%04d.bench.localhost", math.floor(route / 10))
            local path = string.format("/r%d/page", route % 10)
            requests[route + 1] = wrk.format("GET", path, { Host = host })
        end
    end

    function request()
        turn = turn % routes + 1
        return requests[turn]
    end
end

-- One line for Bench: counts, then microseconds.
function done(summary, latency, requests)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    io.write(string.format("load %d %d %d %d %d\n",
        summary.requests, failed, summary.duration,
        latency:percentile(50), latency:percentile(99)))
end
