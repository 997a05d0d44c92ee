import Routing
import TestKit
import Testing

/// The cases of filters, asked of the pure outcome; the same are asked of a live gateway.
@Suite struct FilterGolden {
    @Test(arguments: FilterCase.all)
    func `filters do what the page says`(example: FilterCase) throws {
        let backends = FilterCase.backends.map { backend($0) }
        let documents = (backends + [example.documents]).joined(separator: "\n---\n")
        let table = RouteTable(compiling: try DocumentSet(enacting: documents))
        let outcome = Outcome(
            of: example.request.sample, by: table, answer: example.request.answer.map(\.field))
        #expect(outcome.expectation(in: table).description == example.expected.description)
    }

    @Test func `there are cases for every filter`() {
        #expect(FilterCase.all.count >= 80)
    }
}

extension FilterCase.Request {
    /// The request as routing takes it.
    var sample: RequestSample {
        RequestSample(
            method: method, scheme: scheme, host: host, port: port, path: path, query: query,
            fields: fields.map(\.field))
    }
}

extension FilterCase.Line {
    /// The line as routing takes it.
    var field: RequestSample.Field { RequestSample.Field(name: name, value: value) }

    fileprivate init(_ field: RequestSample.Field) {
        self.init(name: field.name, value: field.value)
    }
}

extension Outcome {
    /// The outcome as cases write it.
    func expectation(in table: RouteTable) -> FilterCase.Expectation {
        if let status {
            return FilterCase.Expectation(
                status: status, fields: answerFields.map { FilterCase.Line($0) })
        }
        let rule = decision.map { table.rules[$0.rule] }
        return FilterCase.Expectation(
            rule: rule.map { "\($0.route)/\($0.rule)" } ?? "",
            shares: shares.filter { $0.weight > 0 }.map { share in
                FilterCase.Expectation.Share(
                    backend: share.backend,
                    target: share.forwarded.host + share.forwarded.path,
                    fields: share.forwarded.fields.map { FilterCase.Line($0) },
                    answer: share.responseFields.map { FilterCase.Line($0) })
            },
            mirrors: mirrors.map {
                "\(table.backends[$0.backend].name) \($0.numerator)/\($0.denominator)"
            })
    }
}
