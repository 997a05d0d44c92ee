import SSHSignature
package import TransparencyLog

/// The statements that a witness was shown: hashes with dates, for everybody to read.
///
/// A council that is handed a statement and stays silent leaves no trace of it. A witness that was
/// handed the same one does, with a date and a signature.
package actor StatementBook {
    private let signer: WitnessSigner
    private let origins: [String]
    private let files: StatementFiles
    private let keepDays: Int64
    private let clock: @Sendable () -> Int64
    private var statements: [SeenStatement]
    private var places: [Digest: Int] = [:]
    private var bucket = Bucket()
    private var ofKeys: (day: Int64, counts: [PublicKey: Int]) = (0, [:])
    private var isBroken = false

    /// The most statements kept: some 20 MB of memory, and years of a large community.
    static let keptMax = 100_000
    /// New statements in a burst, and how many more a second in the long run: each is synced to
    /// the disk by itself.
    static let burstMax = 200
    static let perSecond = 5
    /// New statements by one key in a day; charters allow a member about as many.
    static let perKeyAndDayMax = 200

    private struct Bucket {
        var left = Double(StatementBook.burstMax)
        var filled: Int64 = 0
    }

    /// Begins with what was kept.
    ///
    /// - Parameters:
    ///   - origins: The logs whose statements are taken.
    ///   - keepDays: How long one is kept, 1 and more.
    ///   - clock: The time, milliseconds since 1970.
    /// - Throws: ``WitnessFault``.
    package init(
        folder: WitnessFolder, signer: WitnessSigner, logs: [WitnessedLog], keepDays: Int,
        clock: @escaping @Sendable () -> Int64
    ) throws(WitnessFault) {
        self.signer = signer
        origins = logs.map(\.origin)
        files = StatementFiles(folder: folder.statements)
        self.keepDays = Int64(keepDays)
        self.clock = clock
        try files.remove(before: StatementFiles.day(of: clock()) - self.keepDays)
        statements = try files.read()
        for (place, statement) in statements.enumerated() { places[statement.hash] = place }
    }

    /// What became of a statement.
    struct Taken: Sendable {
        let statement: SeenStatement
        /// The witness's signed word.
        let sighting: SignedNote
        /// Whether it was in the list before.
        let wasThere: Bool
    }

    /// Takes a statement; the same again gets the same answer.
    ///
    /// - Throws: ``StatementRefusal``.
    func take(_ shown: ShownStatement) throws(StatementRefusal) -> Taken {
        guard origins.contains(where: { $0.utf8.elementsEqual(shown.origin.utf8) }) else {
            throw .unknownLog(shown.origin)
        }
        if let place = places[shown.hash] {
            return try taken(statements[place], wasThere: true)
        }
        let now = max(clock(), statements.last?.t ?? 0)
        guard shown.until > now else { throw .expired }
        guard !isBroken else { throw .notStored("an earlier write failed; restart the witness") }
        try dropOld(now)
        guard statements.count < Self.keptMax else { throw .full(limit: Self.keptMax) }
        try limit(shown.signer, now)
        let statement = SeenStatement(
            index: (statements.last?.index ?? -1) + 1, hash: shown.hash, origin: shown.origin,
            t: now)
        do {
            try files.append(statement)
        } catch {
            // A part of a line may stand there now, after which no other may.
            isBroken = true
            throw .notStored("\(error)")
        }
        places[statement.hash] = statements.count
        statements.append(statement)
        return try taken(statement, wasThere: false)
    }

    /// The list from an index on.
    ///
    /// - Returns: At most `limit` statements, and the index to ask on with; `nil` at the end.
    func list(from index: Int, limit: Int) -> (items: [SeenStatement], next: Int?) {
        guard let first = statements.first?.index, let last = statements.last?.index else {
            return ([], nil)
        }
        guard index <= last else { return ([], nil) }
        let start = max(0, index - first)
        let end = min(statements.count, start + limit)
        return (Array(statements[start..<end]), end < statements.count ? first + end : nil)
    }

    /// One statement, with the witness's signed word.
    func find(_ hash: Digest) throws(StatementRefusal) -> Taken? {
        guard let place = places[hash] else { return nil }
        return try taken(statements[place], wasThere: true)
    }

    /// How many are kept.
    var count: Int { statements.count }

    private func taken(
        _ statement: SeenStatement, wasThere: Bool
    ) throws(StatementRefusal) -> Taken {
        let sighting = Sighting(
            witness: signer.witness.name, origin: statement.origin, statement: statement.hash,
            time: Int(statement.t))
        do {
            return Taken(
                statement: statement, sighting: try sighting.signed(by: signer),
                wasThere: wasThere)
        } catch {
            throw .notStored("\(error)")
        }
    }

    private func limit(_ key: PublicKey, _ now: Int64) throws(StatementRefusal) {
        let day = StatementFiles.day(of: now)
        if ofKeys.day != day { ofKeys = (day, [:]) }
        guard ofKeys.counts[key, default: 0] < Self.perKeyAndDayMax else {
            throw .tooMany(
                "this key has shown \(Self.perKeyAndDayMax) statements today",
                retryAfterSeconds: 86_400)
        }
        let seconds = Double(max(0, now - bucket.filled)) / 1000
        bucket.left = min(
            Double(Self.burstMax), bucket.left + seconds * Double(Self.perSecond))
        bucket.filled = now
        guard bucket.left >= 1 else {
            throw .tooMany("more statements than are taken at once", retryAfterSeconds: 1)
        }
        bucket.left -= 1
        ofKeys.counts[key, default: 0] += 1
    }

    private func dropOld(_ now: Int64) throws(StatementRefusal) {
        let first = StatementFiles.day(of: now) - keepDays
        guard let oldest = statements.first, StatementFiles.day(of: oldest.t) < first else {
            return
        }
        do {
            try files.remove(before: first)
        } catch {
            throw .notStored("\(error)")
        }
        let newest = statements.last.map { StatementFiles.day(of: $0.t) } ?? first
        statements.removeAll { statement in
            let day = StatementFiles.day(of: statement.t)
            return day < first && day != newest
        }
        places = [:]
        for (place, statement) in statements.enumerated() { places[statement.hash] = place }
    }
}
