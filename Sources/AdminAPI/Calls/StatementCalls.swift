import CanonicalJSON
import Council
import Governance
import HTTPTypes
import Hummingbird
import Routing
import TransparencyLog

/// The one door through which governance is written: signed statements.
struct StatementCalls: Sendable {
    /// Who decides.
    let council: Council
    /// Who keeps the texts that statements name by their digests.
    let records: any PersonalRecords

    /// The most texts with one statement: a reason, and those of ten motions.
    private static let textsMax = 11

    /// The calls.
    var all: [APICall] {
        [APICall(.post, "/statements", access: .oneself, handler: submit)]
    }

    /// A text that goes with a statement.
    private struct Text: Sendable {
        let text: String
        let salt: [UInt8]

        /// The digest by which statements name it (docs/formats.md §1).
        var digest: ContentDigest {
            ContentDigest(of: Array("commonway text".utf8) + salt + Array(text.utf8))
        }
    }

    /// A member may hand in another's statement: the signature speaks, not the session.
    @Sendable private func submit(_ request: APIRequest) async throws(APIError) -> Response {
        _ = try await request.session()
        let (signed, texts) = try await request.body { (reader) throws(FormatFault) in
            (try SignedStatement(&reader), try Self.texts(&reader))
        }
        try Self.requireNamed(texts, by: signed.statement)
        let logged: Logged
        do throws(SubmissionError) {
            logged = try await council.submit(SignatureCheck(verifying: signed))
        } catch {
            throw .submission(error)
        }
        // After the statement, so that a refused one leaves nothing behind; who got no answer sends
        // both again.
        for text in texts { try await keep(text) }
        return Self.answer(logged)
    }

    private static func answer(_ logged: Logged) -> Response {
        var document = JSONObject()
        document["hash"] = .string(logged.hash.hex)
        document["t"] = .integer(logged.t)
        document["index"] = .integer(Int64(logged.index))
        document["ack"] = .string(String(decoding: logged.acknowledgement.octets, as: UTF8.self))
        document["proposal"] = logged.proposal.map { .integer(Int64($0)) }
        return Answer.json(.object(document), status: logged.wasThere ? .ok : .created)
    }

    private static func texts(_ reader: inout ObjectReader) throws(FormatFault) -> [Text] {
        guard reader.optional("texts") != nil else { return [] }
        var texts: [Text] = []
        for (index, value) in try reader.array("texts", count: 0...textsMax).enumerated() {
            var element = try ObjectReader(value, at: "/texts/\(index)")
            let text = try element.string("text")
            let salt = try element.digest("salt")
            try element.finish()
            guard (1...PersonalLimits.textOctetsMax).contains(text.utf8.count) else {
                throw element.fault(
                    "text",
                    "has \(text.utf8.count) octets; 1 to \(PersonalLimits.textOctetsMax) are kept")
            }
            texts.append(Text(text: text, salt: salt.octets))
        }
        return texts
    }

    private static func requireNamed(
        _ texts: [Text], by statement: Statement
    ) throws(APIError) {
        let named = statement.act.texts
        for (index, text) in texts.enumerated() where !named.contains(text.digest) {
            throw .textNotNamed(index: index, digest: text.digest)
        }
    }

    private func keep(_ text: Text) async throws(APIError) {
        do throws(PersonalRecordError) {
            try await records.putText(text.text, salt: text.salt)
        } catch {
            throw .records(error)
        }
    }
}
