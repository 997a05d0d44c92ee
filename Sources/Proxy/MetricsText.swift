/// The metrics in Prometheus' text format (version 0.0.4). Names are stable: dashboards and alarms
/// are built on them.
struct MetricsText {
    private(set) var text = ""

    /// Writes everything that a gateway counts.
    init(_ counters: GatewayCounters, _ table: ServedTableFacts) {
        requests(counters)
        durations(counters)
        connections(counters)
        endpoints(counters)
        refusals(counters)
        log(table)
    }

    private mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP commonway_\(name) \(help)\n# TYPE commonway_\(name) \(type)\n"
    }

    private mutating func sample(_ name: String, _ value: Int, _ labels: String = "") {
        text += "commonway_\(name)\(labels) \(value)\n"
    }

    private mutating func counter(_ name: String, _ value: Int, _ help: String) {
        family(name, "counter", help)
        sample(name, value)
    }

    private mutating func gauge(_ name: String, _ value: Int, _ help: String) {
        family(name, "gauge", help)
        sample(name, value)
    }

    private mutating func requests(_ counters: GatewayCounters) {
        counter(
            "requests_total", counters.requests, "Request heads that came, refused ones included.")
        family("responses_total", "counter", "Exchanges that ended, by the status sent.")
        let classes: [(String, Counter)] = [
            ("1xx", .status1xx), ("2xx", .status2xx), ("3xx", .status3xx), ("4xx", .status4xx),
            ("5xx", .status5xx), ("none", .statusNone),
        ]
        for (label, counter) in classes {
            sample("responses_total", counters.sum(counter), "{status=\"\(label)\"}")
        }
        counter(
            "own_responses_total", counters.ownResponses,
            "Responses that the gateway made itself.")
        counter(
            "responses_cut_short_total", counters.cutShort,
            "Responses that ended early because the endpoint's did.")
        counter(
            "request_octets_total", counters.sum(.requestOctets),
            "Octets of request bodies, and sent by clients through tunnels.")
        counter(
            "response_octets_total", counters.sum(.responseOctets),
            "Octets of response bodies, and sent to clients through tunnels.")
        counter(
            "dropped_fields_total", counters.sum(.underscoreFields),
            "Request fields that did not go on for a _ in their name.")
        counter("retries_total", counters.retries, "Requests that were sent once more.")
        counter("mirrored_total", counters.sum(.copiesSent), "Copies that mirrors answered.")
        counter(
            "mirrored_lost_total", counters.sum(.copiesLost),
            "Copies that no mirror got, or not whole: it never slows the request.")
    }

    private mutating func durations(_ counters: GatewayCounters) {
        let name = "request_duration_seconds"
        family(name, "histogram", "From a whole request head to the end of its exchange.")
        var sum = 0
        for bucket in 0..<Counter.durationBuckets {
            sum += counters.sum(Counter.firstDuration + bucket)
            let bound =
                bucket < Counter.durationBuckets - 1
                ? "\(Double(Counter.durationBoundsUs[bucket]) / 1_000_000)" : "+Inf"
            sample("\(name)_bucket", sum, "{le=\"\(bound)\"}")
        }
        text += "commonway_\(name)_sum \(Double(counters.sum(.durationSumUs)) / 1_000_000)\n"
        sample("\(name)_count", sum)
    }

    private mutating func connections(_ counters: GatewayCounters) {
        counter(
            "connections_accepted_total", counters.clientsAccepted, "Client connections accepted.")
        gauge("connections_open", counters.clientsOpen, "Client connections open now.")
        counter(
            "connections_turned_away_total", counters.clientsTurnedAway,
            "Connections answered 503 because their address has too many.")
        counter(
            "proxy_headers_refused_total", counters.sum(.badProxyHeaders),
            "Connections without the PROXY protocol header that was due.")
        counter(
            "accept_pauses_total", counters.acceptPauses,
            "Times that accepting paused because descriptors or memory ran out.")
        counter("tunnels_total", counters.tunnelsMade, "Connections upgraded to a tunnel.")
        gauge("tunnels_open", counters.tunnelsOpen, "Tunnels open now.")
    }

    private mutating func endpoints(_ counters: GatewayCounters) {
        counter(
            "endpoint_connections_total", counters.upstreamsMade, "Connections made to endpoints.")
        gauge(
            "endpoint_connections_open", counters.upstreamsOpen,
            "Connections to endpoints open now, idle ones included.")
        gauge(
            "endpoint_connections_idle", counters.sum(.upstreamsIdle),
            "Connections to endpoints that wait for a request.")
        gauge(
            "endpoints_aside", counters.sum(.endpointsAside),
            "Endpoints set aside that have not answered since, counted by each loop.")
    }

    private mutating func refusals(_ counters: GatewayCounters) {
        family("failures_total", "counter", "Exchanges refused, failed or broken off, by kind.")
        for failure in Failure.all {
            let count = counters.sum(Counter.firstFailure + failure.number)
            if count > 0 { sample("failures_total", count, "{kind=\"\(failure.text)\"}") }
        }
        counter(
            "access_log_dropped_total", counters.linesDropped,
            "Lines of the access log for which there was no room.")
    }

    private mutating func log(_ table: ServedTableFacts) {
        family("table_info", "gauge", "The route table that is served.")
        if let digest = table.digest { sample("table_info", 1, "{digest=\"\(digest)\"}") }
        if let ageMs = table.publishedAgeMs {
            family("table_age_seconds", "gauge", "Since the table is served.")
            text += "commonway_table_age_seconds \(Double(ageMs) / 1000)\n"
        }
        if let ageMs = table.checkedAgeMs {
            family(
                "log_checked_age_seconds", "gauge",
                "Since the log was last read and found to be what it was, or to have grown.")
            text += "commonway_log_checked_age_seconds \(Double(ageMs) / 1000)\n"
        }
        gauge(
            "log_frozen", table.isFrozen ? 1 : 0,
            "1 when the log was found to be false and is not followed any more.")
    }
}

/// What is told of the table that a gateway serves.
struct ServedTableFacts {
    var digest: String?
    var publishedAgeMs: Int64?
    var checkedAgeMs: Int64?
    var isFrozen = false
}
