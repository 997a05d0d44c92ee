package import CanonicalJSON

extension ShadowReport {
    /// The report as it is served: `{"changes":[…]}`; what is absent is left out.
    package var value: JSONValue { ["changes": .array(changes.map(\.json))] }
}

extension ShadowReport.Change {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["before"] = before?.json
        object["after"] = after?.json
        object["requests"] = requests.json
        object["except"] = .array(
            excepts.map { ["match": $0.match.json, "requests": $0.requests.json] })
        object["example"] = example?.json
        return .object(object)
    }
}

extension ShadowReport.MatchName {
    fileprivate var json: JSONValue {
        ["rule": .string(rule), "match": .integer(Int64(match))]
    }
}

extension RequestPredicate {
    /// As documents spell a match, with the host beside it.
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["host"] = host.map { .string($0.text) }
        object["path"] = [
            "type": .string(path.kind.rawValue),
            "value": .string(path.value.isEmpty ? "/" : path.value),
        ]
        object["method"] = method.map { .string($0) }
        if !headers.isEmpty { object["headers"] = .array(headers.map(\.json)) }
        if !queryParams.isEmpty { object["queryParams"] = .array(queryParams.map(\.json)) }
        return .object(object)
    }
}

extension ExampleRequest {
    fileprivate var json: JSONValue {
        [
            "method": .string(method), "url": .string(url),
            "headers": .array(headers.map(\.json)),
        ]
    }
}

extension HTTPRoute.FieldMatch {
    fileprivate var json: JSONValue { ["name": .string(name), "value": .string(value)] }
}
